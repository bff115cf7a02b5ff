/** Of which kronlint has something to say, some of it with a fix. */
export const nightly = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: nightly
spec:
  schedule: "30 2 * * *"
  timeZone: Europe/Berlin
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 600
  jobTemplate:
    spec:
      activeDeadlineSeconds: 1800
      backoffLimt: 2
      template:
        metadata:
          labels: { app: nightly }
        spec:
          restartPolicy: Never
          automountServiceAccountToken: false
          containers:
            - name: report
              image: registry.example.com/report:1.4
              command: [sh, -c, "sleep 100; report"]
              resources:
                requests: { cpu: 100m, memory: 64Mi }
                limits: { memory: 64Mi }
`;

/** The line of a text on which a piece of it stands, and where; from 0. */
export function positionOf(text: string, piece: string): { readonly line: number; readonly character: number } {
  const offset = text.indexOf(piece);
  if (offset < 0) throw new Error(`${piece} is not in the text`);
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** The text after the edits that an answer brings, which must not touch each other. */
export function edited(text: string, edits: readonly { readonly range: Range; readonly newText: string }[]): string {
  const lines = text.split("\n");
  const offsetOf = ({ line, character }: Position): number => lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  const placed = edits.map(({ range, newText }) => ({ start: offsetOf(range.start), end: offsetOf(range.end), newText }));
  let output = text;
  for (const { start, end, newText } of placed.sort((a, b) => b.start - a.start)) output = output.slice(0, start) + newText + output.slice(end);
  return output;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Range {
  readonly start: Position;
  readonly end: Position;
}
