import { type Check, clipped, duplicate, invalid, required } from "../check.js";
import { flagOf, isBlank, objectsOf, spotOf, textOf, type TypedObject } from "../typed.js";

/** Before this minor IsValidSysctlName took no / in a name that is new. */
const slashFrom = 25;
/** ValidateHostSysctl came with this minor. */
const hostCheckFrom = 29;

const longest = 253;
const segment = /^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;

/** The settings of the kernel that each IPC namespace has. Source: k8s.io/component-helpers/node/util/sysctl/namespace.go */
const ipcNames: ReadonlySet<string> = new Set(
  ["sem", "shmall", "shmmax", "shmmni", "shm_rmid_forced", "shm", "msgmax", "msgmnb", "msgmni", "msg"].map((name) => `kernel.${name}`),
);

/** Source: validateSysctls in pkg/apis/core/validation/validation.go */
export function validateSysctls(check: Check, pod: TypedObject, context: TypedObject): void {
  const seen = new Set<string>();
  for (const sysctl of objectsOf(context, "sysctls")) {
    const spot = spotOf(sysctl, "name");
    const name = textOf(sysctl, "name");
    if (isBlank(sysctl, "name")) required(check, spot, "a sysctl needs a name; add one");
    else if (name !== undefined) {
      if (!isSysctlName(name, check.minor >= slashFrom)) {
        const remedy = "write it in lower case with dots, as in net.core.somaxconn";
        invalid(check, spot, `${clipped(name)} is no name of a sysctl in Kubernetes ${versionOf(check)}; ${remedy}`);
      } else if (seen.has(name)) duplicate(check, spot, `sysctl ${clipped(name)} is set twice; remove one`);
      const shared = check.minor >= hostCheckFrom ? sharedWithHost(pod, name) : undefined;
      if (shared !== undefined) invalid(check, spot, `sysctl ${clipped(name)} is the host's while ${shared} is true; remove one of them`);
      seen.add(name);
    }
  }
}

function versionOf({ minor }: Check): string {
  return `1.${String(minor)}`;
}

function isSysctlName(name: string, slash: boolean): boolean {
  return name.length <= longest && name.split(slash ? /[./]/ : ".").every((part) => segment.test(part));
}

/** The field of the pod by which a sysctl's namespace is the host's. */
function sharedWithHost(pod: TypedObject, name: string): "hostNetwork" | "hostIPC" | undefined {
  const [dotted = ""] = normalized(name).split("*");
  if (dotted.startsWith("net.")) return flagOf(pod, "hostNetwork") === true ? "hostNetwork" : undefined;
  const ipc = ipcNames.has(dotted) || dotted.startsWith("fs.mqueue.");
  return ipc && flagOf(pod, "hostIPC") === true ? "hostIPC" : undefined;
}

/** `net/ipv4/conf/eno2.100/x` is `net.ipv4.conf.eno2/100.x`: the separator that comes first decides. */
function normalized(name: string): string {
  if (/[./]/.exec(name)?.[0] !== "/") return name;
  return name.replace(/[./]/g, (separator) => (separator === "/" ? "." : "/"));
}
