import { isAbsolute, relative, resolve, sep } from "node:path";

/** A path with `/` between its parts, as patterns and reports have it. */
export function withSlashes(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

/** Whether a path is a folder or lies in it. Both absolute. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** How reports name a file: from where the person stands. */
export function shownPath(cwd: string, path: string): string {
  return withSlashes(relative(cwd, resolve(cwd, path)) || ".");
}

/** As `shownPath`, but what an absolute argument means elsewhere keeps its absolute name. */
export function shower(argument: string, cwd: string): (path: string) => string {
  const isElsewhere = isAbsolute(argument) && !isWithin(cwd, argument.replace(/[*?[{].*$/s, ""));
  return (path) => (isElsewhere ? withSlashes(path) : shownPath(cwd, path));
}
