/** `npm run generate`: writes the files that are made from others. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedFiles, isCurrent, root } from "./generated.js";

const stale = (await generatedFiles()).filter((file) => !isCurrent(file));
for (const { path, content } of stale) {
  if (content === undefined) {
    rmSync(join(root, path));
  } else {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  console.log(`${content === undefined ? "removed" : "wrote"} ${path}`);
}
if (stale.length === 0) console.log("nothing to do: everything is current");
