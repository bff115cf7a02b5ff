export type KubernetesRange =
  | { readonly state: "read"; readonly minors: readonly string[] }
  | { readonly state: "refused"; readonly message: string };

const minor = String.raw`v?(\d+\.\d+)(?:\.\d+)?`;
const forms = {
  from: new RegExp(`^>=\\s*${minor}$`),
  between: new RegExp(`^${minor}\\s*-\\s*${minor}$`),
  single: new RegExp(`^${minor}$`),
};

/**
 * The minors that `1.34`, `1.29 - 1.34` or `>=1.29` names, out of those in the data (ascending). It is read as text, so
 * that 1.30 is not 1.3.
 */
export function parseKubernetesRange(range: string | number, minors: readonly string[]): KubernetesRange {
  const text = String(range);
  const ends = endsOf(text.trim().slice(0, 100), minors);
  if (!ends) return { state: "refused", message: `${JSON.stringify(text)} is no range of versions; write 1.34, "1.29 - 1.34" or ">=1.29"` };
  const unknown = ends.find((end) => !minors.includes(end));
  if (unknown !== undefined) return { state: "refused", message: notInData(unknown, minors) };
  const [first, last] = ends.map((end) => minors.indexOf(end));
  if (first === undefined || last === undefined || first > last) {
    return { state: "refused", message: `the range ${ends.join(" - ")} runs backwards; write "${ends.toReversed().join(" - ")}"` };
  }
  return { state: "read", minors: minors.slice(first, last + 1) };
}

function endsOf(text: string, minors: readonly string[]): readonly string[] | undefined {
  const [, from] = forms.from.exec(text) ?? [];
  if (from !== undefined) return [from, minors.at(-1) ?? from];
  const [, first, last] = forms.between.exec(text) ?? [];
  if (first !== undefined && last !== undefined) return [first, last];
  const [, single] = forms.single.exec(text) ?? [];
  return single === undefined ? undefined : [single, single];
}

function notInData(version: string, minors: readonly string[]): string {
  const range = `kronlint knows Kubernetes ${minors[0] ?? ""} to ${minors.at(-1) ?? ""}, not ${version}`;
  return minors.includes(`${version}0`) ? `${range}; did you mean "${version}0"?` : range;
}
