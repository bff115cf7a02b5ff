import { isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";

export type Reading =
  | { readonly state: "read"; readonly text: string }
  /** `reason` completes "cannot be read: …". */
  | { readonly state: "unreadable"; readonly reason: string };

/** Bytes. etcd takes objects of about 1.5 MB, so a file of this size is a stream of many; beyond it, hardly a manifest. */
export const sizeLimit = 64 * 1024 * 1024;

const chunkSize = 64 * 1024;
/** What a shell hands over in place of a file: `kronlint <(helm template .)`. */
const handedOver = /^\/(?:dev\/(?:stdin|fd\/\d+)|proc\/self\/fd\/\d+)$/;

// Windows has no such flag; undefined counts as 0 here.
const withoutWaiting = constants.O_RDONLY | constants.O_NONBLOCK;

/** Reads a text file whole; whatever is wrong with it is an answer, not an exception. */
export function readTextFile(path: string): Reading {
  const isStream = handedOver.test(path);
  try {
    // Without O_NONBLOCK, opening a named pipe that nobody writes to waits for ever.
    const descriptor = openSync(path, isStream ? constants.O_RDONLY : withoutWaiting);
    try {
      const stats = fstatSync(descriptor);
      const strange = isStream ? undefined : strangeness(stats);
      return strange === undefined ? decoded(readAll(descriptor, stats.size)) : { state: "unreadable", reason: strange };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { state: "unreadable", reason: reasonOf(error) };
  }
}

/** Reads what is piped in. */
export function readStandardInput(): Reading {
  try {
    return decoded(readAll(0, 0));
  } catch (error) {
    return { state: "unreadable", reason: reasonOf(error) };
  }
}

/** What the system says, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known: Readonly<Record<string, string>> = {
    ENOENT: "it is no longer there",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EISDIR: "it is a folder",
    ELOOP: "its link leads back to itself",
    ENAMETOOLONG: "its path is too long",
    EMFILE: "too many files are open",
    EIO: "the disk reports an error",
    ENXIO: "it is a socket or a device that does not answer",
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}

function strangeness(stats: Stats): string | undefined {
  if (stats.isDirectory()) return "it is a folder";
  if (stats.isFIFO()) return "it is a named pipe; pipe it in and name it -";
  if (stats.isFile()) return stats.size > sizeLimit ? tooLarge : undefined;
  return "it is a device or a socket, not a file";
}

const tooLarge = `it is larger than ${sizeLimit / 1024 / 1024} MiB, no manifest is; exclude it or split it`;

/** The size is a hint: it is 0 for streams, and a file may grow meanwhile. Undefined: larger than the limit. */
function readAll(descriptor: number, size: number): Buffer | undefined {
  const parts: Buffer[] = [];
  let total = 0;
  for (;;) {
    const part = Buffer.allocUnsafe(parts.length === 0 ? size + 1 || chunkSize : chunkSize);
    const length = readSome(descriptor, part);
    if (length === 0) return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    parts.push(part.subarray(0, length));
    total += length;
    if (total > sizeLimit) return undefined;
  }
}

function readSome(descriptor: number, buffer: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, 0, buffer.length, null);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      // On Windows the end of a pipe is an error.
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      pause(5);
    }
  }
}

/** Waits without spinning, in a program that has nothing else to do. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function decoded(bytes: Buffer | undefined): Reading {
  if (bytes === undefined) return { state: "unreadable", reason: tooLarge };
  if (isUtf16(bytes)) return { state: "unreadable", reason: "it is UTF-16 text; Kubernetes reads UTF-8, save it as that" };
  if (bytes.includes(0)) return { state: "unreadable", reason: "it is a binary file, not text" };
  if (isUtf8(bytes)) return { state: "read", text: bytes.toString("utf8") };
  return { state: "unreadable", reason: `line ${firstBadLine(bytes)} is not valid UTF-8; save the file as UTF-8` };
}

function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

function firstBadLine(bytes: Buffer): number {
  let start = 0;
  for (let line = 1; ; line++) {
    const end = bytes.indexOf(10, start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
