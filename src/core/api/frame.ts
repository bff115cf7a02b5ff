import type { Entry, MappingNode } from "../read/node.js";
import type { Place } from "../text/place.js";
import type { ApiFinding } from "./finding.js";
import type { Gate } from "./gates.js";
import type { FieldSpec, ObjectType } from "./table.js";
import type { Versions } from "./versions.js";

/** What one run of the decoder knows and gathers. */
export interface Walk {
  readonly kind: "Job" | "CronJob";
  readonly asked: Versions;
  readonly patch: boolean;
  readonly root: MappingNode;
  readonly findings: ApiFinding[];
  readonly recent: RecentField[];
  /** Suggestions cost time: a hostile manifest gets only so many. */
  suggestions: number;
}

/** A field that some minors do not know, or that a gate decides about. */
export interface RecentField {
  readonly frame: Frame;
  readonly entry: Entry;
  readonly spec: FieldSpec;
  readonly gate: Gate | undefined;
  readonly missing: Versions;
}

/** An object of the manifest that the decoder stands in. */
export interface Frame {
  readonly type: ObjectType;
  /** Kubernetes' path: `spec.template.spec`; empty at the root. */
  readonly path: string;
  readonly mapping: MappingNode;
  /** Where to point at for something missing in it: the key that opens it, or the first key of a list item. */
  readonly anchor: Place;
  readonly parent: Frame | undefined;
  /** The minors that get here. */
  readonly live: Versions;
}

export function childPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

const levelNames: Readonly<Record<string, string>> = {
  CronJob: "a CronJob",
  Job: "a Job",
  CronJobSpec: "the CronJob spec",
  JobTemplateSpec: "the jobTemplate",
  JobSpec: "the Job spec",
  PodTemplateSpec: "the pod template",
  PodSpec: "the pod spec",
  Container: "a container",
};

/** How people call the object: "the Job spec", else its path's last step. */
export function frameName({ type, path }: Frame): string {
  return levelNames[type.name] ?? path.slice(path.lastIndexOf(".") + 1);
}
