import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Page, openPage } from "../../report/browser.ts";

const root = join(import.meta.dirname, "../../..");
const out = mkdtempSync(join(tmpdir(), "stillwatch-site-"));
let page: Page;
let said = "";
beforeAll(async () => {
  const command = [join(root, "scripts/docs-site.ts"), "--out", out];
  said = execFileSync(process.execPath, command, { cwd: root, encoding: "utf8" });
  page = await openPage();
});
afterAll(async () => {
  await page.close();
  rmSync(out, { recursive: true, force: true });
});

const files = () => readdirSync(out, { recursive: true, encoding: "utf8" });

async function open(path: string, width: number): Promise<void> {
  const size = { width, height: 900, deviceScaleFactor: 1, mobile: false };
  await page.send("Emulation.setDeviceMetricsOverride", size);
  await page.send("Page.navigate", { url: pathToFileURL(join(out, path)).href });
  await page.evaluate(
    "new Promise((done) => document.readyState === 'complete' ? done() : addEventListener('load', () => done()))",
  );
}

const typed = (words: string) =>
  page.evaluate(
    `new Promise((done) => { const field = document.getElementById("search"); field.focus(); field.value = ${JSON.stringify(words)}; field.dispatchEvent(new Event("input")); const wait = () => document.querySelector("#found li, #found p:not(:empty)") ? done() : setTimeout(wait, 20); wait(); })`,
  );

describe("the built site", () => {
  it("has every page, and no dead link or file of another host, or the build would have failed", () => {
    const pages = files();
    for (const path of ["index", "tutorial", "guide", "range", "architecture", "adr/index"])
      expect(pages).toContain(`${path}.html`);
    for (const signal of readdirSync(join(root, "docs/signals")))
      expect(pages).toContain(`signals/${signal.replace(/md$/, "html")}`);
    expect(said).toContain(`${pages.filter((path) => path.endsWith(".html")).length} pages`);
  });

  it("scrolls its wide tables and code by themselves, and never the page, in a window of 390 pixels", async () => {
    for (const path of files().filter((one) => /^(?!source\/).*\.html$/.test(one))) {
      await open(path, 390);
      const over = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(over), path).toBe(0);
    }
    await open("range.html", 390);
    const wide =
      "[...document.querySelectorAll('.wide')].map((one) => one.scrollWidth - one.clientWidth)";
    expect(Math.max(...((await page.evaluate(wide)) as number[]))).toBeGreaterThan(500);
  });

  it("finds sections by their words, without a server", async () => {
    await open("adr/index.html", 1400);
    await typed("q9 no such words");
    expect(await page.evaluate("document.querySelector('#found p').textContent")).toContain(
      "Nothing found",
    );
    await typed("agreements file");
    await page.evaluate("void document.querySelector('#search').form.requestSubmit()");
    // Asked from outside: a page that is left answers nothing more.
    await expect
      .poll(() => page.evaluate("location.href").catch(String))
      .toContain("guide.html#agreements");
  });

  it("turns dark and stays so on the next page", async () => {
    await open("index.html", 1400);
    const ground = "getComputedStyle(document.body).backgroundColor";
    const before = await page.evaluate(ground);
    await page.evaluate("document.getElementById('theme').click()");
    const after = await page.evaluate(ground);
    expect(after).not.toBe(before);
    await open("signals/echo.html", 1400);
    expect(await page.evaluate(ground)).toBe(after);
  });

  it("names every picture, table and control, marks the page in the contents, and leaps over the head", async () => {
    await open("index.html", 1400);
    expect(await page.evaluate("[...document.images].filter(({ alt }) => alt === '').length")).toBe(
      0,
    );
    expect(await page.evaluate("document.querySelectorAll('.wide:not([aria-label])').length")).toBe(
      0,
    );
    expect(await page.evaluate("document.getElementById('search').labels.length")).toBe(1);
    expect(await page.evaluate("document.querySelectorAll('[aria-current=page]').length")).toBe(1);
    expect(await page.evaluate("document.querySelector('a').getAttribute('href')")).toBe("#main");
  });

  it("asked only for its own files, and complained of nothing", () => {
    const asked = page.events
      .filter(({ method }) => method === "Network.requestWillBeSent")
      .map(({ params }) => (params as unknown as { request: { url: string } }).request.url);
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((url) => !url.startsWith(pathToFileURL(out).href))).toEqual([]);
    const kinds = ["Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"];
    expect(page.events.filter(({ method }) => kinds.includes(method ?? ""))).toEqual([]);
  });
});
