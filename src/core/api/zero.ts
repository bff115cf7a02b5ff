import type { ScalarName } from "./table.js";

/** What Go has for a scalar that nobody set. */
export function scalarZero(name: ScalarName): string | number | boolean {
  switch (name) {
    case "bool":
      return false;
    case "int32":
    case "int64":
    case "intOrString":
    case "quantity":
      return 0;
    default:
      return "";
  }
}
