/**
 * `npm run docs:pictures`: makes the pictures in docs/pictures from a run of the demonstration and from the range's
 * published tables. Takes Debian's Chromium (`apt install chromium`) and a minute or two.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { runCommandLine } from "../src/cli/command-line.ts";
import { processSurroundings } from "../src/cli/surroundings.ts";
import { htmlPage } from "../src/report/html-page.ts";
import { html } from "../src/report/markup.ts";
import { CURVE_STYLE, rangeChart } from "../src/report/range-chart.ts";
import { type Page, openPage } from "../test/report/browser.ts";
import { sweepCharts } from "./site/sweep-charts.ts";
import { terminalPicture } from "./site/terminal-picture.ts";

/** A part of a page as a picture. */
interface Shot {
  readonly name: string;
  readonly file: string;
  /** Elements to show, as a CSS selector; the picture holds them all. */
  readonly shows: string;
  /** Of the window, in CSS pixels. */
  readonly width: number;
  readonly theme?: "dark";
}

const ROOT = join(import.meta.dirname, "..");
const PICTURES = join(ROOT, "docs/pictures");
/** The demonstration's day, so that the pictures change only with the software. */
const DAY = new Date("2026-11-21T00:00:00Z");
const FIRST_PAGE = "header.top, .answers";
/** The charts of the group whose accounts were suspended while others took over. */
const SUSPENDED_GROUP = "details.group:has(.suspended) figure.chart";

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-pictures-"));
  try {
    const printed = await demonstration(folder);
    writeFileSync(join(PICTURES, "terminal.svg"), terminalPicture(firstGroup(printed)));
    const [report, curves] = [join(folder, "report.html"), join(folder, "curves.html")];
    writeFileSync(curves, curvesPage());
    await shoot([
      { name: "report-light", file: report, shows: FIRST_PAGE, width: 1120 },
      { name: "report-dark", file: report, shows: FIRST_PAGE, width: 1120, theme: "dark" },
      { name: "map", file: report, shows: "figure.map", width: 900 },
      { name: "timeline", file: report, shows: SUSPENDED_GROUP, width: 960 },
      { name: "frontier", file: curves, shows: "figure.chart", width: 700 },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs `stillwatch demo` in this process, as on a terminal of 80 columns with colours; returns what it printed. */
async function demonstration(folder: string): Promise<string> {
  const printed: string[] = [];
  const recorder = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      printed.push(chunk.toString());
      done();
    },
  });
  await runCommandLine(["demo", "--folder", folder], {
    ...processSurroundings(),
    stdout: Object.assign(recorder, { isTTY: true, columns: 80 }),
    environment: {},
    now: () => DAY,
  });
  return printed.join("");
}

/** The head of the table and its first group. */
function firstGroup(printed: string): string {
  const lines = printed.split("\n");
  const first = lines.findIndex((line) => line.includes("──"));
  const end = lines.findIndex((line, at) => at > first && line === "");
  return ["$ npm start", "", ...lines.slice(0, end), "…"].join("\n");
}

/** The first two sweeps of the range's frontier. */
function curvesPage(): string {
  const charts = sweepCharts(readFileSync(join(ROOT, "docs/range.md"), "utf8")).slice(0, 2);
  return htmlPage({
    title: "Where detection ends",
    skip: "To the curves",
    contents: [],
    main: html`${charts.map(rangeChart)}`,
    footer: html``,
    style: `${CURVE_STYLE}details{display:none}`,
  });
}

async function shoot(shots: readonly Shot[]): Promise<void> {
  const page = await openPage();
  try {
    for (const shot of shots)
      writeFileSync(join(PICTURES, `${shot.name}.webp`), await picture(page, shot));
  } finally {
    await page.close();
  }
}

async function picture(page: Page, { file, shows, width, theme }: Shot): Promise<Buffer> {
  const window = { width, height: 900, deviceScaleFactor: 1.5, mobile: false };
  await page.send("Emulation.setScrollbarsHidden", { hidden: true });
  await page.send("Emulation.setDeviceMetricsOverride", window);
  const value = theme ?? "light";
  await page.send("Emulation.setEmulatedMedia", {
    features: [{ name: "prefers-color-scheme", value }],
  });
  await page.send("Page.navigate", { url: pathToFileURL(file).href });
  await page.evaluate(
    "new Promise((done) => document.readyState === 'complete' ? done() : addEventListener('load', () => done()))",
  );
  await page.evaluate(UNFOLD);
  const box = (await page.evaluate(boxOf(shows))) as {
    readonly y: number;
    readonly height: number;
  };
  // A window of the picture's height: what lies outside a window is not always drawn.
  await page.send("Emulation.setDeviceMetricsOverride", {
    ...window,
    height: Math.ceil(box.height),
  });
  await page.evaluate(
    `scrollTo({ top: ${box.y}, behavior: "instant" }); new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`,
  );
  const { data } = await page.send("Page.captureScreenshot", {
    format: "webp",
    quality: 82,
    clip: { ...box, scale: 1 },
  });
  return Buffer.from(data as unknown as string, "base64");
}

/** Opens every group and draws it even out of sight; done when the page stands still. */
const UNFOLD = `new Promise((done) => {
  for (const one of document.querySelectorAll("details.group")) {
    one.style.contentVisibility = "visible";
    one.open = true;
  }
  setTimeout(done, 500);
})`;

/** An expression for the box round all elements of a selector, with a margin. */
function boxOf(selector: string): string {
  return `(() => {
    const boxes = [...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.getBoundingClientRect());
    const x = Math.max(0, Math.min(...boxes.map((box) => box.left)) - 12);
    const y = Math.max(0, Math.min(...boxes.map((box) => box.top)) + scrollY - 12);
    const right = Math.min(innerWidth, Math.max(...boxes.map((box) => box.right)) + 12);
    const bottom = Math.max(...boxes.map((box) => box.bottom)) + scrollY + 12;
    return { x, y, width: right - x, height: bottom - y };
  })()`;
}

await main();
