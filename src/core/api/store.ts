import type { Place } from "../text/place.js";
import { objectOf, spotOf, textOf, type TypedObject } from "./typed.js";

/** What the store objects to in an object that validation lets pass: a text without type and field. */
export interface StoreRefusal {
  readonly at: Place;
  readonly message: string;
}

/** Source: Create in k8s.io/apiserver/pkg/storage/etcd3/store.go; a resourceVersion that is no number, or 0, counts as none. */
export function storeRefusal(object: TypedObject): StoreRefusal | undefined {
  const metadata = objectOf(object, "metadata");
  const version = metadata && textOf(metadata, "resourceVersion");
  if (!metadata || version === undefined || !/^\d{1,20}$/.test(version)) return undefined;
  if (BigInt(version) === 0n || BigInt(version) >= 2n ** 64n) return undefined;
  const message = "an object to be made has no resourceVersion yet, the server sets it; remove it";
  return { at: spotOf(metadata, "resourceVersion").at, message };
}
