import { describe, expect, test } from "vitest";
import { ran } from "../cli/world.js";
import { folderWith } from "./folder-tree.js";

const chart = { "c/Chart.yaml": "apiVersion: v2\nname: demo\nversion: 1.0.0\n", "c/templates/a.yaml": "kind: Job\n" };

describe("what Helm would not take is refused", () => {
  test.each([
    ["- a\n", /--values v\.yaml: line 1, column 1: values are a mapping .*a list/],
    ["this is text\n", /--values v\.yaml: line 1, column 1: .*a text/],
    ['a: b\nc: "d\n', /--values v\.yaml: line 2, column 4: .*not closed/],
    ["a\0b", /--values v\.yaml: /],
  ])("%j as values", (text, message) => {
    const { code, err } = ran(folderWith({ ...chart, "v.yaml": text }), ["--values", "v.yaml", "c"]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) });
  });

  test.each(["Shop", "shop_a", "shop-", "shop.", "a..b", "", "s".repeat(54)])("%j as a release", (name) => {
    const { code, err } = ran(folderWith(chart), ["--release", name, "c"]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(`--release ${name}: `) });
  });

  test.each(["shop", "shop-1.a", "s".repeat(53)])("but not %s", (name) => {
    expect(ran(folderWith({ ...chart, "v.yaml": "" }), ["--release", name, "--values", "v.yaml", "c"])).toMatchObject({ code: 0, err: "" });
  });
});
