import type { Entry } from "../read/node.js";
import { type ApiFinding, findingIn, type Home } from "./finding.js";
import { childPath, type Frame, frameName, type Walk } from "./frame.js";
import { homesOf } from "./homes.js";
import { rewritten } from "./rewrite.js";
import { closest, sameButForCase } from "./similar.js";
import { fieldNames, hasField, typeNamed } from "./table.js";

/** What people call fields that have another name here: the first one that the object has is meant. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  arguments: ["args"],
  backoff: ["backoffLimit"],
  claim: ["claimName"],
  cmd: ["command"],
  concurrency: ["concurrencyPolicy"],
  configMapRef: ["configMapKeyRef"],
  cron: ["schedule"],
  environment: ["env"],
  envs: ["env"],
  maxRetries: ["backoffLimit"],
  mounts: ["volumeMounts"],
  name: ["secretName", "claimName", "volumeName"],
  podTemplate: ["template"],
  port: ["containerPort"],
  pullPolicy: ["imagePullPolicy"],
  pvc: ["persistentVolumeClaim"],
  restart: ["restartPolicy"],
  retries: ["backoffLimit"],
  retryLimit: ["backoffLimit"],
  secretRef: ["secretKeyRef"],
  timeout: ["activeDeadlineSeconds"],
  timeoutSeconds: ["activeDeadlineSeconds"],
  ttl: ["ttlSecondsAfterFinished"],
  tz: ["timeZone"],
};

const suggestionsAtMost = 100;

function clipped(name: string): string {
  return name.length > 60 ? `${name.slice(0, 59)}…` : name;
}

function misplaced(walk: Walk, frame: Frame, entry: Entry, name: string, homes: readonly [Home, ...Home[]]): ApiFinding {
  const [first, second] = homes;
  const fact = `${clipped(entry.key.text)} is no field of ${frameName(frame)}`;
  const own = name === entry.key.text ? "it" : name;
  const remedy = second
    ? `${own} belongs in ${first.path} or in ${second.path}`
    : first.taken
      ? `${first.path} has ${own} already, so remove this one`
      : `move ${own === "it" ? own : `it as ${own}`} to ${first.path}`;
  const field = childPath(frame.path, entry.key.text);
  const meant = homes.flatMap(({ path, mapping }) => [childPath(path, name), ...(mapping ? [] : [path])]);
  const move = name === entry.key.text ? { move: { entry, from: frame.mapping, to: homes } } : {};
  const detail = { rule: "misplaced-field", at: entry.key.place, field, message: `${fact}; ${remedy}`, meant, ...move } as const;
  return findingIn(detail, frame.live, walk.asked);
}

function unknown(walk: Walk, frame: Frame, entry: Entry, meant: string | undefined, sure: boolean): ApiFinding {
  const fact = `${clipped(entry.key.text)} is no field of ${frameName(frame)}`;
  const detail = {
    rule: "unknown-field",
    at: entry.key.place,
    field: childPath(frame.path, entry.key.text),
    message: `${fact}; ${remedy(meant, sure)}`,
    ...(meant === undefined ? {} : { meant: [childPath(frame.path, meant)] }),
  } as const;
  if (meant === undefined || frame.mapping.entries.some(({ key }) => key.text === meant)) return findingIn(detail, frame.live, walk.asked);
  const fix = rewritten(entry.key, meant, `rename ${clipped(entry.key.text)} to ${meant}`, sure);
  return findingIn({ ...detail, fix }, frame.live, walk.asked);
}

function remedy(meant: string | undefined, sure: boolean): string {
  if (meant === undefined) return "remove it or correct its name";
  return sure ? `write ${meant}` : `did you mean ${meant}?`;
}

function isOne(homes: readonly Home[]): homes is readonly [Home, ...Home[]] {
  return homes.length > 0;
}

function onlyInCronJobs(walk: Walk, frame: Frame, entry: Entry): ApiFinding | undefined {
  const name = entry.key.text;
  if (walk.kind === "CronJob" || frame.type.name !== "JobSpec" || !hasField(typeNamed("CronJobSpec"), name)) return undefined;
  const message = `${name} is a field of a CronJob, and this is a Job; remove it or make this a CronJob`;
  return findingIn({ rule: "unknown-field", at: entry.key.place, field: childPath(frame.path, name), message }, frame.live, walk.asked);
}

/** A key that this object does not have in any minor: what was meant, and where it belongs. */
export function unknownField(walk: Walk, frame: Frame, entry: Entry): ApiFinding {
  const name = entry.key.text;
  const { type } = frame;
  if (++walk.suggestions > suggestionsAtMost) return unknown(walk, frame, entry, undefined, false);
  const spelt = sameButForCase(name, fieldNames(type));
  if (spelt !== undefined) return unknown(walk, frame, entry, spelt, true);
  const here = onlyInCronJobs(walk, frame, entry);
  if (here) return here;
  const homes = homesOf(walk, frame, name);
  if (isOne(homes)) return misplaced(walk, frame, entry, name, homes);
  const others = (Object.hasOwn(otherNames, name) ? otherNames[name] : undefined) ?? [];
  const near = others.find((other) => hasField(type, other)) ?? closest(name, fieldNames(type));
  if (near !== undefined) return unknown(walk, frame, entry, near, false);
  return elsewhere(walk, frame, entry, others[0] ?? speltElsewhere(name)) ?? unknown(walk, frame, entry, undefined, false);
}

/** A misspelt field of another level. */
function elsewhere(walk: Walk, frame: Frame, entry: Entry, name: string | undefined): ApiFinding | undefined {
  if (name === undefined) return undefined;
  const homes = homesOf(walk, frame, name);
  return isOne(homes) ? misplaced(walk, frame, entry, name, homes) : undefined;
}

function speltElsewhere(name: string): string | undefined {
  const types = ["CronJobSpec", "JobSpec", "PodSpec", "Container"];
  return sameButForCase(name, types.flatMap((type) => [...fieldNames(typeNamed(type))]));
}
