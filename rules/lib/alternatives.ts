import type { AndOr, Command, ContainerScript, Extent, ScriptCommand, Statement } from "#rule";

/** `guarded || fallback`. */
export interface Alternative {
  readonly guarded: readonly ScriptCommand[];
  readonly fallback: readonly ScriptCommand[];
  /** Where the last of the guarded ends. */
  readonly guardedEnd: number;
  /** From `||` on. */
  readonly extent: Extent;
  readonly text: string;
  /** The script's status is its status. */
  readonly isLast: boolean;
}

/** Nobody reads more of them. */
const most = 200;

/** Lists whose last operator is `||`, outside of conditions and substitutions. */
export function alternatives({ tree, commands }: ContainerScript): readonly Alternative[] {
  if (tree === undefined) return [];
  const found: { readonly list: AndOr; readonly isLast: boolean }[] = [];
  visit(tree.statements, true, (list, isLast) => found.push({ list, isLast }));
  return found.slice(0, most).flatMap(({ list, isLast }) => {
    const last = list.rest.at(-1);
    if (last?.operator !== "||") return [];
    const before = list.rest.at(-2)?.command ?? list.first;
    const within = ({ start, end }: Extent) => commands.filter((one) => one.start >= start && one.end <= end && !one.where.isSubstituted);
    const guarded = within({ start: list.start, end: before.end });
    const start = tree.text.indexOf("||", before.end);
    const extent = { start: start < 0 ? last.command.start : start, end: last.command.end };
    const text = tree.text.slice(extent.start, extent.end);
    return [{ guarded, fallback: within(last.command), guardedEnd: before.end, extent, text, isLast }];
  });
}

type Found = (list: AndOr, isLast: boolean) => void;

function visit(statements: readonly Statement[], isLast: boolean, found: Found): void {
  statements.forEach(({ command }, index) => {
    visitCommand(command, isLast && index === statements.length - 1, found);
  });
}

function visitCommand(command: Command, isLast: boolean, found: Found): void {
  switch (command.kind) {
    case "and-or":
      return found(command, isLast);
    case "redirected":
      return visitCommand(command.command, isLast, found);
    case "group":
    case "subshell":
      return visit(command.body, isLast, found);
    case "for":
    case "while":
      return visit(command.body, false, found);
    case "if":
      for (const { body } of command.branches) visit(body, isLast, found);
      return visit(command.otherwise ?? [], isLast, found);
    default:
      return;
  }
}
