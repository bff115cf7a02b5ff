import { type Check, clipped } from "../check.js";
import { textOrEmpty } from "../known.js";
import { isBlank, listOf, objectOf, objectsOf, type Spot, spotOf, textOf, textsOf, type TypedObject } from "../typed.js";
import { preferredAddress } from "./preferred-address.js";
import type { Warn } from "./warn.js";

/** Source: GetWarningsForIP in k8s.io/apimachinery/pkg/util/validation/ip.go, called for pods since 1.33 */
const firstWithForms = 33;

/** Host aliases and pull secrets that are there twice, and addresses in a form that others may read differently. */
export function warnOfLists(check: Check, pod: TypedObject, warn: Warn): void {
  const aliases = objectsOf(pod, "hostAliases");
  const secrets = objectsOf(pod, "imagePullSecrets");
  // Of two branches of a template only one is rendered.
  if (listOf(pod, "hostAliases")?.whole === true) warnOfRepeats(aliases, "ip", warn);
  if (listOf(pod, "imagePullSecrets")?.whole === true) warnOfRepeats(secrets, "name", warn);
  for (const secret of secrets) {
    if (isBlank(secret, "name")) warn(spotOf(secret, "name"), "a pull secret without a name is passed over; write the name of a Secret");
  }
  if (check.minor < firstWithForms) return;
  const dns = objectOf(pod, "dnsConfig");
  if (dns) for (const server of textsOf(dns, "nameservers")) warnOfForm(server, server.value, warn);
  for (const alias of aliases) warnOfForm(spotOf(alias, "ip"), textOf(alias, "ip") ?? "", warn);
}

function warnOfRepeats(items: readonly TypedObject[], name: string, warn: Warn): void {
  const seen = new Set<string>();
  for (const item of items) {
    const text = textOrEmpty(item, name);
    if (text === undefined) continue;
    if (seen.has(text)) warn(spotOf(item, name), `${name} ${clipped(text)} is there twice; take one out`);
    seen.add(text);
  }
}

function warnOfForm(spot: Spot, text: string, warn: Warn): void {
  const better = preferredAddress(text);
  if (better !== undefined) warn(spot, `${text} is not how this address is usually written; write ${better}`);
}
