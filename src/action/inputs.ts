/** What the workflow asks for. */
export interface Inputs {
  readonly paths: readonly string[];
  /** Flags of the program that stand for an input of the same name. */
  readonly flags: readonly string[];
  readonly onlyChanged: boolean;
  readonly annotations: boolean;
  readonly summary: boolean;
  readonly sarif: string | undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Inputs that are passed on as they are. */
const passed = ["kubernetes", "preset", "delivery", "config", "baseline", "fail-on"] as const;

/** Throws an Error for an input that is neither true nor false where it has to be. */
export function inputsOf(env: Env): Inputs {
  const paths = text(env, "paths").split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
  const flags = passed.flatMap((name) => (text(env, name) === "" ? [] : [`--${name}=${text(env, name)}`]));
  const sarif = text(env, "sarif");
  return {
    paths: paths.length === 0 ? ["."] : paths,
    flags,
    onlyChanged: flag(env, "only-changed"),
    annotations: flag(env, "annotations"),
    summary: flag(env, "summary"),
    sarif: sarif === "" ? undefined : sarif,
  };
}

/** As a runner passes it: https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#inputs */
function text(env: Env, name: string): string {
  return (env[`INPUT_${name.toUpperCase().replaceAll(" ", "_")}`] ?? "").trim();
}

/** The words of YAML's core schema. */
function flag(env: Env, name: string): boolean {
  const value = text(env, name);
  if (value === "" || /^(?:true|True|TRUE)$/.test(value)) return true;
  if (/^(?:false|False|FALSE)$/.test(value)) return false;
  throw new Error(`the input ${name} is ${JSON.stringify(value)}, but true or false is needed`);
}
