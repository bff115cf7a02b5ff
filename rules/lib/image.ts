export interface ImageName {
  /** `registry.example.com:5000/team/report`, as written. */
  readonly repository: string;
  readonly tag?: string;
  /** Offset of the tag in the image's name; the end of the name when there is none. */
  readonly tagStart: number;
  readonly digest?: string;
}

/** Takes an image reference apart; undefined when it cannot be one (blanks in it). */
export function imageName(image: string): ImageName | undefined {
  if (/\s/.test(image)) return undefined;
  const at = image.indexOf("@");
  const name = at < 0 ? image : image.slice(0, at);
  const colon = name.lastIndexOf(":");
  const hasTag = colon > name.lastIndexOf("/");
  return {
    repository: hasTag ? name.slice(0, colon) : name,
    tagStart: hasTag ? colon + 1 : name.length,
    ...(hasTag ? { tag: name.slice(colon + 1) } : {}),
    ...(at < 0 ? {} : { digest: image.slice(at + 1) }),
  };
}
