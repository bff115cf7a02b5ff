import type { ChartInput } from "./chart.js";
import { made, textOf, unknownPiece } from "./text.js";
import { bool, type Dict, dict, known, unknown, type Value } from "./value.js";

/** What Helm hands to a template besides values: https://helm.sh/docs/chart_template_guide/builtin_objects/ */
export function builtIns(input: ChartInput, meta: Dict, folder: string, path: string): readonly (readonly [string, Value])[] {
  const name = known(meta.entries.get("Name")) ?? "";
  const base = folder === "" ? name : `${name}/${folder.slice(0, -1)}`;
  const short = path.slice(folder.length);
  return [
    ["Release", releaseOf(input)],
    ["Capabilities", capabilities(input.kubernetes)],
    ["Files", unknown],
    ["Subcharts", unknown],
    ["Template", dict([["Name", made(`${base}/${short}`)], ["BasePath", made(`${base}/templates`)]])],
  ];
}

function releaseOf({ release, namespace }: ChartInput): Dict {
  const given = (text: string | undefined): Value => (text === undefined ? textOf([unknownPiece]) : made(text));
  return dict([
    ["Name", given(release)],
    ["Namespace", given(namespace)],
    ["Service", made("Helm")],
    ["Revision", unknown],
    ["IsInstall", unknown],
    ["IsUpgrade", unknown],
    ["Time", unknown],
  ]);
}

function capabilities(minors: readonly string[]): Dict {
  const [only] = minors;
  const version = minors.length === 1 && only !== undefined ? only : undefined;
  const [major = "", minor = ""] = version?.split(".") ?? [];
  const text = (written: string): Value => (version === undefined ? unknown : made(written));
  const full = text(`v${version ?? ""}.0`);
  const kube = dict([["Version", full], ["GitVersion", full], ["Major", text(major)], ["Minor", text(minor)]]);
  const has = (args: readonly Value[]): Value => served(known(args[0]), minors);
  return dict([
    ["KubeVersion", kube],
    ["APIVersions", dict([["Has", { kind: "callable", call: has }]])],
    ["HelmVersion", unknown],
  ]);
}

type Minors = readonly [since: number, gone?: number];

/**
 * Versions of groups that are Kubernetes' alone, all there are: the group of a CustomResourceDefinition has a dot. With the first minor
 * that serves one, and the first that does no more: https://kubernetes.io/docs/reference/using-api/deprecation-guide/
 */
const ownVersions: Readonly<Record<string, Readonly<Record<string, Minors>>>> = {
  "": { v1: [0] },
  apps: { v1: [9] },
  autoscaling: { v1: [3], v2: [23], v2beta1: [8, 25], v2beta2: [12, 26] },
  batch: { v1: [3], v1beta1: [8, 25] },
  extensions: { v1beta1: [2, 22] },
  policy: { v1: [21], v1beta1: [4, 25] },
};
/** Of other groups, which clusters may have more versions of. */
const moreVersions: Readonly<Record<string, Minors>> = { "networking.k8s.io/v1": [19], "networking.k8s.io/v1beta1": [14, 22] };
/** Before, there were versions that are not told here. */
const firstMinor = 22;

/** Whether clusters have an API, as `batch/v1` or `batch/v1/CronJob`; unknown for those that not every cluster has. */
function served(version: string | undefined, minors: readonly string[]): Value {
  if (version === undefined) return unknown;
  const answers = new Set(minors.map((minor) => isServed(version, Number(minor.split(".")[1]))));
  const [answer] = answers;
  return answers.size === 1 && answer !== undefined ? bool(answer) : unknown;
}

function isServed(asked: string, minor: number): boolean | undefined {
  const [group = "", version = "", kind] = /^v\d/.test(asked) ? ["", ...asked.split("/")] : asked.split("/");
  const own = Object.hasOwn(ownVersions, group) ? ownVersions[group] : undefined;
  const known = own && Object.hasOwn(own, version) ? own[version] : moreVersions[`${group}/${version}`];
  if (!known) return own && minor >= firstMinor ? false : undefined;
  const [since, gone = Infinity] = known;
  if (minor < since || minor >= gone) return false;
  // Which kinds a version has that is not stable yet is told by nobody here.
  return kind === undefined || !version.includes("beta") ? true : undefined;
}
