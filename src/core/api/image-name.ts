const component = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const domain = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/;
const digest = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;
const identifier = /^[a-f0-9]{64}$/;
const longestName = 255;

/**
 * Whether the server reads an image's tag as `latest`: written so, or neither a tag nor a digest. What is no image name has no tag.
 * Source: ParseImageName in pkg/util/parsers and its grammar, https://github.com/distribution/reference
 */
export function isLatest(image: string): boolean {
  if (image === "" || image.length > 600 || identifier.test(image)) return false;
  const hash = image.indexOf("@");
  if (hash >= 0 && !digest.test(image.slice(hash + 1))) return false;
  const before = hash >= 0 ? image.slice(0, hash) : image;
  const colon = before.indexOf(":", before.lastIndexOf("/") + 1);
  const tag = colon < 0 ? undefined : before.slice(colon + 1);
  if (tag === undefined ? hash >= 0 : tag !== "latest") return false;
  return isName(colon < 0 ? before : before.slice(0, colon));
}

function isName(name: string): boolean {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  const hasDomain = slash > 0 && (/[.:A-Z]/.test(first) || first === "localhost");
  if (hasDomain && !domain.test(first)) return false;
  const path = hasDomain ? name.slice(slash + 1) : name;
  return name.length <= longestName && path.split("/").every((part) => component.test(part));
}
