import { gates } from "../../../schemas/enforced.js";
import { gateStages } from "../../../schemas/kubernetes.js";
import { allVersions, minors, type Versions } from "./versions.js";

/** A feature gate at its defaults, as a server without flags has it. */
export interface Gate {
  readonly name: string;
  /** The minors in which it exists and is off. */
  readonly off: Versions;
  /** The minors before it existed. */
  readonly before: Versions;
  /** "alpha" or "beta": what it is in the newest minor in which it is off. */
  readonly stage: string;
  /** The first minor in which it is on; undefined while there is none. */
  readonly onFrom?: string;
  readonly jobsOnly: boolean;
}

const stageNames: Readonly<Record<string, string>> = { a: "alpha", b: "beta", g: "GA" };
const known = new Map<string, Gate>();

function build(name: string): Gate {
  const stages = Object.entries(gateStages).find(([gate]) => gate === name)?.[1] ?? "";
  let off = 0;
  let before = 0;
  let stage = "";
  for (let index = 0; index < stages.length; index++) {
    const letter = stages.charAt(index);
    if (letter === ".") before |= 1 << index;
    if (stageNames[letter] === undefined) continue;
    off |= 1 << index;
    stage = stageNames[letter];
  }
  const lastOff = 31 - Math.clz32(off | before);
  const onFrom = minors[lastOff + 1];
  const jobsOnly = gates[name]?.jobsOnly === true;
  return { name, off: off & allVersions, before, stage, jobsOnly, ...(onFrom === undefined ? {} : { onFrom }) };
}

export function gateNamed(name: string): Gate {
  const gate = known.get(name) ?? build(name);
  known.set(name, gate);
  return gate;
}
