import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, openSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readTextFile, sizeLimit } from "../../src/node/read-file.js";
import { folderWith } from "./folder-tree.js";

const isRoot = process.getuid?.() === 0;
const isWindows = process.platform === "win32";

function reading(content: string | Uint8Array) {
  return readTextFile(join(folderWith({ "a.yaml": content }), "a.yaml"));
}

const unreadable = (reason: RegExp | string) => ({ state: "unreadable", reason: typeof reason === "string" ? reason : expect.stringMatching(reason) });

describe("readTextFile", () => {
  test.each(["", "kind: Job\n", "数据 🚀\r\n", "\ufeffkind: Job\n", "x".repeat(200_000)])("reads text as it is: %#", (text) => {
    expect(reading(text)).toEqual({ state: "read", text });
  });

  test("names what is no UTF-8 text, and where", () => {
    expect(reading(new Uint8Array([0x61, 10, 0x62, 0xe9, 10]))).toEqual(unreadable("line 2 is not valid UTF-8; save the file as UTF-8"));
    expect(reading(new Uint8Array([0x61, 0xc3]))).toEqual(unreadable(/^line 1 is not valid UTF-8/));
    expect(reading(Buffer.from("\ufeffkind: Job", "utf16le"))).toEqual(unreadable(/^it is UTF-16 text/));
    expect(reading(new Uint8Array([0x7f, 0x45, 0, 1]))).toEqual(unreadable("it is a binary file, not text"));
  });

  test("does not take in what is too large", () => {
    const path = join(folderWith({ "a.yaml": "" }), "a.yaml");
    truncateSync(path, sizeLimit + 1);
    expect(readTextFile(path)).toEqual(unreadable(/^it is larger than 64 MiB/));
  });

  test("answers for what is no file", () => {
    const folder = folderWith({});
    expect(readTextFile(join(folder, "none.yaml"))).toEqual(unreadable("it is no longer there"));
    expect(readTextFile(folder)).toEqual(unreadable("it is a folder"));
  });

  test.skipIf(isWindows)("does not wait for a named pipe, nor read a device", () => {
    const pipe = join(folderWith({}), "pipe.yaml");
    execFileSync("mkfifo", [pipe]);
    expect(readTextFile(pipe)).toEqual(unreadable(/^it is a named pipe/));
    expect(readTextFile("/dev/zero")).toEqual(unreadable(/device/));
  });

  test.skipIf(isWindows)("sees through a link, and through one that leads back to itself", () => {
    const folder = folderWith({ "a.yaml": "a" });
    symlinkSync("a.yaml", join(folder, "b.yaml"));
    symlinkSync("c.yaml", join(folder, "c.yaml"));
    expect(readTextFile(join(folder, "b.yaml"))).toEqual({ state: "read", text: "a" });
    expect(readTextFile(join(folder, "c.yaml"))).toEqual(unreadable("its link leads back to itself"));
  });

  test.skipIf(isWindows || isRoot)("answers for what may not be read", () => {
    const path = join(folderWith({ "a.yaml": "a" }), "a.yaml");
    chmodSync(path, 0);
    expect(readTextFile(path)).toEqual(unreadable("permission denied"));
  });

  test.skipIf(process.platform !== "linux")("reads what the shell hands over as a descriptor", () => {
    const path = join(folderWith({}), "a.yaml");
    writeFileSync(path, "kind: Job\n");
    const descriptor = openSync(path, "r");
    try {
      expect(readTextFile(`/dev/fd/${descriptor}`)).toEqual({ state: "read", text: "kind: Job\n" });
    } finally {
      closeSync(descriptor);
    }
  });
});
