import type { CancellationToken, Connection, TextDocumentIdentifier } from "vscode-languageserver";
import { actionsFor } from "./actions.js";
import { runCommand } from "./commands.js";
import { codeLenses, completionItems, documentSymbols, hoverOf, inlayHints, type Question } from "./questions.js";
import type { Session, Surroundings } from "./session.js";
import { nextTurn } from "./turn.js";

/** Answers everything that a client asks about a document. */
export function answerQuestions(connection: Connection, session: () => Session | undefined, { clock }: Surroundings): void {
  const about = ({ uri }: TextDocumentIdentifier): Question | undefined => questionAbout(session(), uri, clock());
  /** Others first: what was cancelled meanwhile is not worked out. */
  async function answer<Answer>(
    of: TextDocumentIdentifier,
    token: CancellationToken,
    none: Answer,
    work: (question: Question) => Answer,
  ): Promise<Answer> {
    await nextTurn();
    const question = token.isCancellationRequested ? undefined : about(of);
    return question ? work(question) : none;
  }
  connection.onHover(({ textDocument, position }, token) => answer(textDocument, token, null, (question) => hoverOf(question, position)));
  connection.onCompletion(({ textDocument, position, context }, token) => {
    const typed = context?.triggerCharacter;
    return answer(textDocument, token, [], (question) => [...completionItems(question, position, typed)]);
  });
  connection.onCodeAction((params, token) =>
    answer(params.textDocument, token, [], ({ document, checked, abilities, workbench }) => {
      return abilities.knowsActionKinds ? [...actionsFor({ document, checked, abilities }, params, workbench)] : [];
    }),
  );
  connection.onCodeLens(({ textDocument }, token) => answer(textDocument, token, [], (question) => [...codeLenses(question)]));
  connection.languages.inlayHint.on(({ textDocument, range }, token) => {
    return answer(textDocument, token, [], (question) => [...inlayHints(question, range)]);
  });
  connection.onDocumentSymbol(({ textDocument }, token) => answer(textDocument, token, [], (question) => symbolsOf(question)));
  connection.onExecuteCommand(({ command, arguments: args = [] }) => {
    const here = session();
    if (!here) return null;
    const readerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const checkedAt = (uri: string): Question | undefined => about({ uri });
    return runCommand(command, args, { rules: here.rules, now: clock(), readerZone, checkedAt, show: here.talk.show }) ?? null;
  });
}

function questionAbout(session: Session | undefined, uri: string, now: number): Question | undefined {
  const document = session?.documents.get(uri);
  if (!session || !document) return undefined;
  const workbench = session.workbench();
  const checked = workbench.check(document);
  return checked && { document, checked, workbench, abilities: session.abilities, rules: session.rules, now };
}

/** A client that shows no tree gets the names one after the other. */
function symbolsOf(question: Question) {
  const nested = documentSymbols(question);
  if (question.abilities.nestsSymbols) return [...nested];
  const { uri } = question.document;
  return nested.flatMap(({ name, kind, range, children = [] }) => [
    { name, kind, location: { uri, range } },
    ...children.map((child) => ({ name: child.name, kind: child.kind, location: { uri, range: child.range }, containerName: name })),
  ]);
}
