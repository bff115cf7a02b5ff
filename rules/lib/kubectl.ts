import type { ScriptCommand } from "#rule";

/** A call of a program that speaks to the API server. */
export interface Kubectl {
  /** `kubectl rollout` */
  readonly text: string;
  readonly verb: string | undefined;
  /** It only writes what it would do. */
  readonly isDry: boolean;
  /** It names a kubeconfig, a token or a server. */
  readonly hasOwnCredentials: boolean;
}

const programs = new Set(["kubectl", "oc"]);
/** These stay on the machine, or say who is asked. */
const local = new Set(["version", "config", "completion", "kustomize", "help", "options", "plugin", "login", "api-versions", "explain"]);

const credentials = /^--(?:kubeconfig|token|server|as|client-key|client-certificate|username)(?:=|$)|^-s$/;

/** Undefined for other programs. */
export function commandOf({ name, args }: ScriptCommand): Kubectl | undefined {
  if (name === undefined || !programs.has(name)) return undefined;
  const words = args.map(({ text, lead }) => text ?? lead);
  const verb = words[firstOperand(words)];
  const hasOwnCredentials = words.some((word) => credentials.test(word)) || verb === "login" || verb === "config";
  const isDry = words.some((word) => /^--dry-run(?:=client|=true)?$|^--local(?:=true)?$/.test(word));
  return { text: verb === undefined ? name : `${name} ${verb}`, verb, isDry, hasOwnCredentials };
}

/** Options before the verb take their value behind a blank or `=`. */
function firstOperand(words: readonly string[]): number {
  let index = 0;
  while (index < words.length) {
    const word = words[index] ?? "";
    if (!word.startsWith("-")) return index;
    index += /^(?:-n|-s|--namespace|--context|--cluster|--user|--request-timeout|--kubeconfig|-v)$/.test(word) ? 2 : 1;
  }
  return index;
}

/** A command of a cloud, or an assignment, that gives kubectl another account. */
export function givesIdentity({ name, args, assignments }: ScriptCommand): boolean {
  const words = args.map(({ lead }) => lead);
  const isAssigned = assignments.some((one) => one.name === "KUBECONFIG");
  const isNamed = words.some((word) => /^KUBECONFIG=|\.kube\/|kubeconfig|get-credentials/.test(word));
  return isAssigned || isNamed || name === "eksctl" || name === "doctl" || name === "tsh";
}

/** Whether it certainly asks the server. */
export function speaksToServer({ verb, isDry }: Kubectl): boolean {
  return verb !== undefined && !isDry && /^[a-z]/.test(verb) && !local.has(verb);
}
