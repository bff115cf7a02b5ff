import { type Check, invalid } from "../check.js";
import { dnsSubdomainFault, type NameFault } from "../names.js";
import { objectOf, spotOf, textOf, type TypedObject } from "../typed.js";
import { byteLength } from "./byte-length.js";
import { checkSetName } from "./plain-field.js";

/** Bytes of a credential spec, of a domain and of a user: https://pkg.go.dev/k8s.io/api/core/v1#WindowsSecurityContextOptions */
const longestSpec = 64 * 1024;
const longestDomain = 255;
const longestUser = 104;

// eslint-disable-next-line no-control-regex -- these are the characters that it is about
const control = /[\u0000-\u001f\u007f]/;
const netBios = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/u;
const dnsLabel = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;

/**
 * The windowsOptions of a pod's or a container's securityContext.
 * Source: validateWindowsSecurityContextOptions in pkg/apis/core/validation/validation.go
 */
export function validateWindowsOptions(check: Check, context: TypedObject): void {
  const options = objectOf(context, "windowsOptions");
  if (!options) return;
  checkSetName(check, options, "gmsaCredentialSpecName", dnsSubdomainFault);
  const spec = textOf(options, "gmsaCredentialSpec");
  const bytes = spec === undefined ? undefined : byteLength(spec);
  const spot = spotOf(options, "gmsaCredentialSpec");
  if (bytes === 0) invalid(check, spot, "gmsaCredentialSpec is empty; remove it");
  else if (bytes !== undefined && bytes > longestSpec) {
    invalid(check, spot, `gmsaCredentialSpec has ${String(bytes)} bytes, but at most ${String(longestSpec)} are allowed; shorten it`);
  }
  checkSetName(check, options, "runAsUserName", userNameFault);
}

/** `USER`, or `DOMAIN\USER` where the domain is a NetBIOS or a DNS name. */
function userNameFault(name: string): NameFault {
  if (name === "") return "is empty";
  if (control.test(name)) return "has a control character";
  const parts = name.split("\\");
  if (parts.length > 2) return "has more than one \\";
  const [domain, user = ""] = parts.length === 2 ? parts : [undefined, name];
  return (domain === undefined ? undefined : domainFault(domain)) ?? userFault(user);
}

function domainFault(domain: string): NameFault {
  if (byteLength(domain) > longestDomain) return `has a domain of more than ${String(longestDomain)} characters`;
  const isDns = domain.split(".").every((part) => dnsLabel.test(part));
  return isDns || netBios.test(domain) ? undefined : "has no NetBIOS or DNS name before its \\";
}

function userFault(user: string): NameFault {
  if (user === "") return "has no user after its \\";
  if (byteLength(user) > longestUser) return `has a user of more than ${String(longestUser)} characters`;
  if (/^[. ]+$/.test(user)) return "has a user of dots and blanks only";
  return /["/\\:;|=,+*?<>@[\]]/.test(user) ? 'has one of "/\\:;|=,+*?<>@[] in its user' : undefined;
}
