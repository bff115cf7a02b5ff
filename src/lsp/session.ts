import type { Connection, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { AnyRule } from "../engine.js";
import type { Abilities } from "./abilities.js";
import { createJudge } from "./judge.js";
import { createFresh, type Fresh } from "./known-findings.js";
import type { Preferences } from "./preferences.js";
import { createTalk, type Talk } from "./tell.js";
import { createWorkbench, type Workbench } from "./workbench.js";

/** What surrounds the server, so that tests can put something else in its place. */
export interface Surroundings {
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Where it was started, for a client without folders. Absolute. */
  readonly cwd: string;
}

/** One client, from its first message to its last. */
export interface Session {
  readonly rules: readonly AnyRule[];
  readonly abilities: Abilities;
  readonly documents: TextDocuments<TextDocument>;
  readonly talk: Talk;
  readonly preferences: () => Preferences;
  readonly roots: () => readonly string[];
  /** Made anew when settings have changed; what was known before is then forgotten. */
  readonly workbench: () => Workbench;
  /** Settings, folders or the files that decide about others have changed. */
  readonly reset: (changed: { readonly preferences?: Preferences; readonly roots?: readonly string[] }) => void;
  /** A document or a file has changed: counts up, so that nobody is told the same twice. */
  readonly touch: () => void;
  readonly changes: () => number;
  /** Is called after each change, until it is called off. */
  readonly onChange: (listener: () => void) => () => void;
}

/** After this time suppressions may have expired, in milliseconds. */
const judgeLifetime = 3_600_000;

export interface SessionOptions {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly rules: readonly AnyRule[];
  readonly abilities: Abilities;
  readonly surroundings: Surroundings;
  readonly preferences: Preferences;
  readonly roots: readonly string[];
}

export function createSession({ connection, documents, rules, abilities, surroundings, ...first }: SessionOptions): Session {
  const talk = createTalk(connection);
  let { preferences, roots } = first;
  let current: { readonly workbench: Workbench; readonly since: number } | undefined;
  let changes = 0;
  const listeners = new Set<() => void>();
  const { clock, cwd } = surroundings;
  const touch = (): void => {
    changes++;
    for (const listener of [...listeners]) listener();
  };
  const make = (): Workbench => {
    const judging = createJudge({ rules, roots, cwd, preferences, clock, tell: talk.warn });
    const fresh: Fresh = preferences.baseline ? createFresh(judging.folders, talk.warn) : (_, all) => all;
    return createWorkbench({ rules, roots, judging, fresh, documents: () => documents.all(), fault: talk.fault });
  };
  return {
    rules,
    abilities,
    documents,
    talk,
    preferences: () => preferences,
    roots: () => roots,
    workbench: () => {
      if (!current || clock() - current.since > judgeLifetime) current = { workbench: make(), since: clock() };
      return current.workbench;
    },
    reset: (changed) => {
      ({ preferences, roots } = { preferences, roots, ...changed });
      current = undefined;
      talk.again();
      touch();
    },
    touch,
    changes: () => changes,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
