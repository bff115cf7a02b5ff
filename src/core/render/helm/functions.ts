import { chartFunctions } from "./functions/charts.js";
import { dictFunctions } from "./functions/dicts.js";
import { listFunctions } from "./functions/lists.js";
import { logicFunctions } from "./functions/logic.js";
import { numberFunctions } from "./functions/numbers.js";
import type { HelmFunction } from "./functions/function.js";
import { stringFunctions } from "./functions/strings.js";
import { textFunctions } from "./functions/texts.js";

let functions: ReadonlyMap<string, HelmFunction> | undefined;

/** A function of Helm's templates; what is missing here gives unknown values. Nothing is put together before a chart needs it. */
export function functionNamed(name: string): HelmFunction | undefined {
  functions ??= new Map(
    [chartFunctions, dictFunctions, listFunctions, logicFunctions, numberFunctions, stringFunctions, textFunctions].flatMap((some) =>
      Object.entries(some),
    ),
  );
  return functions.get(name);
}
