import { type Field, textAt } from "#rule";

const action = /\{\{-?(.{0,300}?)-?\}\}/gs;
/** What gives each release another name. */
const varying = /revision|\brand|uuid|\bnow\b|\bdate\b|unixEpoch|sha\d|hash|checksum|tag\b|version|build|commit|suffix/i;
/** What stays the same as long as the release has its name. */
const steady =
  /^\s*(?:\(?\s*(?:include|template)\s+"[^"]{0,200}\.(?:full)?name"\s+[.$]|\(?\s*printf\b|\$?\.Release\.Name|\$?\.Chart\.Name\b|\$?\.Values\.[\w.]*[nN]ame\b)/;
/** Set elsewhere in the template. */
const variable = /\$\w/;

/**
 * Whether two deploys give the object the same name: `fixed` and `varies` are sure, a name that a template or a variable makes is
 * mostly unknown.
 */
export function nameOverTime(name: Field<string>): "fixed" | "varies" | "unknown" {
  if (name.state === "present") return "fixed";
  if (name.state === "absent") return "varies";
  const written = textAt(name.place);
  const actions = [...written.matchAll(action)].map(([, body = ""]) => body);
  if (actions.some((body) => varying.test(body))) return "varies";
  const isPlain = actions.length > 0 && !/\$\{|\$\(|__/.test(written);
  return isPlain && actions.every((body) => steady.test(body) && !variable.test(body)) ? "fixed" : "unknown";
}
