import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Source } from "../engine.js";
import { isWithin, shownPath } from "../node/path.js";

/** Where a document lies, or would lie if it were saved. */
export interface Location {
  readonly uri: string;
  /** Absolute; of an untitled document a path that is not there. */
  readonly path: string;
  /** As in reports of the terminal, from the workspace folder. */
  readonly name: string;
  readonly root: string;
  /** It is a file, which others in its folder belong to. */
  readonly isFile: boolean;
}

/** `roots` are the workspace folders; without one, a file's own folder counts. */
export function locate(uri: string, languageId: string, roots: readonly string[]): Location {
  const path = pathOf(uri);
  if (path !== undefined) return locateFile(path, roots, uri);
  const root = roots[0] ?? process.cwd();
  const name = unsavedName(uri, languageId);
  return { uri, path: join(root, name), name, root, isFile: false };
}

export function locateFile(path: string, roots: readonly string[], uri = pathToFileURL(path).href): Location {
  const root = innermost(path, roots) ?? dirname(path);
  return { uri, path, name: shownPath(root, path), root, isFile: true };
}

/** The file that a source of the same workspace folder is called after. */
export function uriOfName(name: string, { root }: Location): string {
  return pathToFileURL(resolve(root, name)).href;
}

/** Undefined for what is no file: an untitled document, one inside an archive. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

function innermost(path: string, roots: readonly string[]): string | undefined {
  const around = roots.filter((root) => isWithin(root, path));
  return around.sort((a, b) => b.length - a.length)[0];
}

const extensions: Readonly<Record<string, string>> = { json: ".json", jsonc: ".json", markdown: ".md" };

/** By its name a text is known as Markdown or not. */
function unsavedName(uri: string, languageId: string): string {
  const plain = basename(decoded(uri).replace(/^[a-z-]+:/i, "")).replace(/[^\w.-]/g, "_") || "untitled";
  const extension = extensions[languageId] ?? ".yaml";
  return /\.(?:ya?ml|json|md|markdown)$/i.test(plain) ? plain : `${plain}${extension}`;
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

const languages = /^(?:yaml|json|jsonc|helm|markdown|gotmpl)(?:[.-]|$)/;
const names = /\.(?:ya?ml|json|md|markdown|tpl)$/i;

/** Whether a document may hold manifests at all: a client may attach the server to more than it should. */
export function mayHoldManifests(languageId: string, uri: string): boolean {
  return languages.test(languageId) || names.test(uri);
}

/** A text under the name that reports give it. */
export function sourceAt({ name }: Location, text: string): Source {
  return { name, text };
}
