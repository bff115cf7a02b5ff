import { type ContainerScript, type Extent, type ScriptCommand, type ScriptWord, textAt } from "#rule";

/** What one call of curl asks for: https://curl.se/docs/manpage.html */
export interface CurlCall {
  /** An answer of 400 or above makes it fail. */
  readonly fails: boolean;
  /** It prints the status, which a script may then look at. */
  readonly printsStatus: boolean;
  /** Asks for headers, help or the version only, or speaks no HTTP. */
  readonly isQuestion: boolean;
  /** It ends by itself after some time. */
  readonly isLimited: boolean;
  /** A file that it writes. */
  readonly output: string | undefined;
  /** A cluster of short flags, such as `-sS`, to which a letter may be put in front. */
  readonly shortFlags: Extent | undefined;
}

/** Short options that take a value, which may follow in the same word. */
const valuedShort = "AbcCdDeEFhHKmoPQrtTuUwxXyYz";

/** Long options without a value; an option that is not here takes the next word for its value. */
const valuedLong = new Set([
  ...["url", "request", "header", "data", "data-raw", "data-binary", "data-ascii", "data-urlencode", "json", "form", "form-string"],
  ...["user", "output", "max-time", "connect-timeout", "retry", "retry-delay", "retry-max-time", "write-out", "user-agent", "cookie"],
  ...["cookie-jar", "cacert", "capath", "cert", "cert-type", "key", "key-type", "pass", "proxy", "proxy-user", "noproxy", "resolve"],
  ...["connect-to", "upload-file", "config", "referer", "limit-rate", "speed-limit", "speed-time", "max-redirs", "max-filesize"],
  ...["interface", "dns-servers", "unix-socket", "aws-sigv4", "range", "stderr", "dump-header", "output-dir", "oauth2-bearer", "tls-max"],
  ...["ciphers", "continue-at", "time-cond", "proto", "proto-default", "proto-redir"],
]);

interface Option {
  /** `max-time`, or a letter. */
  readonly name: string;
  readonly value: ScriptWord | string | undefined;
}

/** Several rules ask, and in an editor the same commands come back at each letter. */
const known = new WeakMap<ScriptCommand, { readonly call: CurlCall | undefined }>();

/** Undefined when it cannot be known: options in variables or from a template, a configuration file, no address. */
export function curlCall(command: ScriptCommand, script: Pick<ContainerScript, "at">): CurlCall | undefined {
  const found = known.get(command) ?? { call: readCall(command, script) };
  // What is written there in the manifest is asked only for these.
  if (!command.args.some(isUnknownOption)) known.set(command, found);
  return found.call;
}

function readCall({ args }: ScriptCommand, { at }: Pick<ContainerScript, "at">): CurlCall | undefined {
  const { options, urls, shortFlags } = optionsOf(args);
  const has = (...names: readonly string[]): boolean => options.some(({ name }) => names.includes(name));
  const value = (...names: readonly string[]): string | undefined => textOf(options.findLast(({ name }) => names.includes(name))?.value);
  if (has("K", "config") || args.some((word) => isUnknownOption(word) && !namesAddress.test(textAt(at(word))))) return undefined;
  const addresses = [...urls.map(({ lead }) => lead), ...options.flatMap((one) => (one.name === "url" ? [textOf(one.value) ?? ""] : []))];
  if (addresses.length === 0 && !args.some(({ isOpen }) => isOpen)) return undefined;
  const isForeign = addresses.some((address) => /^(?:ftps?|sftp|scp|file|telnet|smtps?|imaps?|ldaps?|mqtts?|dict|gopher|tftp):/i.test(address));
  return {
    fails: has("f", "fail", "fail-with-body"),
    printsStatus: /http_code|response_code|%\{(?:json|exitcode)/.test(value("w", "write-out") ?? "") || has("i", "include", "show-headers"),
    isQuestion: isForeign || has("I", "head", "V", "version", "h", "help"),
    isLimited: has("m", "max-time") || (has("y", "speed-time") && has("Y", "speed-limit")),
    output: value("o", "output") ?? (has("O", "remote-name") ? "" : undefined),
    shortFlags,
  };
}

function textOf(value: Option["value"]): string | undefined {
  return typeof value === "string" ? value : value?.lead;
}

/** `$OPTIONS` without quotes may be options; `$URL` is taken for an address. */
function isUnknownOption({ text, lead, isOpen, parts }: ScriptWord): boolean {
  if (text !== undefined) return false;
  // `-s$MORE`, unless the last letter takes the rest for its value.
  if (/^-[a-zA-Z]*$/.test(lead)) return !clustered(lead).open;
  if (lead === "--") return true;
  if (lead !== "" || !isOpen) return false;
  const [part] = parts;
  // Words of a list have no parts; of these only a template's are open.
  return part?.kind !== "variable" || part.name === "@" || part.name === "*" || /OPT|ARG|FLAG|PARAM/i.test(part.name);
}

/** `{{ .Values.url }}`. */
const namesAddress = /^["']?\{\{[^{}]*(?:(?<!c)url|uri|host|endpoint|address|webhook)[ \t]*(?:\|[^{}]*|-)?\}\}/i;

interface Options extends Pick<CurlCall, "shortFlags"> {
  readonly options: readonly Option[];
  readonly urls: readonly ScriptWord[];
}

function optionsOf(args: readonly ScriptWord[]): Options {
  const options: Option[] = [];
  const urls: ScriptWord[] = [];
  let shortFlags: Extent | undefined;
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    const [, long, given] = /^--([a-z0-9.-]+)(?:=(.*))?/s.exec(word?.lead ?? "") ?? [];
    if (word === undefined) break;
    if (long !== undefined) {
      const next = given ?? (valuedLong.has(long) ? args[++index] : undefined);
      options.push({ name: long, value: next });
    } else if (/^-[a-zA-Z0-9#:]/.test(word.lead)) {
      const { found, open } = clustered(word.lead);
      options.push(...found.slice(0, -1), { ...(found.at(-1) ?? { name: "" }), value: open ? args[++index] : found.at(-1)?.value });
      if (word.text !== undefined && !/["'\\]/.test(word.text)) shortFlags ??= word;
    } else urls.push(word);
  }
  return { options, urls, shortFlags };
}

/** Takes `-sSo` apart; `open` when the last one waits for the next word. */
function clustered(word: string): { readonly found: readonly Option[]; readonly open: boolean } {
  const found: Option[] = [];
  for (let at = 1; at < word.length; at++) {
    const name = word.charAt(at);
    if (!valuedShort.includes(name)) {
      found.push({ name, value: undefined });
      continue;
    }
    const rest = word.slice(at + 1);
    found.push({ name, value: rest === "" ? undefined : rest });
    return { found, open: rest === "" };
  }
  return { found, open: false };
}
