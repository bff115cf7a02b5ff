import { imageName } from "./image.js";

// Also with a word behind it that names a flavour: latest-alpine, main-arm64. A number or a hash makes it one build.
const moving =
  /^(?:latest|master|main|trunk|head|dev|devel|develop|unstable|stable|edge|nightly|canary|snapshot|rolling)(?:-(?:[a-z]{2,12}|(?:amd|arm)64)){0,2}$/i;
const hash = /-[a-f]{7,12}$/;

/** Whether the tag is one that registries move from build to build. */
export function isMovingTag(tag: string): boolean {
  return moving.test(tag) && !hash.test(tag);
}

/** Whether the name may mean another image tomorrow: no digest, and a moving tag or none. */
export function mayMove(image: string): boolean {
  const name = image.trim() === "" ? undefined : imageName(image);
  return name !== undefined && name.digest === undefined && (name.tag === undefined || isMovingTag(name.tag));
}
