import { descriptions } from "../../../schemas/descriptions.js";
import { fixedDefaults } from "../api/default-values.js";
import type { FieldSpec, FieldType } from "../api/table.js";
import { allVersions, minors, minorsIn, type Versions, versionsText } from "../api/versions.js";

/** Markdown about a field of the API: type, what it does, its values, its default, and which Kubernetes has it. */
export function fieldWords(type: string, spec: FieldSpec): string {
  const head = `**${spec.name}** \`${typeText(spec.type)}\`${isRequired(spec) ? " · required" : ""}`;
  const facts = [valuesText(spec), boundsText(spec), defaultText(type, spec.name), sinceText(spec), gateText(spec)];
  const below = facts.filter((fact) => fact !== "").join("  \n");
  return [head, descriptionOf(type, spec.name), below].filter((part) => part !== "").join("\n\n");
}

/** What a field does, in a sentence or two; empty where nobody wrote it down. */
export function descriptionOf(type: string, name: string): string {
  return descriptions[`${type}.${name}`] ?? (name === "metadata" ? "Name, namespace, labels and annotations." : "");
}

/** `string`, `[]Container`, `map of string`. */
export function typeText(type: FieldType): string {
  if (type.shape === "list") return `[]${typeText(type.of)}`;
  if (type.shape === "map") return `map of ${typeText(type.of)}`;
  if (type.name === "intOrString") return "int or string";
  return type.name;
}

/** Whether every Kubernetes in the data, or the newest, refuses an object without it. */
export function isRequired({ required }: FieldSpec): boolean {
  return minorsIn(required).includes(minors.at(-1) ?? "");
}

/** The values that the server accepts; of others it says that they are not supported. */
export function valuesOf({ enforced, type }: FieldSpec): readonly string[] {
  if (type.shape === "scalar" && type.name === "bool") return ["true", "false"];
  return enforced.values ?? [];
}

function valuesText(spec: FieldSpec): string {
  const values = spec.type.shape === "scalar" && spec.type.name === "bool" ? [] : valuesOf(spec);
  return values.length === 0 ? "" : `One of ${values.map((value) => `\`${value}\``).join(", ")}.`;
}

function boundsText({ enforced: { minimum, maximum } }: FieldSpec): string {
  if (minimum === undefined) return maximum === undefined ? "" : `At most ${String(maximum)}.`;
  return maximum === undefined ? `At least ${String(minimum)}.` : `From ${String(minimum)} to ${String(maximum)}.`;
}

/** What the server fills in by more than a fixed value. Source: SetDefaults_Job and SetDefaults_Container, see core/api/defaults.ts */
const decided: Readonly<Record<string, string>> = {
  "JobSpec.completions": "Default: 1, where parallelism is unset too.",
  "JobSpec.parallelism": "Default: `1`.",
  "JobSpec.backoffLimit": "Default: `6`; practically none with backoffLimitPerIndex.",
  "JobSpec.completionMode": "Default: `NonIndexed`.",
  "JobSpec.suspend": "Default: `false`.",
  "JobSpec.podReplacementPolicy": "Default: `TerminatingOrFailed`; `Failed` with a podFailurePolicy.",
  "Container.imagePullPolicy": "Default: `Always` for :latest or no tag, else `IfNotPresent`.",
  "PodSpec.restartPolicy": "Default: `Always`, which a Job may not use.",
  "PodSpec.serviceAccountName": "Default: `default`.",
};

/** The default as a sentence; empty where there is none. */
export function defaultText(type: string, name: string): string {
  const fixed = fixedDefaults[type]?.find((one) => one.name === name);
  const text = fixed && `Default: \`${JSON.stringify(fixed.value).replace(/^"|"$/g, "")}\`.`;
  return decided[`${type}.${name}`] ?? text ?? "";
}

function sinceText({ versions }: FieldSpec): string {
  const [oldest = "", newest = ""] = [minors[0], minors.at(-1)];
  if (versions === allVersions) return `In every Kubernetes from ${oldest} to ${newest}.`;
  return isOpenEnded(versions) ? `Since Kubernetes ${minorsIn(versions)[0] ?? ""}.` : `Kubernetes ${versionsText(versions)} only.`;
}

function isOpenEnded(versions: Versions): boolean {
  const known = minorsIn(versions);
  const from = minors.indexOf(known[0] ?? "");
  return known.at(-1) === minors.at(-1) && known.length === minors.length - from;
}

function gateText({ enforced: { gate } }: FieldSpec): string {
  if (!gate || gate.off === 0) return "";
  const when = gate.onFrom === undefined ? `off in ${versionsText(gate.off)}` : `on by default since ${gate.onFrom}`;
  return `Feature gate ${gate.name}: ${when}.`;
}
