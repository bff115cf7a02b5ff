import { expect, test } from "vitest";
import { shellInvocation } from "../../../src/core/runtime/invocation.js";

const none = { errexit: false, pipefail: false, nounset: false, xtrace: false };

test.each([
  [["sh", "-c", "x"], undefined, "sh", "command", 2, {}],
  [["/bin/bash", "-euo", "pipefail", "-c", "x"], undefined, "bash", "command", 4, { errexit: true, nounset: true, pipefail: true }],
  [["bash", "-o", "errexit", "-c"], ["x"], "bash", "args", 0, { errexit: true }],
  [["sh"], ["-c", "x"], "sh", "args", 1, {}],
  [["sh", "-c"], ["x", "name"], "sh", "args", 0, {}],
  [undefined, ["/bin/sh", "-c", "x"], "sh", "args", 2, {}],
  [["bin/bash", "-c", "x"], undefined, "bash", "command", 2, {}],
  [["busybox", "sh", "-c", "x"], undefined, "busybox", "command", 3, {}],
  [["timeout", "60", "sh", "-c", "x"], undefined, "sh", "command", 4, {}],
  [["timeout", "-k", "5", "60", "sh", "-c", "x"], undefined, "sh", "command", 6, {}],
  [["env", "-u", "Y", "X=1", "ash", "-c", "x"], undefined, "ash", "command", 6, {}],
  [["/usr/bin/env", "bash", "-xc", "x"], undefined, "bash", "command", 3, { xtrace: true }],
  [["tini", "--", "/bin/dash", "-ec", "x"], undefined, "dash", "command", 4, { errexit: true }],
  [["sh", "-ce", "x"], undefined, "sh", "command", 2, { errexit: true }],
  [["sh", "-e", "+e", "-c", "x"], undefined, "sh", "command", 4, {}],
  [["bash", "--login", "-c", "--", "x"], undefined, "bash", "command", 4, {}],
  [["bash", "-lc", "x"], undefined, "bash", "command", 2, {}],
] as const)("%j and %j start %s with a script in %s[%d]", (command, args, shell, list, index, flags) => {
  expect(shellInvocation(command, args)).toEqual({ shell, scriptIndex: { list, index }, flags: { ...none, ...flags } });
});

test.each([
  [undefined, undefined],
  [[], []],
  [["sh"], undefined],
  [["sh", "-c"], undefined],
  [["sh", "script.sh"], undefined],
  [["sh", "-e", "script.sh", "-c", "x"], undefined],
  [["python", "-c", "x"], undefined],
  [["constructor", "-c", "x"], undefined],
  [["busybox", "sleep", "5"], undefined],
  [["sleep", "100"], undefined],
] as const)("%j and %j start no script", (command, args) => {
  expect(shellInvocation(command, args)).toBeUndefined();
});
