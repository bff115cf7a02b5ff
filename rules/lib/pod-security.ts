import { type Field, integer, itemLevel, keysOf, type Level, level, list, type PodTemplate, scalar, text } from "#rule";
import { contexts, isTrue, namedFields, probeHosts, volumesOf } from "./pod-security-fields.js";

export type Standard = "baseline" | "restricted";

/** What a check holds against a pod, and where it stands. */
export interface Breach {
  readonly at: Field<unknown> | Level;
  /** What is wrong with what: `privileged`, `is true`. */
  readonly what: string;
  readonly how: string;
  /** What is to be set; without it, what stands there is to be taken away. */
  readonly set?: string;
}

/** A check of the Pod Security Standards, for policy versions from one minor up to the one before another. */
export interface Check {
  readonly id: string;
  readonly standard: Standard;
  readonly from: number;
  readonly before?: number;
  /** The check that this one takes the place of under *restricted*. */
  readonly overrides?: string;
  /** Pods that it does not look at: those of Windows, or those with a user namespace of their own. */
  readonly except?: Exception;
  readonly find: (pod: PodTemplate) => Breach | undefined;
}

type Exception = "windows" | "ownUsers";

const defaultCapabilities = new Set([
  "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID",
  "SYS_CHROOT",
]);
const seLinuxTypes: readonly string[] = ["", "container_t", "container_init_t", "container_kvm_t"];
const safeSysctls: readonly string[] = [
  "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
  "net.ipv4.ip_unprivileged_port_start",
];
const sysctls27: readonly string[] = [...safeSysctls, "net.ipv4.ip_local_reserved_ports"];
const sysctls29: readonly string[] = [
  ...sysctls27, "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
];
const sysctls32: readonly string[] = [...sysctls29, "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"];
const allowedVolumes = [
  "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret",
];
const restrictedVolumes = [
  "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "gitRepo", "nfs", "iscsi", "glusterfs", "rbd", "flexVolume", "cinder", "cephfs",
  "flocker", "fc", "azureFile", "vsphereVolume", "quobyte", "azureDisk", "portworxVolume", "photonPersistentDisk", "scaleIO", "storageos",
];

/**
 * The checks by version, without those of policies before 1.19, which look at annotations that nothing reads any more.
 * https://github.com/kubernetes/kubernetes/tree/v1.36.0/staging/src/k8s.io/pod-security-admission/policy
 */
export const checks: readonly Check[] = [
  { id: "hostNamespaces", standard: "baseline", from: 0, find: hostNamespaces },
  { id: "privileged", standard: "baseline", from: 0, find: privileged },
  { id: "capabilities", standard: "baseline", from: 0, find: (pod) => added(pod, defaultCapabilities) },
  { id: "hostPath", standard: "baseline", from: 0, find: (pod) => volume(pod, ["hostPath"], []) },
  { id: "hostPorts", standard: "baseline", from: 0, find: hostPorts },
  { id: "procMount", standard: "baseline", from: 0, before: 35, find: procMount },
  { id: "procMount", standard: "baseline", from: 35, except: "ownUsers", find: procMount },
  { id: "appArmor", standard: "baseline", from: 0, find: appArmor },
  { id: "seccomp", standard: "baseline", from: 19, find: badSeccomp },
  { id: "seLinux", standard: "baseline", from: 0, before: 31, find: (pod) => seLinux(pod, seLinuxTypes) },
  { id: "seLinux", standard: "baseline", from: 31, find: (pod) => seLinux(pod, [...seLinuxTypes, "container_engine_t"]) },
  { id: "sysctls", standard: "baseline", from: 0, before: 27, find: (pod) => sysctls(pod, safeSysctls) },
  { id: "sysctls", standard: "baseline", from: 27, before: 29, find: (pod) => sysctls(pod, sysctls27) },
  { id: "sysctls", standard: "baseline", from: 29, before: 32, find: (pod) => sysctls(pod, sysctls29) },
  { id: "sysctls", standard: "baseline", from: 32, find: (pod) => sysctls(pod, sysctls32) },
  { id: "hostProcess", standard: "baseline", from: 0, find: hostProcess },
  { id: "probeHosts", standard: "baseline", from: 34, find: hostOfProbe },
  { id: "procMountRestricted", standard: "restricted", from: 35, overrides: "procMount", find: procMount },
  { id: "volumes", standard: "restricted", from: 0, overrides: "hostPath", find: (pod) => volume(pod, restrictedVolumes, allowedVolumes) },
  { id: "escalation", standard: "restricted", from: 8, before: 25, find: escalation },
  { id: "escalation", standard: "restricted", from: 25, except: "windows", find: escalation },
  { id: "runAsNonRoot", standard: "restricted", from: 0, before: 35, find: root },
  { id: "runAsNonRoot", standard: "restricted", from: 35, except: "ownUsers", find: root },
  { id: "runAsUser", standard: "restricted", from: 23, before: 35, find: userZero },
  { id: "runAsUser", standard: "restricted", from: 35, except: "ownUsers", find: userZero },
  { id: "seccompRestricted", standard: "restricted", from: 19, before: 25, overrides: "seccomp", find: noSeccomp },
  { id: "seccompRestricted", standard: "restricted", from: 25, overrides: "seccomp", except: "windows", find: noSeccomp },
  { id: "capabilitiesRestricted", standard: "restricted", from: 22, before: 25, overrides: "capabilities", find: capabilities },
  { id: "capabilitiesRestricted", standard: "restricted", from: 25, overrides: "capabilities", except: "windows", find: capabilities },
];

/** The checks of a standard for a policy of one minor, without those that another takes the place of. */
export function checksOf(standard: Standard, minor: number): readonly Check[] {
  const inTime = checks.filter(({ from, before = Infinity }) => from <= minor && minor < before);
  const applying = inTime.filter((check) => standard === "restricted" || check.standard === "baseline");
  const overridden = new Set(applying.flatMap(({ overrides }) => overrides ?? []));
  return applying.filter(({ id }) => !overridden.has(id));
}

/** What the checks find, each by its number. Those of several versions that look for the same look once. */
export function breachesOf(pod: PodTemplate): readonly { readonly check: number; readonly breach: Breach }[] {
  const excepted = new Set(exceptions.filter((one) => isExcepted[one](pod)));
  const found = new Map<Check["find"], Breach | undefined>();
  return checks.flatMap(({ find, except }, check) => {
    if (except !== undefined && excepted.has(except)) return [];
    if (!found.has(find)) found.set(find, find(pod));
    const breach = found.get(find);
    return breach ? [{ check, breach }] : [];
  });
}

const exceptions: readonly Exception[] = ["windows", "ownUsers"];

/** What is unknown may be excepted. */
const isExcepted: Readonly<Record<Exception, (pod: PodTemplate) => boolean>> = {
  windows: ({ spec }) => {
    const os = level(spec, "os");
    const name = text(os, "name");
    return os.state === "unknown" || name.state === "unknown" || name.value === "windows";
  },
  // In a user namespace of its own, root is nobody outside.
  ownUsers: ({ spec }) => {
    const users = scalar(spec, "hostUsers");
    return users.state === "unknown" || users.value?.value === false;
  },
};

type Test<F> = (field: F) => boolean;

/** What is wrong with what, as in a Breach. */
type Says = readonly [what: string, how: string];

function first<F extends Field<unknown>>(fields: readonly F[], isBad: Test<F>, says: (field: F) => Says): Breach | undefined {
  const bad = fields.find((field) => field.state === "present" && isBad(field));
  if (!bad) return undefined;
  const [what, how] = says(bad);
  return { at: bad, what, how };
}

function privileged(pod: PodTemplate): Breach | undefined {
  return first(contexts(pod).writtenInContainers.map((own) => scalar(own, "privileged")), isTrue, () => ["privileged", "is true"]);
}

function hostOfProbe(pod: PodTemplate): Breach | undefined {
  return first(probeHosts(pod), ({ value = "" }) => value !== "", ({ value = "" }) => [`host ${value}`, "is named by a probe or hook"]);
}

function hostNamespaces({ spec }: PodTemplate): Breach | undefined {
  for (const key of ["hostNetwork", "hostPID", "hostIPC"]) {
    const found = first([scalar(spec, key)], ({ value }) => value?.value === true, () => [key, "is true"]);
    if (found) return found;
  }
  return undefined;
}

function added(pod: PodTemplate, allowed: ReadonlySet<string>): Breach | undefined {
  const names = contexts(pod).writtenInContainers.flatMap((own) => namesIn(level(own, "capabilities"), "add"));
  return first(names, ({ value }) => value !== undefined && !allowed.has(value), ({ value }) => [`capability ${value ?? ""}`, "is added"]);
}

function namesIn(parent: Level, key: string): readonly Field<string>[] {
  return list(parent, key, (node, path): Field<string> => {
    const value = node.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
    const { place } = node;
    return value === undefined ? { state: "unknown", path, place } : { state: "present", path, place, key: place, value, node };
  }).value ?? [];
}

/** Every container must drop ALL, and may add NET_BIND_SERVICE. */
function capabilities(pod: PodTemplate): Breach | undefined {
  for (const own of contexts(pod).containers) {
    const held = level(own, "capabilities");
    const drop = list(held, "drop", (node) => (node.kind === "scalar" ? node.value : undefined));
    const isKnown = drop.state === "present" && drop.value.every((one) => one !== undefined);
    if (drop.state === "absent" || (isKnown && !drop.value.includes("ALL"))) {
      return { at: drop, what: "capabilities.drop", how: "lacks ALL", set: "capabilities.drop: [ALL]" };
    }
  }
  return added(pod, new Set(["NET_BIND_SERVICE"]));
}

function volume(pod: PodTemplate, refused: readonly string[], allowed: readonly string[]): Breach | undefined {
  for (const own of volumesOf(pod)) {
    if (allowed.some((key) => level(own, key).state !== "absent")) continue;
    const bad = refused.find((key) => level(own, key).state === "present");
    if (bad !== undefined) return { at: level(own, bad), what: `a ${bad} volume`, how: "is used" };
  }
  return undefined;
}

function hostPorts(pod: PodTemplate): Breach | undefined {
  const ports = pod.written.flatMap(({ level: own }) => {
    return list(own, "ports", (node, path) => integer(itemLevel(node, path, own), "hostPort")).value ?? [];
  });
  return first(ports, ({ value }) => value !== 0, ({ value }) => [`hostPort ${String(value)}`, "is used"]);
}

function procMount(pod: PodTemplate): Breach | undefined {
  const written = contexts(pod).writtenInContainers.map((own) => text(own, "procMount"));
  return first(written, ({ value }) => value !== "Default", ({ value }) => ["procMount", `is ${value ?? ""}`]);
}

const appArmorAnnotation = "container.apparmor.security.beta.kubernetes.io/";

function appArmor(pod: PodTemplate): Breach | undefined {
  const { annotations } = pod.metadata;
  const keys = keysOf(annotations).filter(({ text: key }) => key.startsWith(appArmorAnnotation));
  const written = keys.map(({ text: key }) => text(annotations, key));
  const isAllowed = (value: string): boolean => value === "" || value === "runtime/default" || value.startsWith("localhost/");
  const says = ({ value }: Field<string>): Says => ["the AppArmor profile", `is ${value ?? ""}`];
  const byAnnotation = first(written, ({ value }) => value !== undefined && !isAllowed(value), says);
  return byAnnotation ?? first(profiles(pod, "appArmorProfile"), isUnconfined, ({ value }) => ["appArmorProfile", `is ${value ?? ""}`]);
}

function profiles(pod: PodTemplate, key: string): readonly Field<string>[] {
  return contexts(pod).written.map((own) => text(level(own, key), "type"));
}

function isUnconfined({ value }: Field<string>): boolean {
  return value !== "RuntimeDefault" && value !== "Localhost";
}

function badSeccomp(pod: PodTemplate): Breach | undefined {
  return first(profiles(pod, "seccompProfile"), isUnconfined, ({ value }) => ["seccompProfile", `is ${value ?? ""}`]);
}

function seLinux(pod: PodTemplate, types: readonly string[]): Breach | undefined {
  for (const options of contexts(pod).written.map((own) => level(own, "seLinuxOptions"))) {
    const type = text(options, "type");
    const bad = first([type], ({ value = "" }) => !types.includes(value), ({ value = "" }) => ["the SELinux type", `is ${value}`]);
    const named = [text(options, "user"), text(options, "role")];
    const set = first(named, ({ value }) => value !== "", () => ["the SELinux user or role", "is set"]);
    if (bad ?? set) return bad ?? set;
  }
  return undefined;
}

function sysctls(pod: PodTemplate, safe: readonly string[]): Breach | undefined {
  const own = contexts(pod).pod;
  if (own.state !== "present") return undefined;
  const names = list(own, "sysctls", (node, path) => text(itemLevel(node, path, own), "name")).value ?? [];
  return first(names, ({ value }) => value !== undefined && !safe.includes(value), ({ value }) => [`sysctl ${value ?? ""}`, "is set"]);
}

function hostProcess(pod: PodTemplate): Breach | undefined {
  const written = contexts(pod).written.map((own) => scalar(level(own, "windowsOptions"), "hostProcess"));
  return first(written, ({ value }) => value?.value === true, () => ["hostProcess", "is true"]);
}

function escalation(pod: PodTemplate): Breach | undefined {
  const bad = namedFields(pod, "allowPrivilegeEscalation").find((field) => field.state === "absent" || isTrue(field));
  return bad && { at: bad, what: "allowPrivilegeEscalation", how: "is not false", set: "allowPrivilegeEscalation: false" };
}

function root(pod: PodTemplate): Breach | undefined {
  const ofPod = scalar(contexts(pod).pod, "runAsNonRoot");
  const refused = [ofPod, ...namedFields(pod, "runAsNonRoot")].find(({ value }) => value?.value === false);
  const open = ofPod.state === "absent" ? namedFields(pod, "runAsNonRoot").find(({ state }) => state === "absent") : undefined;
  const bad = refused ?? open;
  return bad && { at: bad, what: "runAsNonRoot", how: "is not true", set: "runAsNonRoot: true" };
}

function userZero(pod: PodTemplate): Breach | undefined {
  const users = contexts(pod).written.map((own) => integer(own, "runAsUser"));
  return first(users, ({ value }) => value === 0, () => ["runAsUser: 0", "is root"]);
}

function noSeccomp(pod: PodTemplate): Breach | undefined {
  const { pod: ofPod, containers } = contexts(pod);
  const bad = badSeccomp(pod);
  const whole = level(ofPod, "seccompProfile");
  const open = whole.state === "absent" ? containers.find((own) => level(own, "seccompProfile").state === "absent") : undefined;
  if (bad) return { ...bad, set: "seccompProfile" };
  return open && { at: level(open, "seccompProfile"), what: "seccompProfile", how: "is not set", set: "seccompProfile" };
}
