// One open page: what a person does to it, and what it looks like to them.
import { writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";

const keyCodes = { ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, Escape: 27, Home: 36, End: 35, Tab: 9 };

export async function openPage({ send, events }, file, { width = 1280, height = 900, scheme = "light", motion = "no-preference" } = {}) {
  await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 640 });
  const features = [{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: motion }];
  await send("Emulation.setEmulatedMedia", { features });
  events.length = 0;
  await send("Page.navigate", { url: pathToFileURL(file).href });
  for (let tries = 0; !events.some(({ method }) => method === "Page.loadEventFired"); tries++) {
    if (tries > 600) throw new Error(`${file} did not load within 30 s`);
    await pause(50);
  }
  const page = pageOf(send, events);
  await page.settle();
  return page;
}

function pageOf(send, events) {
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  // Two frames: one that draws, and one to see it drawn.
  const settle = () => evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))");
  const mouse = (type, x, y, more = {}) => send("Input.dispatchMouseEvent", { type, x, y, button: "none", ...more });
  return {
    evaluate,
    settle,
    press: async (key, modifiers = 0) => {
      const text = key.length === 1 ? { text: key } : {};
      await send("Input.dispatchKeyEvent", { type: "keyDown", key, windowsVirtualKeyCode: keyCodes[key] ?? 0, modifiers, ...text });
      await send("Input.dispatchKeyEvent", { type: "keyUp", key, modifiers });
      await settle();
    },
    hover: async (x, y) => (await mouse("mouseMoved", x, y), await settle()),
    wheel: async (x, y, deltaY) => (await mouse("mouseWheel", x, y, { deltaX: 0, deltaY }), await pause(100), await settle()),
    drag: async ([x, y], [toX, toY]) => {
      await mouse("mousePressed", x, y, { button: "left", buttons: 1, clickCount: 1 });
      await mouse("mouseMoved", (x + toX) / 2, (y + toY) / 2, { button: "left", buttons: 1 });
      await mouse("mouseMoved", toX, toY, { button: "left", buttons: 1 });
      await mouse("mouseReleased", toX, toY, { button: "left", clickCount: 1 });
      await settle();
    },
    screenshot: async (file, most = 4000) => {
      const { cssContentSize: { width, height } } = await send("Page.getLayoutMetrics");
      const clip = { x: 0, y: 0, width, height: Math.min(height, most), scale: 1 };
      const { data } = await send("Page.captureScreenshot", { format: "png", captureBeyondViewport: true, clip });
      writeFileSync(file, Buffer.from(data, "base64"));
    },
    /** What it complained about, asked the network for, or put in the reader's way. */
    complaints: () => events.flatMap(complaint),
  };
}

function complaint({ method, params }) {
  if (method === "Runtime.exceptionThrown") return [params.exceptionDetails.exception?.description ?? params.exceptionDetails.text];
  if (method === "Log.entryAdded") return [`${params.entry.level}: ${params.entry.text}`];
  if (method === "Runtime.consoleAPICalled") return ["it writes to the console"];
  if (method === "Page.javascriptDialogOpening") return [`dialog: ${params.message}`];
  const isForeign = method === "Network.requestWillBeSent" && params.type !== "Document";
  return isForeign ? [`it loads ${params.request.url}`] : [];
}
