import { visible } from "../engine.js";

const issues = "https://github.com/kronlint/kronlint/issues/new";

/** What to print when kronlint itself is at fault, and how to tell us. */
export function faultReport(what: string, error: unknown): string {
  const { message, places } = described(error);
  const trace = places.map((place) => `    ${visible(place)}\n`).join("");
  const plea = `This is a fault of kronlint, not of the manifest. Report it with these lines: ${issues}`;
  return `kronlint: ${visible(what)}: ${visible(message)}\n${trace}  ${plea}\n`;
}

function described(error: unknown): { readonly message: string; readonly places: readonly string[] } {
  if (!(error instanceof Error)) return { message: String(error), places: [] };
  const lines = (error.stack ?? "").split("\n").map((line) => line.trim());
  return { message: `${error.name}: ${error.message}`, places: lines.filter((line) => line.startsWith("at ")).slice(0, 3) };
}
