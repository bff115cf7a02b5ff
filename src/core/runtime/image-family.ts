/** What an image's name says about the system in it. */
export interface ImageFamily {
  /** Which shell `sh` is. */
  readonly sh: "bash" | "ash" | "dash";
  /** The system, for people: `Debian 12`. */
  readonly system: string;
  /** Its dash knows no `pipefail`, which came with Debian's 0.5.12-7: https://tracker.debian.org/pkg/dash */
  readonly withoutPipefail: boolean;
  readonly hasBash: boolean;
}

const alpine: ImageFamily = { sh: "ash", system: "Alpine", withoutPipefail: false, hasBash: false };
const busybox: ImageFamily = { ...alpine, system: "BusyBox" };
const debian: ImageFamily = { sh: "dash", system: "Debian", withoutPipefail: false, hasBash: true };
const ubuntu: ImageFamily = { ...debian, system: "Ubuntu" };
const redHat: ImageFamily = { sh: "bash", system: "Red Hat's family", withoutPipefail: false, hasBash: true };

/** Suites of Debian up to 12 (dash 0.5.12-2) and of Ubuntu up to 24.04 (0.5.12-6). */
const oldSuites: ReadonlyMap<string, string> = new Map([
  ["stretch", "Debian 9"],
  ["buster", "Debian 10"],
  ["bullseye", "Debian 11"],
  ["bookworm", "Debian 12"],
  ["xenial", "Ubuntu 16.04"],
  ["bionic", "Ubuntu 18.04"],
  ["focal", "Ubuntu 20.04"],
  ["jammy", "Ubuntu 22.04"],
  ["noble", "Ubuntu 24.04"],
]);

/** Major and minor; the major alone where minors do not matter. */
type Version = readonly [number, number?];

interface Repository {
  readonly family: ImageFamily;
  /** The last version that stands on a system whose dash knows no pipefail. */
  readonly lastOld?: Version;
  /** What is older stands on this one. */
  readonly system?: string;
}

/**
 * Official images by the last part of their name. Lines of Debian's images that ended before Debian 13 came out (2025-08-09) stand on
 * 12 or older: https://endoflife.date, https://github.com/docker-library/official-images
 */
const repositories: ReadonlyMap<string, Repository> = new Map<string, Repository>([
  ["debian", { family: debian, lastOld: [12] }],
  ["ubuntu", { family: ubuntu, lastOld: [24, 4] }],
  ["python", { family: debian, lastOld: [3, 8], system: "Debian 12 or older" }],
  ["node", { family: debian, lastOld: [18], system: "Debian 12 or older" }],
  ["golang", { family: debian, lastOld: [1, 22], system: "Debian 12 or older" }],
  ["ruby", { family: debian, lastOld: [3, 1], system: "Debian 12 or older" }],
  ["php", { family: debian, lastOld: [8, 0], system: "Debian 12 or older" }],
  ["postgres", { family: debian, lastOld: [12], system: "Debian 12 or older" }],
  ["mongo", { family: ubuntu, lastOld: [8], system: "Ubuntu 24.04 or older" }],
  ["mariadb", { family: ubuntu, lastOld: [11, 8], system: "Ubuntu 24.04 or older" }],
  ["perl", { family: debian }],
  ["redis", { family: debian }],
  ["nginx", { family: debian }],
  ["buildpack-deps", { family: debian }],
  ["busybox", { family: busybox }],
  ["alpine", { family: alpine }],
  ...["amazonlinux", "rockylinux", "almalinux", "centos", "fedora", "oraclelinux"].map((name) => [name, { family: redHat }] as const),
  ...["ubi", "ubi7", "ubi8", "ubi9", "ubi10", "ubi-minimal", "aws-cli"].map((name) => [name, { family: redHat }] as const),
]);

/** Undefined when the name does not say; whole names of repositories are compared. */
export function imageFamily(image: string): ImageFamily | undefined {
  const at = image.indexOf("@");
  const reference = at < 0 ? image : image.slice(0, at);
  const colon = reference.lastIndexOf(":");
  const isTagged = colon > reference.lastIndexOf("/");
  const tag = isTagged ? reference.slice(colon + 1) : "";
  const name = (isTagged ? reference.slice(0, colon) : reference).split("/").at(-1) ?? "";
  return byTag(tag) ?? byName(repositories.get(name), tag);
}

function byTag(tag: string): ImageFamily | undefined {
  const words = tag.split(/[-.]/);
  if (words.some((word) => /^alpine\d{0,2}$/.test(word))) return alpine;
  const suite = words.find((word) => oldSuites.has(word));
  // Bitnami: 16.3.0-debian-12-r10
  const number = /(?:^|-)debian-(9|1[0-2])(?=-|$)/.exec(tag)?.[1];
  const system = suite === undefined ? number && `Debian ${number}` : oldSuites.get(suite);
  return system === undefined || system === "" ? undefined : { ...debian, system, withoutPipefail: true };
}

function byName(repository: Repository | undefined, tag: string): ImageFamily | undefined {
  if (repository === undefined) return undefined;
  const { family, lastOld, system } = repository;
  const [, major, minor] = /^(\d{1,3})(?:\.(\d{1,3}))?(?=[.-]|$)/.exec(tag) ?? [];
  if (lastOld === undefined || major === undefined || !isUpTo([Number(major), Number(minor ?? Infinity)], lastOld)) return family;
  return { ...family, system: system ?? `${family.system} ${tag.split("-")[0] ?? ""}`, withoutPipefail: true };
}

function isUpTo([major, minor]: readonly [number, number], [lastMajor, lastMinor = Infinity]: Version): boolean {
  return major < lastMajor || (major === lastMajor && minor <= lastMinor);
}
