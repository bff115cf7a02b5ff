// `npm start -- <paths>` and `npm test`: set up what is missing, then lint or check.
import { join, relative } from "node:path";
import { createRequire } from "node:module";
import { build, entry, install, requireNode, root } from "./setup.mjs";

const [task, ...args] = process.argv.slice(2);

requireNode();
install();
if (task === "check") {
  const { check } = await import("./check.mjs");
  process.exitCode = await check();
} else {
  build();
  lint();
}

function lint() {
  // npm changes into the repository; paths are meant from where the person stands.
  process.chdir(process.env.INIT_CWD ?? process.cwd());
  const given = args.length > 0 ? args : [relative(process.cwd(), join(root, "examples")) || "."];
  process.argv = [process.execPath, entry, ...given];
  createRequire(import.meta.url)(entry);
}
