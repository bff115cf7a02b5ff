import type { Compared } from "../conformance/compared.js";
import { comparedVerdicts } from "../conformance/verdicts.js";
import type { Question } from "./questions.js";
import { ask } from "./server.js";

export interface Disagreement {
  readonly question: Question;
  readonly text: string;
}

export interface Found {
  readonly accepted: number;
  readonly list: readonly Disagreement[];
}

/** So many questions at once, as their texts and answers are held. */
const batch = 2000;

/** What kronlint answers otherwise than a built server of the version, in any of these parts: accept, errors, warnings. */
export async function disagreements(server: string, version: string, questions: readonly Question[], parts: readonly string[]): Promise<Found> {
  let accepted = 0;
  const list: Disagreement[] = [];
  for (let start = 0; start < questions.length; start += batch) {
    const some = questions.slice(start, start + batch);
    const verdicts = await ask(server, some);
    some.forEach((question, index) => {
      const verdict = verdicts[index];
      if (!verdict) return;
      if (verdict.accept) accepted++;
      const [compared] = comparedVerdicts({ ...question, class: "agreement", verdicts: { [version]: verdict } });
      const text = compared && differenceOf(compared, parts);
      if (text !== undefined) list.push({ question, text });
    });
  }
  return { accepted, list };
}

function differenceOf(compared: Compared, parts: readonly string[]): string | undefined {
  const said = parts.flatMap((part) => compared.parts[part] ?? []);
  return said.length === 0 ? undefined : said.join("; ");
}
