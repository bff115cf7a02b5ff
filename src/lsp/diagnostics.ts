import { basename } from "node:path";
import { type Diagnostic as WireDiagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type AnyRule, readSettings, spanOf } from "../engine.js";
import { settingsNames } from "../node/folder.js";
import { pathOf, uriOfName } from "./places.js";
import { rangeOf, wireDiagnostic } from "./wire.js";
import type { Checked, Workbench } from "./workbench.js";

/** All that is found in a document now, in the order of places. */
export function diagnosticsOf(document: TextDocument, workbench: Workbench, rules: readonly AnyRule[]): readonly WireDiagnostic[] {
  if (isSettingsFile(document)) return settingsProblems(document, rules);
  const checked = workbench.check(document);
  if (!checked) return [];
  return findingsIn(checked, workbench).map((found) => wireDiagnostic(found, uriOf(checked)));
}

/** The findings of a document that no baseline knows, those of rules over its folder among them. */
export function findingsIn(checked: Checked, workbench: Workbench): Checked["result"]["diagnostics"] {
  const together = workbench.together(checked);
  const { diagnostics } = checked.result;
  const all = together.length === 0 ? diagnostics : [...diagnostics, ...together].sort((a, b) => a.start - b.start || a.end - b.end);
  return workbench.fresh(checked.location, all);
}

/** A document keeps the address that the client gave it. */
export function uriOf({ location }: Pick<Checked, "location">): (name: string) => string {
  return (name) => (name === location.name ? location.uri : uriOfName(name, location));
}

export function isSettingsFile({ uri }: TextDocument): boolean {
  const name = basename(pathOf(uri) ?? "");
  return settingsNames.some((one) => one === name);
}

function settingsProblems(document: TextDocument, rules: readonly AnyRule[]): readonly WireDiagnostic[] {
  const found = readSettings({ name: "settings", text: document.getText() }, rules);
  if (found.state === "read") return [];
  return found.problems.map(({ place, message }) => {
    return { range: rangeOf(spanOf(place)), severity: DiagnosticSeverity.Error, source: "kronlint", message };
  });
}
