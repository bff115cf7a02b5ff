import type { Promised } from "./secret-names.js";

/**
 * What a credential looks like. Formats are those that their issuers document, so that a secret scanner can find them; nothing here
 * guesses from entropy alone.
 */
export interface SecretFormat {
  readonly name: string;
  /** Linear: one class with a bounded count behind a fixed beginning. */
  readonly pattern: RegExp;
  readonly source: string;
}

const github = "https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/";

export const secretFormats: readonly SecretFormat[] = [
  { name: "a GitHub token", pattern: /\bgh[pousr]_[A-Za-z0-9]{36}/, source: github },
  { name: "a GitHub token", pattern: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{20}/, source: github },
  {
    name: "a GitLab token",
    pattern: /\bgl(?:pat|dt|rt|ptt|cbt)-[A-Za-z0-9_-]{20}/,
    source: "https://docs.gitlab.com/security/tokens/#token-prefixes",
  },
  { name: "a Slack token", pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{20}/, source: "https://docs.slack.dev/authentication/tokens/" },
  {
    name: "a Slack webhook",
    pattern: /\bhooks\.slack\.com\/services\/T[A-Z0-9]{6,12}\/B[A-Z0-9]{6,12}\/[A-Za-z0-9]{20}/,
    source: "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/",
  },
  { name: "a Stripe key", pattern: /\b[sr]k_(?:live|test)_[A-Za-z0-9]{20}/, source: "https://docs.stripe.com/keys" },
  { name: "a Google API key", pattern: /\bAIza[A-Za-z0-9_-]{35}/, source: "https://cloud.google.com/docs/authentication/api-keys" },
  {
    name: "a SendGrid key",
    pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}/,
    source: "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys",
  },
  {
    name: "an npm token",
    pattern: /\bnpm_[A-Za-z0-9]{36}/,
    source: "https://github.blog/2021-09-23-announcing-npms-new-access-token-format/",
  },
  { name: "a PyPI token", pattern: /\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{20}/, source: "https://pypi.org/help/#apitoken" },
  { name: "a Docker Hub token", pattern: /\bdckr_pat_[A-Za-z0-9_-]{20}/, source: "https://docs.docker.com/security/access-tokens/" },
  {
    name: "a Vault token",
    pattern: /\bhv[sbr]\.[A-Za-z0-9_-]{24}/,
    source: "https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes",
  },
  {
    name: "a DigitalOcean token",
    pattern: /\bdo[opr]_v1_[a-f0-9]{64}/,
    source: "https://docs.digitalocean.com/reference/api/create-personal-access-token/",
  },
  {
    name: "a Telegram bot token",
    pattern: /\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b/,
    source: "https://core.telegram.org/bots/api#authorizing-your-bot",
  },
  {
    name: "an Anthropic or OpenAI key",
    pattern: /\bsk-(?:ant-|proj-)[A-Za-z0-9_-]{40}/,
    source: "https://docs.claude.com/en/api/overview",
  },
  {
    name: "a private key",
    pattern: /-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----/,
    source: "https://datatracker.ietf.org/doc/html/rfc7468#section-10",
  },
  {
    name: "a key of an Azure storage account",
    pattern: /\bAccountKey=[A-Za-z0-9+/]{80}/,
    source: "https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string",
  },
];

/** Nearly every text holds none of them, which one pass over it tells. */
const anyFormat = new RegExp(secretFormats.map(({ pattern }) => pattern.source).join("|"));

/** Where a text holds a credential of a known format. */
export function formatIn(text: string): { readonly name: string; readonly start: number; readonly end: number } | undefined {
  if (text.length > longest || !anyFormat.test(text)) return undefined;
  for (const { name, pattern } of secretFormats) {
    const found = pattern.exec(text);
    if (found && !isFilling(found[0])) return { name, start: found.index, end: found.index + found[0].length };
  }
  return undefined;
}

/** Longer texts are files; they are not searched. */
const longest = 20_000;

/** `ghp_xxxxxxxxxxxxxxxx`: nothing but one or two characters behind the prefix. */
function isFilling(secret: string): boolean {
  return new Set(secret.slice(-16).toLowerCase()).size < 4;
}

const login = /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:@/?#'"<>]{0,64}):([^\s@/'"<>]{1,128})@/gi;

/** Where the password of `scheme://user:password@host` stands. */
export function passwordInUrl(text: string): { readonly start: number; readonly end: number } | undefined {
  if (text.length > longest || !text.includes("://")) return undefined;
  for (const found of text.matchAll(login)) {
    const password = found[2] ?? "";
    const end = found.index + found[0].length - 1;
    if (isLiteral(password)) return { start: end - password.length, end };
  }
  return undefined;
}

const standsForAnother = [
  // Placeholders, whatever the case.
  /^(?:change[-_ ]?(?:me|it|this)|replace|your|my[-_]?(?:password|secret|token)$|insert|enter|todo|tbd|fixme|some[-_]|put[-_]|add[-_])/i,
  /^(?:example|placeholder|redacted|dummy|fake|masked|hidden|omitted|undefined|null|nil|none|empty|unset|n\/a|fill)/i,
  /(?:change[-_]?me|replace[-_]?(?:me|with|this)|placeholder|redacted|your[-_]|[-_]here$|example$)/i,
  /^[\sx*.#?_-]+$/i,
  /^<.*>$/,
  // Filled in later: by a shell, Kubernetes, a template, a secrets manager.
  /(?:^|[^$])\$[A-Z_]|\$[({]|\{\{|\}\}|^\{.*\}$|%[A-Z_]{2,60}%|%[({s]|\[\[|\(\(|@@|__[A-Z]/,
  /^(?:vault|ref\+|op|secrets?|sm|gcp|awssm|ssm|aws-?secret|arn|projects|file|env|kv|azurekeyvault|akv|berglas|sops|ENC)[:/+[]/i,
  // Where it is to be found.
  /^(?:\/|\.\/|~\/|[A-Za-z]:\\)[\w./\\-]*$/,
];

/** Whether a text is the secret itself, and not a word that stands for one. */
export function isLiteral(text: string): boolean {
  const value = text.trim();
  return value !== "" && value.length <= 4096 && !standsForAnother.some((pattern) => pattern.test(value));
}

/** Digits and letters that no name has: 16 characters or more of hex, base64 or the like, without words. */
export function looksRandom(text: string): boolean {
  const value = text.trim();
  if (!/^[A-Za-z0-9+/=_.-]{16,512}$/.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (/^[\da-f]{32,}$/i.test(value)) return true;
  const runs = value.match(/[a-z]+|[A-Z]+|\d+/g) ?? [];
  // Names are few long runs: `my-database-secret-2024`. Random text changes its kind of character every other one.
  return runs.length >= value.length / 3.5;
}

/** Sentences, URLs and switches. */
const noSecrets = [/\s|:\/\//, /^(?:true|false|yes|no|on|off|\d)$/i];

/** Whether a value is what the name beside it promises. */
export function isSecret(promised: Promised, text: string): boolean {
  const value = text.trim();
  if (promised === undefined || !isLiteral(value) || noSecrets.some((pattern) => pattern.test(value))) return false;
  return promised === "password" || looksRandom(value);
}
