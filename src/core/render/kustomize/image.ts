import type { Node, ScalarNode } from "../../read/node.js";
import { scalarAt, textAt } from "../field-at.js";
import { composed, type Piece, pieceOf, unknownNode } from "./nodes.js";

/** An image after one item of `images`; the value as it was where that is not about it. */
export function renamedImage(value: Node, item: Node): Node {
  if (value.kind !== "scalar" || item.kind !== "mapping") return value;
  const wanted = textAt(item, "name");
  const { name, tag, digest } = parts(value);
  if (wanted === undefined || name.text !== wanted) return value;
  const newTag = scalarAt(item, "newTag");
  const newDigest = scalarAt(item, "digest");
  const suffix = textAt(item, "tagSuffix");
  if (item.open || suffix !== undefined) return unknownNode(value);
  const newName = scalarAt(item, "newName");
  const isTagged = newTag !== undefined || newDigest !== undefined;
  const pieces = [
    newName && newName.text !== "" ? pieceOf(newName) : name,
    ...joinedBy(":", isTagged ? newTag && pieceOf(newTag) : tag, value),
    ...joinedBy("@", isTagged ? newDigest && pieceOf(newDigest) : digest, value),
  ];
  return composed((newTag ?? newDigest ?? newName ?? value).place, pieces);
}

function joinedBy(mark: string, piece: Piece | undefined, { place }: ScalarNode): readonly Piece[] {
  return piece === undefined || piece.text === "" ? [] : [{ text: mark, slice: () => place }, piece];
}

/** A colon before the first slash belongs to the registry. */
function parts(value: ScalarNode): { readonly name: Piece; readonly tag?: Piece; readonly digest?: Piece } {
  const { text } = value;
  const from = Math.max(text.indexOf("/"), 0);
  const at = text.indexOf("@", from);
  const colon = text.indexOf(":", from);
  const hasTag = colon >= 0 && (at < 0 || colon < at);
  const end = hasTag ? colon : at < 0 ? text.length : at;
  return {
    name: pieceOf(value, 0, end),
    ...(hasTag ? { tag: pieceOf(value, colon + 1, at < 0 ? text.length : at) } : {}),
    ...(at < 0 ? {} : { digest: pieceOf(value, at + 1) }),
  };
}
