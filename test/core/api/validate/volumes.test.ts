import { describe, expect, test } from "vitest";
import { verdictOf } from "../../../../src/core/api/verdict.js";
import { kindOf } from "../../../../src/core/model/workload.js";
import { read } from "../../../../src/core/read/read.js";

/** What a server says to a Job with these volumes, and this container, without the path to the pod. */
function errorsOf(volumes: string, container = "", version = "1.36"): readonly string[] {
  const text = `apiVersion: batch/v1
kind: Job
metadata: { name: report }
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: report
          image: report:1.4
${container.replaceAll(/^/gm, "          ")}
      volumes: ${volumes}
`;
  const [document] = read({ name: "job.yaml", text }).documents;
  const kind = document && kindOf(document);
  if (!document || !kind) throw new Error(text);
  const { stage, errors } = verdictOf(document, kind, version);
  expect(["ok", "validate"]).toContain(stage);
  return errors.map(({ type = "", field = "", at }) => {
    const path = field.replace("spec.template.spec.", "").replace("containers[0].", "");
    return `${type.replace("FieldValue", "")} ${path} at ${text.slice(at.start, at.end).replaceAll(/\s+/g, " ")}`;
  });
}

const one = (source: string) => `[{ name: data, ${source} }]`;
const claim = (spec: string) => one(`ephemeral: { volumeClaimTemplate: { spec: { ${spec} } } }`);
const goodClaim = "accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } }";
const inClaim = "volumes[0].ephemeral.volumeClaimTemplate";

describe("volumes", () => {
  test.each([
    ["several good ones", "[{ name: a, emptyDir: {} }, { name: b, secret: { secretName: s } }]", []],
    ["no source is an emptyDir", "[{ name: a }]", []],
    ["no name", "[{ emptyDir: {} }]", ["Required volumes[0].name at emptyDir"]],
    ["a bad name", "[{ name: Data, emptyDir: {} }]", ["Invalid volumes[0].name at Data"]],
    ["a name twice", "[{ name: a, emptyDir: {} }, { name: a, emptyDir: {} }]", ["Duplicate volumes[1].name at a"]],
    [
      "the name of a bad volume",
      "[{ name: a, nfs: { server: s, path: p } }, { name: a, emptyDir: {} }]",
      ["Invalid volumes[0].nfs.path at p"],
    ],
    ["two sources", one("emptyDir: {}, cephfs: { monitors: [m] }"), ["Forbidden volumes[0].cephFS at cephfs"]],
    ["a source of a template beside another", one("emptyDir: {}, '{{ .Values.kind }}': {}"), []],
    ["an emptyDir below 0", one("emptyDir: { sizeLimit: -1Gi }"), ["Forbidden volumes[0].emptyDir.sizeLimit at -1Gi"]],
    ["a hostPath upwards", one("hostPath: { path: /a/../b }"), ["Invalid volumes[0].hostPath.path at /a/../b"]],
    ["a hostPath with two dots in a name", one("hostPath: { path: /a..b }"), []],
    ["a hostPath of another type", one("hostPath: { path: /a, type: Dir }"), ["NotSupported volumes[0].hostPath.type at Dir"]],
    ["a path of a template", one("hostPath: { path: '{{ .Values.path }}' }"), []],
    ["a disk of GCE", one("gcePersistentDisk: { pdName: d, partition: 256 }"), ["Invalid volumes[0].persistentDisk.partition at 256"]],
    [
      "an Azure disk is shared by default",
      one("azureDisk: { diskName: d, diskURI: /subscriptions/x }"),
      ["NotSupported volumes[0].azureDisk.diskURI at /subscriptions/x"],
    ],
    [
      "an option of Kubernetes",
      one("flexVolume: { driver: d, options: { x.K8s.io/a: b, k8s.io.x: c } }"),
      ["Invalid volumes[0].flexVolume.options[x.K8s.io/a] at b"],
    ],
    [
      "an iSCSI name",
      one("iscsi: { targetPortal: p, lun: 0, iqn: iqn.2001-04.com.example }"),
      ["Invalid volumes[0].iscsi.iqn at iqn.2001-04.com.example"],
    ],
    ["a Quobyte registry", one("quobyte: { registry: 'a:1,[::1]:2', volume: v }"), []],
    [
      "a Quobyte registry without a port",
      one("quobyte: { registry: 'a:1,b', volume: v }"),
      ["Invalid volumes[0].quobyte.registry at 'a:1,b'"],
    ],
    ["an image without a reference", one("image: {}"), []],
  ])("%s", (_, volumes, errors) => {
    expect(errorsOf(volumes)).toEqual(errors);
  });

  test("an empty CSI driver is said once from 1.35 on", () => {
    const found = (version: string) => errorsOf(one("csi: { driver: '' }"), "", version).map((error) => error.split(" ")[0]);
    expect(found("1.34")).toEqual(["Required", "Invalid"]);
    expect(found("1.35")).toEqual(["Required"]);
  });
});

const fieldRef = (path: string) => one(`downwardAPI: { items: [{ path: p, fieldRef: { fieldPath: "${path}" } }] }`);
const resourceRef = (rest: string) => one(`downwardAPI: { items: [{ path: p, resourceFieldRef: { containerName: report, ${rest} } }] }`);
const projected = (sources: string) => one(`projected: { sources: [${sources}] }`);

describe("files", () => {
  test.each([
    ["a mode", one("configMap: { name: c, defaultMode: 512 }"), ["Invalid volumes[0].configMap.defaultMode at 512"]],
    ["the last mode", one("configMap: { name: c, defaultMode: 0777 }"), []],
    [
      "a reserved path",
      one("secret: { secretName: s, items: [{ key: k, path: ..data }] }"),
      ["Invalid volumes[0].secret.items[0].path at ..data"],
    ],
    [
      "an absolute path",
      one("secret: { secretName: s, items: [{ key: k, path: /a }] }"),
      ["Invalid volumes[0].secret.items[0].path at /a"],
    ],
    ["a label", fieldRef("metadata.labels['app']"), []],
    ["a bad label", fieldRef("metadata.labels['-app']"), [`Invalid volumes[0].downwardAPI.fieldRef at "metadata.labels['-app']"`]],
    ["an annotation in capitals", fieldRef("metadata.annotations['Example.com/A']"), []],
    ["a part of a name", fieldRef("metadata.name['a']"), [`Invalid volumes[0].downwardAPI.fieldRef.fieldPath at "metadata.name['a']"`]],
    ["a field for variables only", fieldRef("spec.host"), ['NotSupported volumes[0].downwardAPI.fieldRef.fieldPath at "spec.host"']],
    ["a field of nobody", fieldRef("spec.foo"), ['Invalid volumes[0].downwardAPI.fieldRef.fieldPath at "spec.foo"']],
    ["a field of a template", fieldRef("{{ .Values.field }}"), []],
    ["neither", one("downwardAPI: { items: [{ path: p }] }"), ["Required volumes[0].downwardAPI at path"]],
    ["a divisor of another spelling", resourceRef("resource: limits.memory, divisor: 1024Ki"), []],
    [
      "a divisor in decimals",
      resourceRef("resource: limits.memory, divisor: '1024'"),
      ["Invalid volumes[0].downwardAPI.resourceFieldRef.divisor at '1024'"],
    ],
    [
      "a divisor with an exponent",
      resourceRef("resource: limits.memory, divisor: '1e3'"),
      ["Invalid volumes[0].downwardAPI.resourceFieldRef.divisor at '1e3'"],
    ],
    ["a thousandth of a CPU", resourceRef("resource: limits.cpu, divisor: 1m"), []],
    ["huge pages", resourceRef("resource: limits.hugepages-2Mi"), []],
    [
      "another resource",
      resourceRef("resource: limits.cpus"),
      ["NotSupported volumes[0].downwardAPI.resourceFieldRef.resource at limits.cpus"],
    ],
    [
      "one path of two sources",
      projected("{ secret: { name: s, items: [{ key: k, path: p }] } }, { configMap: { name: c, items: [{ key: k, path: p }] } }"),
      ["Invalid volumes[0].projected at p"],
    ],
    [
      "two sources in one",
      projected("{ secret: { name: s }, configMap: { name: c } }"),
      ["Forbidden volumes[0].projected.sources[0] at secret"],
    ],
    [
      "a short token",
      projected("{ serviceAccountToken: { path: t, expirationSeconds: 599 } }"),
      ["Invalid volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds at 599"],
    ],
    ["a token without a path", projected("{ serviceAccountToken: {} }"), ["Required volumes[0].projected.path at serviceAccountToken"]],
  ])("%s", (_, volumes, errors) => {
    expect(errorsOf(volumes)).toEqual(errors);
  });

  test("the path of a token is looked at from 1.30 on", () => {
    const token = projected("{ serviceAccountToken: { path: /t } }");
    expect(errorsOf(token, "", "1.29")).toEqual([]);
    expect(errorsOf(token, "", "1.30")).toEqual(["Invalid volumes[0].projected.path at /t"]);
  });

  test("status.hostIPs came to variables in 1.28, behind a gate", () => {
    const variable = "env: [{ name: A, valueFrom: { fieldRef: { fieldPath: status.hostIPs } } }]";
    expect(errorsOf("[]", variable, "1.27")).toEqual(["Invalid env[0].valueFrom.fieldRef.fieldPath at status.hostIPs"]);
    expect(errorsOf("[]", variable, "1.28")).toEqual(["Forbidden env[0].valueFrom.fieldRef at status.hostIPs"]);
    expect(errorsOf("[]", variable, "1.29")).toEqual([]);
  });
});

describe("claims", () => {
  test.each([
    ["a good one", claim(goodClaim), []],
    ["nothing", claim(""), [`Required ${inClaim}.spec.accessModes at spec`, `Required ${inClaim}.spec.resources[storage] at spec`]],
    ["no template", one("ephemeral: {}"), ["Required volumes[0].ephemeral.volumeClaimTemplate at ephemeral"]],
    [
      "no storage",
      claim("accessModes: [ReadWriteOnce], resources: { requests: { storage: 0 } }"),
      [`Invalid ${inClaim}.spec.resources[storage] at 0`],
    ],
    [
      "a mode alone",
      claim(goodClaim.replace("Once", "Once, ReadWriteOncePod")),
      [`Forbidden ${inClaim}.spec.accessModes at [ReadWriteOnce, ReadWriteOncePod]`],
    ],
    ["a template's storage", claim("accessModes: [ReadWriteOnce], resources: { requests: { storage: '{{ .Values.size }}' } }"), []],
    [
      "a snapshot without its group",
      claim(`${goodClaim}, dataSource: { kind: VolumeSnapshot, name: s }`),
      [`Invalid ${inClaim}.spec.dataSource at dataSource`],
    ],
    [
      "two data sources",
      claim(`${goodClaim}, dataSource: { kind: PersistentVolumeClaim, name: a }, dataSourceRef: { kind: PersistentVolumeClaim, name: b }`),
      [`Invalid ${inClaim}.spec at dataSource`],
    ],
    [
      "metadata beyond labels",
      one(`ephemeral: { volumeClaimTemplate: { metadata: { labels: {}, name: no1, uid: u, resourceVersion: "0", generation: 0, selfLink: "" }, spec: { ${goodClaim} } } }`),
      [`Forbidden ${inClaim}.metadata.name at no1`, `Forbidden ${inClaim}.metadata.uID at u`, `Forbidden ${inClaim}.metadata.resourceVersion at "0"`],
    ],
  ])("%s", (_, volumes, errors) => {
    expect(errorsOf(volumes)).toEqual(errors);
  });

  test("ReadWriteOncePod and the group of a data source, by version", () => {
    const single = claim(goodClaim.replace("Once", "OncePod"));
    expect(errorsOf(single, "", "1.26")).toEqual([`NotSupported ${inClaim}.spec.accessModes at ReadWriteOncePod`]);
    expect(errorsOf(single, "", "1.27")).toEqual([]);
    const source = claim(`${goodClaim}, dataSource: { apiGroup: Bad_, kind: K, name: other }`);
    expect(errorsOf(source, "", "1.28")).toEqual([]);
    expect(errorsOf(source, "", "1.29")).toEqual([`Invalid ${inClaim}.spec.dataSource.apiGroup at Bad_`]);
  });
});

const two = "[{ name: a, emptyDir: {} }, { name: b, persistentVolumeClaim: { claimName: c } }]";
const mounts = (items: string) => `volumeMounts: [${items}]`;

describe("mounts", () => {
  test.each([
    ["two good ones", mounts("{ name: a, mountPath: /a }, { name: b, mountPath: /b }"), []],
    ["no such volume", mounts("{ name: c, mountPath: /a }"), ["NotFound volumeMounts[0].name at c"]],
    ["a name of a template", mounts("{ name: '{{ .Values.name }}', mountPath: /a }"), []],
    ["one path twice", mounts("{ name: a, mountPath: /a }, { name: b, mountPath: /a }"), ["Invalid volumeMounts[1].mountPath at /a"]],
    ["a subPath upwards", mounts("{ name: a, mountPath: /a, subPath: ../b }"), ["Invalid volumeMounts.subPath at ../b"]],
    [
      "both subPaths",
      mounts("{ name: a, mountPath: /a, subPath: b, subPathExpr: c-$(C) }"),
      ["Invalid volumeMounts[0].subPathExpr at c-$(C)"],
    ],
    [
      "both ways, unprivileged",
      mounts("{ name: a, mountPath: /a, mountPropagation: Bidirectional }"),
      ["Forbidden volumeMounts.mountPropagation at Bidirectional"],
    ],
    ["both ways", `${mounts("{ name: a, mountPath: /a, mountPropagation: Bidirectional }")}\nsecurityContext: { privileged: true }`, []],
    [
      "both ways, as a template says",
      `${mounts("{ name: a, mountPath: /a, mountPropagation: Bidirectional }")}\nsecurityContext: { privileged: '{{ .Values.p }}' }`,
      [],
    ],
    [
      "recursively, but writable",
      mounts("{ name: a, mountPath: /a, recursiveReadOnly: Enabled }"),
      ["Forbidden volumeMounts.recursiveReadOnly at Enabled"],
    ],
    ["a device", "volumeDevices: [{ name: b, devicePath: /dev/b }]", []],
    ["a device of files", "volumeDevices: [{ name: a, devicePath: /dev/a }]", ["Invalid volumeDevices[0].name at a"]],
    [
      "a device that is mounted too",
      `${mounts("{ name: b, mountPath: /b }")}\nvolumeDevices: [{ name: b, devicePath: /b }]`,
      [
        "Invalid volumeMounts[0].name at b",
        "Invalid volumeMounts[0].mountPath at /b",
        "Invalid volumeDevices[0].name at b",
        "Invalid volumeDevices[0].devicePath at /b",
      ],
    ],
    ["a device upwards", "volumeDevices: [{ name: b, devicePath: /dev/.. }]", ["Invalid volumeDevices[0].devicePath at /dev/.."]],
  ])("%s", (_, container, errors) => {
    expect(errorsOf(two, container)).toEqual(errors);
  });

  test("a template may bring the volume", () => {
    const mount = mounts("{ name: c, mountPath: /c }");
    expect(errorsOf("'{{ .Values.volumes }}'", mount)).toEqual([]);
    expect(errorsOf("[{ name: '{{ .Values.name }}', emptyDir: {} }]", mount)).toEqual([]);
  });

  test("a volume that is refused is not there to mount", () => {
    const found = errorsOf("[{ name: a, nfs: { server: s, path: p } }]", mounts("{ name: a, mountPath: /a }"));
    expect(found).toEqual(["Invalid volumes[0].nfs.path at p", "NotFound volumeMounts[0].name at a"]);
  });
});
