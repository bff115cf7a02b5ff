import { type Compared, type Subject, subjects } from "./compared.js";

/** How many cases there are, and how many of them agree in each part of the answer. */
export interface Figure {
  readonly subject: Subject;
  readonly version: string;
  readonly stage: string;
  readonly cases: number;
  readonly agreeing: Readonly<Record<string, number>>;
}

interface Tally extends Figure {
  cases: number;
  readonly agreeing: Record<string, number>;
}

/** Counts by subject, version and stage, in this order. What this machine cannot answer is taken to agree. */
export function figuresOf(compared: Iterable<Compared>): readonly Figure[] {
  const tallies = new Map<string, Tally>();
  for (const one of compared) {
    const { subject, version, stage, parts, skipped = false } = one;
    const key = `${subjects.indexOf(subject)} ${version} ${stage}`;
    const tally = tallies.get(key) ?? { subject, version, stage, cases: 0, agreeing: {} };
    tallies.set(key, tally);
    tally.cases++;
    for (const [part, difference] of Object.entries(parts)) {
      tally.agreeing[part] = (tally.agreeing[part] ?? 0) + (skipped || difference === undefined ? 1 : 0);
    }
  }
  return [...tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally);
}

/** The sum over all stages; parts of the first one. */
export function totalOf(figures: readonly Figure[]): { readonly cases: number; readonly agreeing: Readonly<Record<string, number>> } {
  const parts = Object.keys(figures[0]?.agreeing ?? {});
  const sum = (count: (figure: Figure) => number): number => figures.reduce((total, figure) => total + count(figure), 0);
  const agreeing = parts.map((part) => [part, sum((figure) => figure.agreeing[part] ?? 0)] as const);
  return { cases: sum(({ cases }) => cases), agreeing: Object.fromEntries(agreeing) };
}

/** Figures that are below their level, in words: fewer cases, or fewer that agree. */
export function below(levels: readonly Figure[], figures: readonly Figure[]): readonly string[] {
  return levels.flatMap((level) => {
    const figure = sameKind(figures, level);
    const name = [level.subject, level.version, level.stage].join(" ");
    const fewer = (what: string, least: number, now = 0): readonly string[] => (now < least ? [`${name}: ${what} ${now}, not ${least}`] : []);
    const parts = Object.entries(level.agreeing).flatMap(([part, least]) => fewer(part, least, figure?.agreeing[part]));
    return [...fewer("cases", level.cases, figure?.cases), ...parts];
  });
}

/** The levels, raised to what is reached; none is lowered. */
export function raised(levels: readonly Figure[], figures: readonly Figure[]): readonly Figure[] {
  const left = levels.filter((level) => sameKind(figures, level) === undefined);
  const reached = figures.map((figure) => {
    const level = sameKind(levels, figure);
    const agreeing = Object.entries(figure.agreeing).map(([part, now]) => [part, Math.max(now, level?.agreeing[part] ?? 0)] as const);
    return { ...figure, cases: Math.max(figure.cases, level?.cases ?? 0), agreeing: Object.fromEntries(agreeing) };
  });
  return [...reached, ...left];
}

function sameKind(figures: readonly Figure[], { subject, version, stage }: Figure): Figure | undefined {
  return figures.find((figure) => figure.subject === subject && figure.version === version && figure.stage === stage);
}

/** One figure a line. */
export function figuresJson(figures: readonly Figure[]): string {
  return `[\n${figures.map((figure) => `  ${JSON.stringify(figure)}`).join(",\n")}\n]\n`;
}
