import { type Workload, workloadOf } from "../model/workload.js";
import type { Document } from "../read/document.js";
import { read } from "../read/read.js";
import type { Source } from "../text/place.js";

/** A text as somebody works on it: read once, asked often. */
export interface Opened {
  readonly source: Source;
  readonly parts: readonly OpenedPart[];
}

/** A Job or CronJob of the text. */
export interface OpenedPart {
  readonly document: Document;
  readonly workload: Workload;
}

/** Never throws; of a text that cannot be read whole, what can be read. */
export function openText(source: Source): Opened {
  const parts = read(source).documents.flatMap((document): readonly OpenedPart[] => {
    const workload = workloadOf(document, new Set());
    return workload ? [{ document, workload }] : [];
  });
  return { source, parts };
}

/** The Job or CronJob in which an offset stands. */
export function partAt({ parts }: Opened, offset: number): OpenedPart | undefined {
  return parts.find(({ document: { place } }) => place.start <= offset && offset <= place.end);
}
