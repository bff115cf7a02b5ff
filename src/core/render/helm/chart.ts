import type { Source } from "../../text/place.js";
import { NotATemplate } from "./actions.js";
import { builtIns } from "./built-ins.js";
import { evaluated, hasUnseen } from "./evaluate.js";
import { nothingAsked } from "./doubt.js";
import { copied } from "./functions/dicts.js";
import { type Limit, LimitMet, type Machine } from "./machine.js";
import type { ValuesLayer } from "./layers.js";
import { parseTemplate } from "./parse.js";
import { type Part, partsOf } from "./parts.js";
import { type Rendered, renderedText } from "./rendered.js";
import type { Block, Branch, Span, Template, TemplateNode } from "./syntax.js";
import type { Origin, Piece, Text } from "./text.js";
import { dict, type Value } from "./value.js";

/** A file of a chart; `path` counts from the folder of Chart.yaml, with slashes. */
export interface ChartFile {
  readonly path: string;
  readonly source: Source;
}

export interface ChartInput {
  /** Chart.yaml, values.yaml, what lies in templates/, and the same of charts in charts/. */
  readonly files: readonly ChartFile[];
  /** Further values files; later ones win. */
  readonly values?: readonly Source[];
  /** What an installation gives, over `values`; later ones win. */
  readonly layers?: readonly ValuesLayer[];
  /** Other files stand in for the chart's values.yaml. */
  readonly withoutOwn?: boolean;
  /** Unknown, where nobody says. */
  readonly release?: string;
  readonly namespace?: string;
  /** Minors that the chart is for: `["1.35", "1.36"]`. */
  readonly kubernetes: readonly string[];
}

export interface Chart {
  /** What a template writes; `limit` where a bound ended the work, undefined for what is no template that can be followed. */
  readonly render: (path: string) => Rendered | { readonly limit: Limit } | undefined;
  /** The same for a release of another name, as far as what objects are called. */
  readonly renderAs: (path: string, release: string) => ReturnType<Chart["render"]>;
}

interface File extends ChartFile {
  readonly part: Part;
  readonly template: Template | undefined;
}

/** Reads a chart. Its templates are evaluated one by one, when they are asked for. */
export function readChart(input: ChartInput): Chart {
  const parts = partsOf(input);
  const files = new Map(input.files.flatMap((file) => templateFile(file, parts).map((one) => [file.path, one] as const)));
  const templates = new Map<string, readonly TemplateNode[]>();
  for (const { template } of files.values()) for (const [name, nodes] of template?.defined ?? []) templates.set(name, nodes);
  const changesValues = [...files.values()].some(({ source }) => changing.test(source.text));
  const render = (path: string, said: ChartInput, headOnly: boolean): ReturnType<Chart["render"]> => {
    const file = files.get(path);
    return file?.template && rendered(file, file.template, { templates, headOnly, changesValues }, said);
  };
  return { render: (path) => render(path, input, false), renderAs: (path, release) => render(path, { ...input, release }, true) };
}

function templateFile(file: ChartFile, parts: readonly Part[]): readonly File[] {
  const part = parts.findLast(({ folder }) => file.path.startsWith(`${folder}templates/`));
  return part ? [{ ...file, part, template: parsed(file.source) }] : [];
}

/** Whether a file can be followed as a template. */
export function isTemplate(source: Source): boolean {
  return parsed(source) !== undefined;
}

/** Several installations of a chart read its files. */
const known = new WeakMap<Source, { readonly template: Template | undefined }>();

function parsed(source: Source): Template | undefined {
  const found = known.get(source) ?? { template: freshlyParsed(source) };
  known.set(source, found);
  return found.template;
}

function freshlyParsed(source: Source): Template | undefined {
  try {
    return parseTemplate(written(source));
  } catch (error) {
    if (error instanceof NotATemplate) return undefined;
    throw error;
  }
}

/** The text of a file, each character of which stands where it stands. */
function written(source: Source): Text {
  const { text } = source;
  const place = { source, start: 0, end: text.length };
  const origin: Origin = { kind: "template", place, slice: (from, to) => ({ source, start: from, end: to }), exact: true };
  return { kind: "text", pieces: text === "" ? [] : [{ text, origin, at: 0 }] };
}

type Result = ReturnType<Chart["render"]>;

/** What all evaluations of a chart have in common. */
interface Means extends Pick<Machine, "templates" | "headOnly"> {
  /** Some template calls a function that changes a value. */
  readonly changesValues: boolean;
}

const changing = /\b(?:set|unset|merge|mustMerge|mergeOverwrite|mustMergeOverwrite)\b/;

function rendered(file: File, template: Template, means: Means, input: ChartInput): Result {
  try {
    return renderedWays(file, template, means, input);
  } catch (error) {
    if (error instanceof LimitMet) return { limit: error.limit };
    // A template that nests further than the stack reaches.
    if (error instanceof RangeError) return { limit: "nesting" };
    throw error;
  }
}

/** Ways that the values do not lead to are taken in so many further rounds. */
const mostRounds = 4;

const objectLine = /^kind:/gm;

type Round = Pick<Machine, "entered" | "turned" | "wondered" | "led"> & { readonly pieces: readonly Piece[] };

function renderedWays(file: File, { nodes }: Template, { templates, headOnly, changesValues }: Means, input: ChartInput): Rendered {
  const isAlone = headOnly && [...file.source.text.matchAll(objectLine)].length === 1;
  const seen = new Set<Block>();
  const round = (before: ReadonlySet<Block> | undefined, turns?: Pick<Machine, "turned" | "wondered" | "led">): Round => {
    const machine = machineFor(file, { templates, headOnly: isAlone }, before, turns);
    const { pieces } = evaluated(machine, nodes, rootOf(file, changesValues, input));
    return { ...machine, pieces };
  };
  const first = round(undefined);
  const others = (): (Rendered & { readonly fresh: readonly Span[] })[] => {
    for (const block of first.entered) seen.add(block);
    const all: (Rendered & { readonly fresh: readonly Span[] })[] = [];
    for (let count = 0; count < mostRounds && nodes.some((node) => node.kind === "branch" && isUnseen(node, seen)); count++) {
      const before = new Set(seen);
      // First to see which ways there are, then to take them with all that their conditions look at unknown.
      const found = round(before);
      if (found.turned.size === 0) break;
      const { pieces, entered } = found.wondered.size === 0 ? found : round(before, found);
      const fresh = [...entered].filter((block) => !seen.has(block) && block.nodes.length > 0);
      if (fresh.length === 0) break;
      for (const block of entered) seen.add(block);
      all.push({ ...renderedText(file.source, pieces, () => []), fresh: fresh.map(({ start, end }) => ({ start, end })) });
    }
    return all;
  };
  const pieces = file.part.isOff ? first.pieces.map((piece): Piece => ({ ...piece, off: true })) : first.pieces;
  return renderedText(file.source, pieces, others);
}

function isUnseen({ body, otherwise }: Branch, seen: ReadonlySet<Block>): boolean {
  return hasUnseen(body, seen) || hasUnseen(otherwise, seen);
}

function machineFor(
  { source }: File,
  means: Pick<Machine, "templates" | "headOnly">,
  seen: ReadonlySet<Block> | undefined,
  turns?: Pick<Machine, "turned" | "wondered" | "led">,
): Machine {
  return {
    ...means,
    turned: turns?.turned ?? new Map<Branch, Block>(),
    wondered: turns?.wondered ?? nothingAsked(),
    led: turns?.led ?? new Map<Branch, Block>(),
    asked: undefined,
    isTold: turns !== undefined,
    doubted: turns?.wondered,
    conditions: [],
    off: 0,
    parse: parseTemplate,
    placeOf: ({ start, end }) => ({ source, start, end }),
    entered: new Set(),
    seen,
    running: [],
    loops: 0,
    unsure: 0,
    steps: 0,
    written: 0,
  };
}

/** `set` and `merge` change values, and no template should see what another one did. */
function rootOf({ part: { values, meta, folder }, path }: File, changesValues: boolean, input: ChartInput): Value {
  return dict([["Values", changesValues ? copied(values) : values], ["Chart", meta], ...builtIns(input, meta, folder, path)]);
}
