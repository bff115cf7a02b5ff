import type { Fact } from "#rule";

/** The facts of one sort, where a rule remembers several. */
export function ofSort<Data extends { readonly sort: string }, Sort extends Data["sort"]>(
  facts: readonly Fact<Data>[],
  sort: Sort,
): readonly Fact<Extract<Data, { readonly sort: Sort }>>[] {
  return facts.filter((fact): fact is Fact<Extract<Data, { readonly sort: Sort }>> => fact.data.sort === sort);
}
