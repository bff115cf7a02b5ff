import { describe, expect, test } from "vitest";
import { createMemo } from "../../../src/core/runtime/memo.js";
import { commandsOf } from "../../../src/core/runtime/script-commands.js";
import { parseScript } from "../../../src/core/runtime/parsed-script.js";
import { estimateCommand } from "../../../src/core/runtime/estimate.js";

describe("a memo", () => {
  const worked: string[] = [];
  const ask = (memo: ReturnType<typeof createMemo<string>>, text: string): string => {
    return memo(text, () => {
      worked.push(text);
      return text.toUpperCase();
    });
  };

  test("works a text out once, also one that nothing is known of", () => {
    worked.length = 0;
    const memo = createMemo<string | undefined>(2);
    expect([ask(createMemo<string>(2), "a"), memo("x", () => undefined), memo("x", () => "again")]).toEqual(["A", undefined, undefined]);
  });

  test("keeps what is asked for again and again, and forgets what is not", () => {
    worked.length = 0;
    const memo = createMemo<string>(3);
    for (let index = 0; index < 20; index++) expect([ask(memo, "kept"), ask(memo, `n${String(index)}`)]).toEqual(["KEPT", `N${String(index)}`]);
    expect(worked.filter((text) => text === "kept")).toEqual(["kept"]);
    ask(memo, "n0");
    expect(worked.filter((text) => text === "n0")).toHaveLength(2);
  });

  test("does not keep what is very long", () => {
    worked.length = 0;
    const memo = createMemo<string>(3);
    const text = "x".repeat(100_001);
    expect([ask(memo, text).length, ask(memo, text).length]).toEqual([100_001, 100_001]);
    expect(worked).toHaveLength(2);
  });
});

describe("what is remembered depends on all that it is made from", () => {
  const at = (...values: [string, string | undefined][]) => new Map(values);

  test("commands on the values of variables", () => {
    const script = parseScript("sleep $N");
    if (!script) throw new Error("no script");
    const texts = (...values: [string, string | undefined][]) => commandsOf(script, at(...values)).map(({ args }) => args[0]?.text);
    expect([texts(["N", "5"]), texts(["N", "7"]), texts(["N", undefined]), texts(), texts(["N", "5"])]).toEqual([["5"], ["7"], [undefined], [undefined], ["5"]]);
    expect(commandsOf(script, at(["N", "5"]))).toBe(commandsOf(script, at(["N", "5"])));
  });

  test("an estimate on command, arguments and variables", () => {
    const least = (command: string[] | undefined, args: string[], ...values: [string, string | undefined][]) => {
      return estimateCommand(command, args, at(...values))?.evidence.map(({ seconds, place }) => [seconds, place.list, place.index]);
    };
    expect(least(["sh", "-c"], ["sleep $N"], ["N", "5"])).toEqual([[5, "args", 0]]);
    expect(least(["sh", "-c"], ["sleep $N"], ["N", "6"])).toEqual([[6, "args", 0]]);
    expect(least(["sh", "-c", "sleep 4"], [])).toEqual([[4, "command", 2]]);
    expect(least(undefined, ["sh", "-c", "sleep 4"])).toEqual([[4, "args", 2]]);
    expect(least([], ["sh", "-c", "sleep 4"])).toEqual([[4, "args", 2]]);
  });
});
