/**
 * How long the report of a large scan takes to write, and to open in a browser.
 * Usage: npm run bench -- report [--groups 500] [--accounts 25000] [--others 100] [--runs 5]
 * Opening is measured in Chromium (/usr/bin/chromium) from a file, each time in an empty page. CPU seconds are those of
 * the page's main thread, which a busy machine does not inflate; seconds by the clock are until the load event and until
 * the first content is painted.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { renderScanReport } from "../src/report/scan-report.ts";
import { type Page, openPage } from "../test/report/browser.ts";
import { sampleOutcome } from "../test/report/sample-outcome.ts";

const { values } = parseArgs({
  options: {
    groups: { type: "string", default: "500" },
    accounts: { type: "string", default: "25000" },
    others: { type: "string", default: "100" },
    runs: { type: "string", default: "5" },
  },
});

/** One opening, in seconds. */
interface Opening {
  readonly cpu: number;
  readonly loaded: number;
  readonly painted: number;
}

async function main(): Promise<void> {
  const [campaigns, others] = [Number(values.groups), Number(values.others)];
  const accounts = Math.ceil(Number(values.accounts) / campaigns);
  const outcome = sampleOutcome({ campaigns, others, accounts });
  const before = process.cpuUsage();
  const markup = renderScanReport({ outcome, title: "Scan report", generatedAt: new Date(0) });
  const written = process.cpuUsage(before).user / 1e6;
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-report-"));
  const file = join(folder, "report.html");
  writeFileSync(file, markup);
  const page = await openPage();
  const openings: Opening[] = [];
  try {
    await page.send("Performance.enable", { timeDomain: "threadTicks" });
    for (let run = 0; run < Number(values.runs); run++) openings.push(await opened(page, file));
  } finally {
    await page.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const median = (of: (one: Opening) => number): string => {
    const sorted = openings.map(of).toSorted((a, b) => a - b);
    return `${sorted[sorted.length >> 1]!.toFixed(2)} s (${sorted[0]!.toFixed(2)} to ${sorted.at(-1)!.toFixed(2)})`;
  };
  process.stdout.write(
    [
      `${campaigns} flagged groups of ${campaigns * accounts} accounts, ${others} others, ${openings.length} openings`,
      `written         ${written.toFixed(1)} s of CPU, ${(Buffer.byteLength(markup) / 1e6).toFixed(1)} MB`,
      `opened          ${median(({ cpu }) => cpu)} of the main thread's CPU`,
      `                ${median(({ painted }) => painted)} until the first content is painted`,
      `                ${median(({ loaded }) => loaded)} until it is loaded`,
      "",
    ].join("\n"),
  );
}

async function opened(page: Page, file: string): Promise<Opening> {
  await page.send("Page.navigate", { url: "about:blank" });
  const before = await busySeconds(page);
  await page.send("Page.navigate", { url: pathToFileURL(file).href });
  const { loaded, painted } = (await page.evaluate(TIMES)) as Omit<Opening, "cpu">;
  return { cpu: (await busySeconds(page)) - before, loaded, painted };
}

async function busySeconds(page: Page): Promise<number> {
  const { metrics } = await page.send("Performance.getMetrics");
  const all = metrics as unknown as readonly { readonly name: string; readonly value: number }[];
  return all.find(({ name }) => name === "TaskDuration")!.value;
}

/** Seconds from the start of the navigation, once the page is loaded and painted. */
const TIMES = `new Promise((done) => {
  const look = () => {
    const loaded = performance.getEntriesByType("navigation")[0].loadEventEnd;
    const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    if (loaded > 0 && painted !== undefined) done({ loaded: loaded / 1000, painted: painted / 1000 });
    else setTimeout(look, 20);
  };
  look();
})`;

await main();
