import { MASK } from "../model/templated-word.js";
import type { Part } from "./script.js";

const masks = new RegExp(`${MASK}+`);

/** The parts of a text. What a template writes into it is as unknown as a substitution that cannot be read. */
export function textParts(value: string, quoted: boolean): readonly Part[] {
  if (!value.includes(MASK)) return [{ kind: "text", value, quoted }];
  return value.split(masks).flatMap((text, index): readonly Part[] => [
    ...(index > 0 ? [{ kind: "substitution" as const, script: undefined, quoted }] : []),
    ...(text === "" ? [] : [{ kind: "text" as const, value: text, quoted }]),
  ]);
}
