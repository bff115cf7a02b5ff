// Drives a headless Chromium over a pipe, with the DevTools protocol: https://chromedevtools.github.io/devtools-protocol/
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clearTimeout, setTimeout } from "node:timers";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const inMacApplications = ["Google Chrome", "Chromium", "Microsoft Edge"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/** The path of a browser: $KRONLINT_BROWSER, or one that is installed; undefined without any. */
export function findBrowser() {
  const given = process.env.KRONLINT_BROWSER;
  if (given !== undefined) return given === "" ? undefined : given;
  const onPath = names.map((name) => spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout?.trim());
  return [...onPath, ...inMacApplications].find((path) => path && existsSync(path));
}

/** One browser with one page. `send` speaks to the page, `events` holds what it said by itself. */
export async function openBrowser(path) {
  const profile = mkdtempSync(join(tmpdir(), "kronlint-browser-"));
  // Containers, and root, have no sandbox; what is opened here is our own file.
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars"];
  const args = [...flags, "--disable-background-networking", "--remote-debugging-pipe", `--user-data-dir=${profile}`, "about:blank"];
  const child = spawn(path, args, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const { call, events } = protocol(child);
  const { targetInfos } = await call("Target.getTargets");
  const { targetId } = targetInfos.find(({ type }) => type === "page");
  const { sessionId } = await call("Target.attachToTarget", { targetId, flatten: true });
  const send = (method, params) => call(method, params, sessionId);
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await send(`${domain}.enable`);
  return { send, events, close: () => closed(child, call, profile) };
}

async function closed(child, call, profile) {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  call("Browser.close").catch(() => undefined);
  const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
  await gone;
  clearTimeout(timer);
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

/** Messages end in a zero byte, in both directions. */
function protocol(child) {
  const [, , , input, output] = child.stdio;
  const waiting = new Map();
  const events = [];
  let rest = "";
  let last = 0;
  output.setEncoding("utf8");
  output.on("data", (chunk) => {
    const parts = (rest + chunk).split("\0");
    rest = parts.pop() ?? "";
    for (const part of parts) receive(JSON.parse(part));
  });
  const receive = ({ id, method, params, result, error }) => {
    if (method !== undefined) events.push({ method, params });
    const answer = waiting.get(id);
    waiting.delete(id);
    if (error) answer?.reject(new Error(error.message));
    else answer?.resolve(result);
  };
  input.on("error", () => undefined);
  child.once("exit", () => waiting.forEach(({ reject }) => reject(new Error("the browser is gone"))));
  const call = (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method}: no answer within 30 s`)), 30_000);
      timer.unref();
      last++;
      waiting.set(last, { resolve, reject });
      input.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
  return { call, events };
}
