/** A template literal's text without the indentation of the code around it. */
export function dedented(text: string): string {
  const lines = text.replace(/^\s*\n/, "").trimEnd().split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents, text.length);
  return lines.map((line) => line.slice(indent)).join("\n");
}

/** Paragraphs broken anew at a width; lists, code and tables keep their lines, and a word longer than the width its own. */
export function wrapped(text: string, width: number): string {
  return text.split(/\n{2,}/).map((paragraph) => (isLaidOut(paragraph) ? paragraph : lines(paragraph, width))).join("\n\n");
}

function isLaidOut(paragraph: string): boolean {
  return /^(?: {4}|\t|[-*|] |\|)/m.test(paragraph) || paragraph.includes("```");
}

function lines(paragraph: string, width: number): string {
  const made: string[] = [];
  let line = "";
  for (const word of paragraph.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      made.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...made, line].join("\n");
}
