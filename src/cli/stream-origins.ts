import { resolve } from "node:path";
import { atOrigin, type Diagnostic, type Origin, originsIn, type Source } from "../engine.js";
import { isWithin, shownPath } from "../node/path.js";
import { readTextFile } from "../node/read-file.js";

/** Finds the files that a rendered stream was made of. */
export interface StreamOrigins {
  /** A stream, before anything is found in it. */
  readonly note: (stream: Source) => void;
  readonly told: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  readonly textOf: (file: string) => string | undefined;
}

/** Files are looked for below the folder in which the command runs. */
export function createStreamOrigins(cwd: string): StreamOrigins {
  const files = new Map<string, Source | undefined>();
  let stream: Source | undefined;
  let origins: readonly Origin[] = [];
  const fileOf = (path: string): Source | undefined => {
    if (!files.has(path)) files.set(path, candidates(path).map((one) => readBelow(cwd, one)).find((source) => source !== undefined));
    return files.get(path);
  };
  const one = (diagnostic: Diagnostic): Diagnostic => {
    const isHere = diagnostic.file === stream?.name;
    const origin = isHere ? origins.findLast(({ start, end }) => start <= diagnostic.start && diagnostic.start <= end) : undefined;
    return origin && stream ? atOrigin(diagnostic, origin, stream, fileOf(origin.path)) : diagnostic;
  };
  return {
    note: (source) => {
      stream = source;
      origins = originsIn(source);
    },
    told: (diagnostics) => (origins.length === 0 ? diagnostics : diagnostics.map(one)),
    textOf: (file) => [...files.values()].find((source) => source?.name === file)?.text,
  };
}

/** Helm names the chart first, whatever its folder is called; Kustomize goes up from an overlay that nobody names. */
function candidates(path: string): readonly string[] {
  const [, ...rest] = path.split("/");
  return [path, ...(rest.length > 0 && !path.startsWith("..") ? [rest.join("/")] : []), path.replace(/^(?:\.\.\/)+/, "")];
}

function readBelow(cwd: string, path: string): Source | undefined {
  const file = resolve(cwd, path);
  const reading = isWithin(cwd, file) ? readTextFile(file) : undefined;
  return reading?.state === "read" ? { name: shownPath(cwd, file), text: reading.text } : undefined;
}
