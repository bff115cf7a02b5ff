import type { Field, Level } from "../model/field.js";
import { type Container, jobOfWorkload, type Workload } from "../model/workload.js";
import { entryOf } from "../read/node.js";
import type { Place } from "../text/place.js";
import type { Opened, OpenedPart } from "./opened.js";

/** An object of a text, or a part of one, by its name. */
export interface OutlineItem {
  readonly kind: "object" | "schedule" | "container" | "init container" | "volume";
  readonly name: string;
  readonly detail: string;
  /** All of it. */
  readonly whole: Place;
  /** What names it. */
  readonly nameAt: Place;
  readonly children: readonly OutlineItem[];
}

/** The Jobs and CronJobs of a text with their schedules, containers and volumes. */
export function outlineOf({ parts }: Opened): readonly OutlineItem[] {
  return parts.map(outlineOfPart);
}

function outlineOfPart({ document, workload }: OpenedPart): OutlineItem {
  const { name, namespace } = workload.metadata;
  const { pod } = jobOfWorkload(workload);
  return {
    kind: "object",
    name: nameText(name) ?? workload.kind,
    detail: namespace.value === undefined ? workload.kind : `${workload.kind} in ${namespace.value}`,
    whole: document.place,
    nameAt: inside(name.place, document.place),
    children: [...scheduleItem(workload), ...pod.written.map(containerItem), ...volumeItems(pod.volumes)].flatMap((item) =>
      isWithin(item.whole, document.place) ? [item] : [],
    ),
  };
}

function nameText({ state, value }: Field<string>): string | undefined {
  return state === "present" && value !== "" ? value : undefined;
}

function scheduleItem(workload: Workload): readonly OutlineItem[] {
  if (workload.kind !== "CronJob" || workload.schedule.state !== "present") return [];
  const { key, place, value } = workload.schedule;
  const whole = { source: key.source, start: Math.min(key.start, place.start), end: Math.max(key.end, place.end) };
  const name = value === "" ? "schedule" : value;
  return [{ kind: "schedule", name, detail: workload.timeZone.value ?? "", whole, nameAt: place, children: [] }];
}

function containerItem({ level, name, image, init }: Container): OutlineItem {
  return named(level, init ? "init container" : "container", nameText(name), image.value ?? "", name.place);
}

function volumeItems(volumes: Field<readonly Level[]>): readonly OutlineItem[] {
  if (volumes.state !== "present") return [];
  return volumes.value.map((volume) => {
    const entry = volume.mapping && entryOf(volume.mapping, "name");
    const text = entry?.value.kind === "scalar" ? entry.value.text : undefined;
    return named(volume, "volume", text, "", entry?.value.place ?? volume.place);
  });
}

function named({ mapping, place }: Level, kind: OutlineItem["kind"], name: string | undefined, detail: string, at: Place): OutlineItem {
  const whole = mapping?.place ?? place;
  return { kind, name: name === undefined || name === "" ? kind : name, detail, whole, nameAt: inside(at, whole), children: [] };
}

/** An editor wants the name within the whole; an anchor may have brought it from elsewhere. */
function inside(place: Place, whole: Place): Place {
  return isWithin(place, whole) ? place : { ...whole, end: whole.start };
}

function isWithin(place: Place, whole: Place): boolean {
  return place.source === whole.source && whole.start <= place.start && place.end <= whole.end;
}
