type Words = readonly (string | undefined)[];

interface Filter {
  /** Letters of options whose value may be the next word. */
  readonly valued: string;
  /** Operands that are no files. */
  readonly operands: number;
  readonly refused?: RegExp;
}

/** Programs that read their input to its end, or stop sooner, and do nothing else. */
const filters: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ["cat", { valued: "", operands: 0 }],
  ["head", { valued: "nc", operands: 0 }],
  ["tail", { valued: "nc", operands: 0 }],
  ["wc", { valued: "", operands: 0 }],
  ["sort", { valued: "kt", operands: 0 }],
  ["uniq", { valued: "fsw", operands: 0 }],
  ["cut", { valued: "dfcb", operands: 0 }],
  ["tr", { valued: "", operands: 2 }],
  ["nl", { valued: "", operands: 0 }],
  ["rev", { valued: "", operands: 0 }],
  ["base64", { valued: "w", operands: 0 }],
  ["md5sum", { valued: "", operands: 0 }],
  ["sha256sum", { valued: "", operands: 0 }],
  ["jq", { valued: "", operands: 1, refused: /^--(?:arg|slurpfile|rawfile|from-file|args|jsonargs)|^-\w*f|input|while|until|repeat|recurse|range/ }],
  ["grep", { valued: "mABC", operands: 1, refused: /^-\w*[rRfe]|^--(?:file|recursive|regexp)/ }],
  ["sed", { valued: "", operands: 1, refused: /^-\w*[fei]|^--(?:file|in-place|expression)|[{}er;\n]$|^[^/]*[btT]|^\d*e/ }],
  ["awk", { valued: "F", operands: 1, refused: /^-[fv]|system|getline|while|for|do|[|]|function|=|"-"/ }],
]);

/** Whether a program that reads from a pipe is done as soon as the pipe ends. */
export function isFilter(name: string, words: Words): boolean {
  const filter = filters.get(name);
  if (filter === undefined) return false;
  let operands = 0;
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined || filter.refused?.test(word) === true) return false;
    if (!word.startsWith("-") || word === "-") operands += 1;
    else if (word.length === 2 && filter.valued.includes(word.charAt(1))) index++;
  }
  return operands <= filter.operands;
}

/** Programs that arrange for nothing at the signals that ask to end, so that these end them. */
export const obedient: ReadonlySet<string> = new Set([
  ...filters.keys(), "curl", "wget", "nc", "ping", "dig", "nslookup", "host", "dd", "cp", "mv", "rm", "find", "ls", "du", "df", "gzip",
  "gunzip", "tar", "pg_isready", "mysqladmin", "yes", "watch", "tee", "seq", "openssl",
]);
