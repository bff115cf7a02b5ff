/** A text to be judged. `name` is what reports print: a path, or a name such as `<stdin>`. */
export interface Source {
  readonly name: string;
  readonly text: string;
  /** Of a text that was made from others: where the character at an offset is written. */
  readonly writtenAt?: (offset: number) => Place;
}

/** A stretch of a source: UTF-16 offsets into its original text, `end` exclusive. */
export interface Place {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** The text that stands at a place. */
export function textAt({ source, start, end }: Place): string {
  return source.text.slice(start, end);
}

/** Whether two places share a character, or one is an empty place inside or beside the other. */
export function overlaps(a: Place, b: Place): boolean {
  return a.source === b.source && a.start <= b.end && b.start <= a.end;
}
