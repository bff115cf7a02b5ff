import { resolve } from "node:path";
import { type Deployed, type DeployedObject, plural } from "../engine.js";
import { isWithin } from "../node/path.js";
import { type Reading, readTextFile } from "../node/read-file.js";
import type { Target } from "../node/targets.js";
import type { Judgement, Judging } from "./judging.js";
import type { World } from "./world.js";

/** A file with what it gives the cluster; undefined with the reason why it cannot be read. */
export interface DeployedFile {
  readonly target: Target;
  readonly judgement: Judgement;
  readonly deployed: Deployed | undefined;
  readonly reason: string;
}

export interface DeployedOptions {
  /** For texts that lie elsewhere than on disk. */
  readonly read?: (path: string) => Reading;
  /** Of all that the judging is about, the part that is meant. Absolute. */
  readonly root?: string;
}

/**
 * What is asked for, as it will be deployed: charts evaluated, overlays built, each object once. Files whose settings are broken are left
 * out.
 */
export function* deployedFiles(
  world: Pick<World, "cwd" | "readStdin" | "err">,
  judging: Judging,
  targets: Iterable<Target>,
  { read = readTextFile, root }: DeployedOptions = {},
): Generator<DeployedFile, void, undefined> {
  const seen = new Set<DeployedObject>();
  const fresh = ({ objects, ...rest }: Deployed): Deployed => {
    const unseen = objects.filter((object) => !seen.has(object));
    for (const object of unseen) seen.add(object);
    return { ...rest, objects: unseen };
  };
  let switchedOff = 0;
  for (const target of targets) {
    const judgement = judging.of(target);
    const reading = target.isStdin === true ? world.readStdin() : read(target.path);
    if (judgement === undefined) continue;
    const reason = target.problem ?? (reading.state === "unreadable" ? reading.reason : "");
    const isRead = reading.state === "read" && target.problem === undefined;
    const deployed = isRead ? fresh(judgement.deployed({ name: target.shown, text: reading.text })) : undefined;
    switchedOff += deployed?.switchedOff ?? 0;
    yield { target, judgement, deployed, reason };
  }
  const isMeant = ({ deployedBy = "" }: DeployedObject): boolean => root === undefined || isWithin(root, resolve(world.cwd, deployedBy));
  if (switchedOff > 0) world.err(`kronlint: left out: ${plural(switchedOff, "object")} that the values of a chart switch off\n`);
  yield* builtElsewhere(world.cwd, judging, fresh({ objects: judging.overlaid().filter(isMeant), problems: [] }));
}

/** What overlays that were asked for build from files that were not. */
function* builtElsewhere(cwd: string, judging: Judging, { objects }: Deployed): Generator<DeployedFile, void, undefined> {
  for (const object of objects) {
    const { name } = object.document.source;
    const target = { path: resolve(cwd, object.deployedBy ?? "", "kustomization.yaml"), shown: name, named: false };
    const judgement = judging.of(target);
    if (judgement) yield { target, judgement, deployed: { objects: [object], problems: [] }, reason: "" };
  }
}
