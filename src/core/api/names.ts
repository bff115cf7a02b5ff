/**
 * What may be a name where. Each function says in words what is wrong, or nothing for a good one.
 * Source: https://pkg.go.dev/k8s.io/apimachinery/pkg/util/validation
 */
export type NameFault = string | undefined;

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const qualifiedPart = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** IsDNS1123Label: containers, volumes, hostnames. */
export function dnsLabelFault(text: string): NameFault {
  if (text.length > 63) return `has ${String(text.length)} characters, but at most 63 are allowed`;
  return label.test(text) ? undefined : "must be lower-case letters, digits and -, with a letter or digit at both ends";
}

/** IsDNS1035Label: as a DNS label, and it begins with a letter. */
export function dns1035LabelFault(text: string): NameFault {
  if (text.length > 63) return `has ${String(text.length)} characters, but at most 63 are allowed`;
  return /^[a-z]/.test(text) && label.test(text) ? undefined : "must be lower-case letters, digits and -, with a letter first and no - at the end";
}

/** IsDNS1123Subdomain: most objects' names. */
export function dnsSubdomainFault(text: string): NameFault {
  if (text.length > 253) return `has ${String(text.length)} characters, but at most 253 are allowed`;
  if (text.split(".").every((part) => label.test(part))) return undefined;
  return "must be lower-case letters, digits, - and ., with a letter or digit at both ends of each part";
}

/** IsQualifiedName: keys of labels and annotations, `example.com/role`. */
export function qualifiedNameFault(text: string): NameFault {
  const parts = text.split("/");
  if (parts.length > 2) return "has more than one /";
  const [prefix, name = ""] = parts.length === 2 ? parts : [undefined, text];
  if (prefix === "") return "has nothing before its /";
  const fault = prefix === undefined ? undefined : dnsSubdomainFault(prefix);
  if (fault !== undefined) return `has a prefix that ${fault}`;
  if (name === "") return "has no name";
  if (name.length > 63) return `has a name of ${String(name.length)} characters, but at most 63 are allowed`;
  return qualifiedPart.test(name) ? undefined : "must be letters, digits, -, _ and ., with a letter or digit at both ends";
}

/** IsValidLabelValue. */
export function labelValueFault(text: string): NameFault {
  if (text.length > 63) return `has ${String(text.length)} characters, but at most 63 are allowed`;
  return text === "" || qualifiedPart.test(text) ? undefined : "must be letters, digits, -, _ and ., with a letter or digit at both ends";
}

/** IsCIdentifier. */
export function isCIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

/** IsConfigMapKey: also file names of secrets. */
export function configMapKeyFault(text: string): NameFault {
  if (text.length > 253) return `has ${String(text.length)} characters, but at most 253 are allowed`;
  if (!/^[-._A-Za-z0-9]+$/.test(text)) return "must be letters, digits, -, _ and .";
  if (text === ".") return "must not be .";
  if (text === ".." || text.startsWith("..")) return "must not begin with ..";
  return undefined;
}

/** IsValidPortName: an IANA service name. */
export function portNameFault(text: string): NameFault {
  if (text.length > 15) return `has ${String(text.length)} characters, but at most 15 are allowed`;
  if (!/^[-a-z0-9]+$/.test(text)) return "must be lower-case letters, digits and -";
  if (!/[a-z]/.test(text)) return "must have a letter in it";
  if (text.includes("--")) return "must not have -- in it";
  return text.startsWith("-") || text.endsWith("-") ? "must not begin or end with -" : undefined;
}

/** IsValidPortNum. */
export function isPort(value: number): boolean {
  return value >= 1 && value <= 65535;
}
