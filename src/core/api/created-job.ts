import type { Document } from "../read/document.js";
import { type Entry, entryOf, type MappingNode, type Node, type ScalarNode } from "../read/node.js";
import type { Place } from "../text/place.js";
import type { ApiError } from "./check.js";
import { prepare, prepareObject, validate } from "./verdict.js";
import { minorsIn, type Versions, versionsOf, versionsText } from "./versions.js";

/** Why no Job can be made of a CronJob that the server accepts. */
export interface JobFault {
  /** The CronJob's own path: `spec.jobTemplate.metadata.labels`. */
  readonly field: string;
  readonly at: Place;
  /** One clause of fact, one of remedy. */
  readonly message: string;
  /** "1.27 to 1.33", where not all of the minors asked refuse the Job. */
  readonly versions?: string;
}

/** What the controller appends is the minute of the run: eight digits until the year 2160. Source: getJobName in pkg/controller/cronjob */
const minute = "-29999999";
/** The server cuts a generateName to 58 characters and adds five. Source: k8s.io/apiserver/pkg/storage/names */
const generatedBase = 58;

/**
 * What servers of these minors refuse in the Job that the controller makes of a CronJob, beyond what they refuse in the CronJob
 * itself, whose jobTemplate is not wholly validated. Templated values are silent.
 * Source: getJobFromTemplate2 in pkg/controller/cronjob/utils.go
 */
export function jobFaultsOf(document: Document, versions: readonly string[], meant: ReadonlySet<string>): readonly JobFault[] {
  const root = createdJob(document.root);
  if (!root || document.patch) return [];
  const asked = versionsOf(versions);
  const heard = new Map<string, { readonly error: ApiError; versions: Versions }>();
  const meantInJob = new Set([...meant].flatMap((path) => pathInJob(path) ?? []));
  // The newest minor speaks first, so that its words are heard.
  for (const minor of minorsIn(asked).toReversed()) {
    const errors = validate(prepareObject({ root, kind: "Job", version: minor, patch: false, meant: meantInJob }));
    if (errors.length === 0) continue;
    const own = prepare(document, "CronJob", minor, meant);
    const told = new Set(validate(own).map(({ at }) => at.start));
    if (own.check.crashes.length > 0) continue;
    for (const error of errors.filter(({ at }) => !told.has(at.start))) {
      const key = `${String(error.at.start)} ${error.field}`;
      const known = heard.get(key);
      if (known) known.versions |= versionsOf([minor]);
      else heard.set(key, { error, versions: versionsOf([minor]) });
    }
  }
  return [...heard.values()].map(({ error: { field, at, message }, versions: refusing }) => {
    return { field: pathInCronJob(field), at, message, ...(refusing === asked ? {} : { versions: versionsText(refusing) }) };
  });
}

function pathInCronJob(field: string): string {
  return field.startsWith("metadata.name") ? field : `spec.jobTemplate.${field}`;
}

function pathInJob(path: string): string | undefined {
  return path.startsWith("spec.jobTemplate.") ? path.slice("spec.jobTemplate.".length) : undefined;
}

/** The manifest of such a Job, of the nodes of the CronJob's. */
function createdJob(cronJob: MappingNode): MappingNode | undefined {
  const template = mappingAt(mappingAt(cronJob, "spec"), "jobTemplate");
  const spec = template && entryOf(template, "spec");
  if (!template || !spec) return undefined;
  const own = entryOf(template, "metadata")?.value;
  const copied = own?.kind === "mapping" ? ["labels", "annotations"].flatMap((key) => entryOf(own, key) ?? []) : [];
  const isKnown = own === undefined ? !template.open : own.kind === "mapping" ? !own.open : own.kind !== "unknown";
  const { place } = cronJob;
  const metadata: MappingNode = { kind: "mapping", place, entries: [...jobName(cronJob), ...copied], open: !isKnown, flow: false };
  const entries: readonly Entry[] = [
    { key: written("apiVersion", place), value: written("batch/v1", place) },
    { key: written("kind", place), value: written("Job", place) },
    { key: written("metadata", place), value: metadata },
    spec,
  ];
  return { kind: "mapping", place, entries, open: template.open, flow: false };
}

function mappingAt(mapping: MappingNode | undefined, key: string): MappingNode | undefined {
  const value = mapping && entryOf(mapping, key)?.value;
  return value?.kind === "mapping" ? value : undefined;
}

function jobName(cronJob: MappingNode): readonly Entry[] {
  const metadata = mappingAt(cronJob, "metadata");
  const name = metadata && entryOf(metadata, "name");
  const base = metadata && entryOf(metadata, "generateName");
  const place = (name ?? base)?.value.place ?? cronJob.place;
  const key = written("name", place);
  const text = textOf(name?.value) ?? (name ? undefined : generated(textOf(base?.value)));
  return [{ key, value: text === undefined ? { kind: "unknown", place, reason: "template" } : written(`${text}${minute}`, place) }];
}

function generated(base: string | undefined): string | undefined {
  return base === undefined ? undefined : `${base.slice(0, generatedBase)}zzzzz`;
}

function textOf(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" && node.value !== "" ? node.value : undefined;
}

function written(text: string, place: Place): ScalarNode {
  return { kind: "scalar", place, value: text, text, style: "plain", slice: () => place };
}
