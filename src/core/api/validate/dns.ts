import { type Check, clipped, invalid, required } from "../check.js";
import { dnsSubdomainFault, type NameFault } from "../names.js";
import { isAbsent, isBlank, isEmpty, listOf, objectOf, objectsOf, type Spot, spotOf, textOf, textsOf, type TypedObject } from "../typed.js";
import { byteLength } from "./byte-length.js";
import { ipFault } from "./ip.js";
import { checkNameAt } from "./plain-field.js";

const mostServers = 3;
/** What the system libraries of old could take, and what newer ones can. */
const legacySearches = { paths: 6, characters: 256 };
const expandedSearches = { paths: 32, characters: 2048 };
/** Before this minor ValidateHostAliases gave no index in its paths. */
const indexedAliasesFrom = 30;

const underscoredLabel = /^_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;

/** Source: validatePodDNSConfig in pkg/apis/core/validation/validation.go */
export function validateDns(check: Check, pod: TypedObject): void {
  const config = objectOf(pod, "dnsConfig");
  if (textOf(pod, "dnsPolicy") === "None" && isWithoutServer(check, pod, config)) return;
  if (!config) return;
  checkServers(check, config);
  checkSearches(check, config);
  for (const option of objectsOf(config, "options")) {
    const spot = { path: option.path, at: spotOf(option, "name").at };
    if (isBlank(option, "name")) required(check, spot, "a DNS option needs a name; add one");
  }
}

function isWithoutServer(check: Check, pod: TypedObject, config: TypedObject | undefined): boolean {
  const remedy = "list a nameserver in dnsConfig";
  if (isAbsent(pod, "dnsConfig")) {
    const spot = { path: spotOf(pod, "dnsConfig").path, at: spotOf(pod, "dnsPolicy").at };
    required(check, spot, `dnsPolicy is None, but there is no dnsConfig; ${remedy}`);
    return true;
  }
  if (!config || !isEmpty(config, "nameservers")) return false;
  required(check, spotOf(config, "nameservers"), `dnsPolicy is None, but dnsConfig has no nameservers; ${remedy}`);
  return true;
}

function checkServers(check: Check, config: TypedObject): void {
  const servers = textsOf(config, "nameservers");
  const strict = check.on("StrictIPCIDRValidation");
  if (servers.length > mostServers) {
    const { path, at } = spotOf(config, "nameservers");
    const fourth = servers[mostServers]?.at ?? at;
    const fact = `there are ${String(servers.length)} nameservers, but at most ${String(mostServers)} are allowed`;
    invalid(check, { path, at: fourth }, `${fact}; remove the others`);
  }
  for (const server of servers) checkNameAt(check, server, "nameserver", server.value, (text) => ipFault(text, strict));
}

function checkSearches(check: Check, config: TypedObject): void {
  if (!listOf(config, "searches")) return;
  const searches = textsOf(config, "searches");
  const spot = spotOf(config, "searches");
  const most = check.on("ExpandedDNSConfig") ? expandedSearches : legacySearches;
  if (searches.length > most.paths) {
    const fact = `there are ${String(searches.length)} search domains, but at most ${String(most.paths)} are allowed`;
    invalid(check, spot, `${fact}; remove the others`);
  }
  const characters = searches.reduce((sum, { value }) => sum + byteLength(value) + 1, -1);
  if (characters > most.characters) {
    const fact = `the search domains have ${String(characters)} characters, but at most ${String(most.characters)} are allowed`;
    invalid(check, spot, `${fact}; shorten the list`);
  }
  const relaxed = check.on("RelaxedDNSSearchValidation");
  for (const search of searches) {
    if (relaxed && search.value === ".") continue;
    checkNameAt(check, search, "search domain", search.value, (text) => searchFault(text.replace(/\.$/, ""), relaxed));
  }
}

function searchFault(text: string, relaxed: boolean): NameFault {
  if (!relaxed || text.length > 253) return dnsSubdomainFault(text);
  if (text.split(".").every((part) => underscoredLabel.test(part))) return undefined;
  return "must be lower-case letters, digits, -, _ and ., with a letter or digit at both ends of each part";
}

/** Source: ValidateHostAliases in pkg/apis/core/validation/validation.go */
export function validateHostAliases(check: Check, pod: TypedObject): void {
  const strict = check.on("StrictIPCIDRValidation");
  const { path: list } = spotOf(pod, "hostAliases");
  const indexed = check.minor >= indexedAliasesFrom;
  for (const alias of objectsOf(pod, "hostAliases")) {
    const ip = spotOf(alias, "ip");
    const written = textOf(alias, "ip");
    const spot: Spot = indexed ? ip : { path: `${list}.ip`, at: ip.at };
    if (isBlank(alias, "ip")) invalid(check, spot, "a host alias has no ip; add one");
    else if (written !== undefined) checkIp(check, spot, written, strict);
    for (const host of textsOf(alias, "hostnames")) {
      checkNameAt(check, indexed ? host : { path: `${list}.hostnames`, at: host.at }, "hostname", host.value, dnsSubdomainFault);
    }
  }
}

function checkIp(check: Check, spot: Spot, text: string, strict: boolean): void {
  const fault = ipFault(text, strict);
  if (fault !== undefined) invalid(check, spot, `ip ${clipped(text)} ${fault}; write one such as 10.9.8.7`);
}
