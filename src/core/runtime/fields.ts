import { anyIfs, type State } from "./state.js";

const usual = " \t\n";

/** At what characters fields are split; undefined where that is not known. */
export function separators({ variables }: State): string | undefined {
  const ifs = variables.get("IFS") ?? usual;
  return ifs === anyIfs ? undefined : ifs;
}

/** Whether a value that no quotes hold together stays one field all the same. */
export function isOneField(value: string, state: State): boolean {
  const ifs = separators(state);
  return ifs !== undefined && value !== "" && ![...value].some((one) => ifs.includes(one) || "*?[\\".includes(one));
}

/**
 * The fields of a value. Blanks among the separators come in runs of any length and count for nothing at the ends; each other one ends a
 * field, which may be empty. https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_06_05
 */
export function fieldsOf(value: string, state: State): readonly string[] | undefined {
  const ifs = separators(state);
  if (ifs === undefined || /[*?[\\]/.test(value)) return undefined;
  const isBlank = (one: string): boolean => usual.includes(one) && ifs.includes(one);
  const fields: string[] = [];
  let field = "";
  // Whether a blank has ended the field, so that a separator right after it ends no other.
  let ended = false;
  for (const one of value) {
    if (isBlank(one)) {
      if (field !== "") {
        fields.push(field);
        ended = true;
      }
      field = "";
    } else if (ifs.includes(one)) {
      if (!ended) fields.push(field);
      field = "";
      ended = false;
    } else {
      field += one;
      ended = false;
    }
  }
  return field === "" ? fields : [...fields, field];
}
