import { dirname } from "node:path";
import { pathFrom, upward } from "../node/folder.js";
import type { Target } from "../node/targets.js";
import { type Flags, UsageError } from "./flags.js";
import type { Given } from "./given-files.js";
import type { Judging } from "./judging.js";

/** One of so many parts of a run; parts count from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** `--shard 2/5`. Throws a UsageError. */
export function shardFrom(flags: Flags): Shard | undefined {
  const text = flags.text("shard");
  if (text === undefined) return undefined;
  const [, part = 0, of = 0] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? []).map(Number);
  if (part < 1 || part > of) throw new UsageError(`--shard ${text}: it is part/parts, from 1/4 to 4/4`);
  return { part, of };
}

/** The files of one part. What is deployed together stays together, so that rules that see all of it find what they find without parts. */
export function sharded(given: Given, { part, of }: Shard, judging: Judging, cwd: string): Given {
  const files: readonly Target[] = [...given.files];
  const groups = createGroups();
  const unitOf = (path: string): string => `unit ${pathFrom(cwd, judging.unitOf(path))}`;
  const joined = (path: string): string => {
    const unit = unitOf(path);
    for (const overlay of judging.overlaysOf(path)) groups.join(unit, `overlay ${pathFrom(cwd, overlay)}`);
    for (const { isChart, path: chart } of upward(judging.folders(dirname(path)))) {
      if (isChart) groups.join(unit, `chart ${pathFrom(cwd, chart)}`);
    }
    return unit;
  };
  for (const { path } of files) joined(path);
  const isIn = (path: string): boolean => hash(groups.nameOf(joined(path))) % of === part - 1;
  return { ...given, files: files.filter(({ path }) => isIn(path)), isIn };
}

interface Groups {
  readonly join: (one: string, other: string) => void;
  /** The first name of the group in the order of characters, which does not depend on who was joined first. */
  readonly nameOf: (one: string) => string;
}

function createGroups(): Groups {
  const above = new Map<string, string>();
  const nameOf = (one: string): string => {
    let top = one;
    for (let next = above.get(top); next !== undefined; next = above.get(top)) top = next;
    if (top !== one) above.set(one, top);
    return top;
  };
  return {
    nameOf,
    join: (one, other) => {
      const [first = one, second = one] = [nameOf(one), nameOf(other)].sort();
      if (first !== second) above.set(second, first);
    },
  };
}

/** FNV-1a, and the bits mixed once more, as the lowest ones decide. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  return Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 8;
}
