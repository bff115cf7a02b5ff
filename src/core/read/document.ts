import type { Edit } from "../text/edit.js";
import type { Place, Source } from "../text/place.js";
import type { MappingNode, Node } from "./node.js";

/** What a text turned out to hold. */
export interface ReadResult {
  readonly documents: readonly Document[];
  readonly problems: readonly Problem[];
  /** Suppressions outside of documents: in HTML comments of Markdown, before the first document, in a file without any. */
  readonly comments: readonly Comment[];
}

/** One Kubernetes object: a document of a stream, an item of a List, an object of an OpenShift Template. */
export interface Document {
  readonly source: Source;
  readonly root: MappingNode;
  /** The whole document as it stands in the source (for an item of a List: the item). */
  readonly place: Place;
  /** Deliberately partial: what is absent is unknown (a strategic-merge patch, `$patch`, or listed by a kustomization). */
  readonly patch: boolean;
  /** Where it stands: a manifest file, or prose (Markdown, notes), where manifests are examples. */
  readonly origin: "manifest" | "prose";
  /** It came out of a raw template (`{{ … }}`): names, and what is absent in open mappings, are the renderer's. */
  readonly template: boolean;
  /** Text of comments inside the document, for suppressions; `own` when nothing but the comment stands on its line. */
  readonly comments: readonly Comment[];
  readonly parent?: Node;
  /** The kind of an object that does not name it, as its file is called. */
  readonly implied?: string;
}

export interface Comment {
  readonly place: Place;
  /** Without its marker: `kronlint-ignore job-no-ttl -- reason`. */
  readonly text: string;
  readonly own: boolean;
}

/** A text, or a part of it, that cannot be read. */
export interface Problem {
  readonly rule: "yaml-syntax" | "unreadable-input" | "duplicate-yaml-key";
  readonly place: Place;
  readonly message: string;
  /** What most likely went wrong, for rules that know the place to say more. */
  readonly cause?: SyntaxCause;
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[] };
}

export type SyntaxCause =
  | "alias" | "at-sign" | "percent" | "backtick" | "tab" | "colon-in-value" | "missing-space" | "missing-colon" | "indentation"
  | "unclosed-quote" | "text-after-quote" | "unclosed-bracket" | "missing-comma" | "escape" | "tag" | "key" | "merge" | "not-finite"
  | "control-character" | "conflict-marker" | "comment" | "flow" | "other";
