import type { Check } from "../check.js";
import type { NameFault } from "../names.js";

/** IsRelaxedEnvVarName in k8s.io/apimachinery/pkg/util/validation: what a process can be given. */
export function relaxedEnvNameFault(text: string): NameFault {
  return /^[ -<>-~]+$/.test(text) ? undefined : "must be printable ASCII characters other than =";
}

/** IsEnvVarName, in the same place: what a shell can read, and a little more. */
function strictEnvNameFault(text: string): NameFault {
  if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(text)) return "must be letters, digits, _, - and ., with no digit first";
  if (text === ".") return "must not be .";
  return text.startsWith("..") ? "must not begin with .." : undefined;
}

/** What is wrong with the name of an environment variable, or its beginning, in this minor. */
export function envNameFault(check: Check): (text: string) => NameFault {
  return check.on("RelaxedEnvironmentVariableValidation") ? relaxedEnvNameFault : strictEnvNameFault;
}
