// `npm run browser`: the page of `kronlint timeline --format html` in a real browser, as a person would use it, light and dark, wide and
// narrow. `npm run browser -- FOLDER` leaves the pages and their pictures in a folder. Without a browser it says so, and passes.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findBrowser, openBrowser } from "./browser/chromium.mjs";
import { hostile, manyCronJobs, mixed } from "./browser/manifests.mjs";
import { openPage } from "./browser/page.mjs";
import { build, entry } from "./setup.mjs";

const largestFile = 4_000_000;
const problems = [];
let expectations = 0;

function expect(what, isSo) {
  expectations++;
  if (!isSo) problems.push(what);
}

function pageFor(folder, name, manifests, ...args) {
  const [input, output] = [join(folder, `${name}.yaml`), join(folder, `${name}.html`)];
  writeFileSync(input, manifests);
  const command = [entry, "timeline", "--no-config", "--format", `html=${output}`, "--tz", "Europe/Berlin", ...args, input];
  const { status, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  if (status !== 0) throw new Error(`kronlint timeline ${name}: exit code ${status}\n${stderr}`);
  return output;
}

const tip = `(document.querySelector("#tip").hidden ? "" : document.querySelector("#tip").innerText)`;
const axis = `document.querySelector("#head").textContent`;
const lanesBox = `(({ left, top, width, height }) => ({ left, top, width, height }))(document.querySelector("#lanes").getBoundingClientRect())`;

async function keyboard(page) {
  const whole = await page.evaluate(axis);
  await page.evaluate(`document.querySelector("#all").focus()`);
  for (let presses = 0; presses < 5 && (await page.evaluate("document.activeElement.id")) !== "lanes"; presses++) await page.press("Tab");
  expect("Tab reaches the lanes", (await page.evaluate("document.activeElement.id")) === "lanes");
  expect("focus shows the tooltip", (await page.evaluate(tip)).includes("prod/"));
  await page.press("ArrowDown");
  await page.press("ArrowRight");
  expect("arrows choose a run and say when it is", / \d\d:\d\d to /.test(await page.evaluate(tip)));
  expect("what is chosen is also said", / \d\d:\d\d to /.test(await page.evaluate(`document.querySelector("#said").textContent`)));
  await page.press("+");
  const near = await page.evaluate(axis);
  expect("+ zooms in", near !== whole);
  await page.press("ArrowRight", 8);
  expect("Shift and an arrow move", (await page.evaluate(axis)) !== near);
  await page.press("0");
  expect("0 shows all", (await page.evaluate(axis)) === whole);
  await page.press("ArrowRight");
  await page.press("Escape");
  expect("Escape hides the tooltip", (await page.evaluate(tip)) === "");
}

async function mouse(page) {
  await page.evaluate(`document.querySelector("#chart").scrollIntoView({ block: "center" })`);
  const whole = await page.evaluate(axis);
  const { left, top, width } = await page.evaluate(lanesBox);
  await page.hover(left + 20, top + 12);
  expect("the name of a lane tells about it", (await page.evaluate(tip)).includes("run time"));
  await page.wheel(left + width / 2, top + 40, -400);
  const near = await page.evaluate(axis);
  expect("the wheel zooms in", near !== whole);
  await page.drag([left + width / 2, top + 40], [left + width / 2 - 150, top + 40]);
  expect("dragging moves", (await page.evaluate(axis)) !== near);
  for (let turns = 0; turns < 8; turns++) await page.wheel(left + width / 2, top + 40, 1000);
  expect("the wheel zooms out again", (await page.evaluate(axis)) === whole);
  await page.evaluate(`document.querySelector("#in").click()`);
  await page.settle();
  expect("the button zooms in", (await page.evaluate(axis)) !== whole);
  await page.evaluate(`document.querySelector("#all").click()`);
  await page.settle();
  expect("the button shows all", (await page.evaluate(axis)) === whole);
}

async function filter(page) {
  const shown = `[...document.querySelector("#cronjobs").tBodies[0].rows].filter((row) => !row.hidden).length`;
  const all = await page.evaluate(shown);
  await page.evaluate(`document.querySelector("#trouble").click()`);
  const troubled = await page.evaluate(shown);
  expect("only those with trouble are left", troubled > 0 && troubled < all);
  await page.evaluate(`(document.querySelector("#trouble").click(), document.querySelector("#name").focus())`);
  for (const key of "sync") await page.press(key);
  expect("a name leaves one", (await page.evaluate(shown)) === 1);
}

const background = `getComputedStyle(document.body).backgroundColor`;
const overflow = `document.scrollingElement.scrollWidth - innerWidth`;
const marks = `document.querySelectorAll("#bars path:not(.grid)").length`;

async function looks(browser, file, name, picture) {
  const colours = new Set();
  for (const [scheme, width] of [["light", 1280], ["dark", 1280], ["light", 360], ["dark", 360]]) {
    const page = await openPage(browser, file, { scheme, width });
    colours.add(await page.evaluate(background));
    expect(`${name}, ${scheme}, ${width}: there are marks`, (await page.evaluate(marks)) > 0);
    expect(`${name}, ${scheme}, ${width}: nothing sticks out`, (await page.evaluate(overflow)) <= 0);
    if (picture) await page.screenshot(picture(`${name}-${scheme}-${width}.png`));
    expect(`${name}, ${scheme}, ${width}: ${page.complaints().join("; ")}`, page.complaints().length === 0);
  }
  expect(`${name}: light and dark differ`, colours.size === 2);
}

async function motion(browser, file) {
  const moves = async (choice) => (await openPage(browser, file, { motion: choice })).evaluate(`getComputedStyle(document.querySelector("#tip")).animationName`);
  expect("the tooltip may fade in", (await moves("no-preference")) !== "none");
  expect("nothing moves for those who ask for it", (await moves("reduce")) === "none");
}

async function check(browser, folder, picture) {
  const day = pageFor(folder, "day", mixed, "--from", "2026-03-28T23:00:00Z");
  const week = pageFor(folder, "week", manyCronJobs(1000), "--for", "7d", "--from", "2026-03-23T00:00:00Z");
  const odd = pageFor(folder, "hostile", hostile);
  expect(`1,000 CronJobs for a week fit ${largestFile} bytes: ${statSync(week).size}`, statSync(week).size <= largestFile);
  for (const [name, file] of [["day", day], ["week", week], ["hostile", odd]]) await looks(browser, file, name, picture);
  for (const use of [keyboard, mouse, filter]) {
    const page = await openPage(browser, day);
    await use(page);
    expect(`${use.name}: ${page.complaints().join("; ")}`, page.complaints().length === 0);
  }
  await motion(browser, day);
  const page = await openPage(browser, odd);
  expect("hostile names make no elements", (await page.evaluate(`document.querySelectorAll("script, img").length`)) === 2);
  expect("hostile names are shown as text", await page.evaluate(`document.body.innerText.includes("<img src=x onerror=alert(1)>")`));
}

async function main() {
  const path = findBrowser();
  if (path === undefined) return console.log("skipped: no Chromium, Chrome or Edge is installed ($KRONLINT_BROWSER names one)");
  const [given] = process.argv.slice(2);
  const folder = given === undefined ? mkdtempSync(join(tmpdir(), "kronlint-pages-")) : resolve(given);
  mkdirSync(folder, { recursive: true });
  build();
  const browser = await openBrowser(path);
  try {
    await check(browser, folder, given === undefined ? undefined : (name) => join(folder, name));
  } finally {
    await browser.close();
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  }
  for (const problem of problems) console.log(`✗ ${problem}`);
  console.log(`${expectations - problems.length} of ${expectations} expectations met in ${path}`);
  if (problems.length > 0) process.exitCode = 1;
}

await main();
