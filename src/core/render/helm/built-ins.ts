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

/** The first minor that serves a version no more: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const goneSince: Readonly<Record<string, number>> = {
  "batch/v1beta1": 25,
  "policy/v1beta1": 25,
  "extensions/v1beta1": 22,
  "networking.k8s.io/v1beta1": 22,
};
/** The first minor that serves it. */
const servedSince: Readonly<Record<string, number>> = {
  v1: 0,
  "apps/v1": 9,
  "batch/v1": 21,
  "policy/v1": 21,
  "networking.k8s.io/v1": 19,
  "autoscaling/v2": 23,
};

/** Whether clusters have an API; unknown for those that not every cluster has. */
function served(version: string | undefined, minors: readonly string[]): Value {
  if (version === undefined) return unknown;
  const group = version.split("/").slice(0, version.startsWith("v1/") ? 1 : 2).join("/");
  const [since, gone] = [servedSince[group], goneSince[group]];
  const answers = new Set(minors.map((minor) => isServed(Number(minor.split(".")[1]), since, gone)));
  const [answer] = answers;
  return answers.size === 1 && answer !== undefined ? bool(answer) : unknown;
}

function isServed(minor: number, since: number | undefined, gone: number | undefined): boolean | undefined {
  if (gone !== undefined && minor >= gone) return false;
  return since === undefined ? undefined : minor >= since;
}

