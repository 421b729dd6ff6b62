import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderScanReport } from "../../src/report/scan-report.ts";
import { type Page, UNFOLD, openPage } from "./browser.ts";
import { type SampleOptions, sampleOutcome } from "./sample-outcome.ts";

const folder = mkdtempSync(join(tmpdir(), "stillwatch-report-"));
let page: Page;
beforeAll(async () => {
  page = await openPage();
});
afterAll(async () => {
  await page.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(options: SampleOptions): Promise<string> {
  const path = join(folder, "report.html");
  const generatedAt = new Date("2026-06-06T08:00:00Z");
  const outcome = sampleOutcome(options);
  writeFileSync(path, renderScanReport({ outcome, title: "Scan report", generatedAt }));
  const url = pathToFileURL(path).href;
  await page.send("Page.navigate", { url });
  await page.evaluate(
    "new Promise((done) => document.readyState === 'complete' ? done() : addEventListener('load', () => done()))",
  );
  return url;
}

const atWidth = (width: number) =>
  page.send("Emulation.setDeviceMetricsOverride", {
    width,
    height: 900,
    deviceScaleFactor: 1,
    mobile: false,
  });

describe("the scan report in a browser", () => {
  it("asks the network for nothing and complains of nothing", async () => {
    const url = await open({ campaigns: 8, others: 30 });
    const asked = page.events
      .filter(({ method }) => method === "Network.requestWillBeSent")
      .map(({ params }) => (params as unknown as { request: { url: string } }).request.url);
    expect(asked.filter((one) => one !== url && !one.startsWith("data:"))).toEqual([]);
    const complaints = page.events.filter(({ method }) =>
      ["Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"].includes(
        method ?? "",
      ),
    );
    expect(complaints).toEqual([]);
  });

  it.each([360, 390, 768, 1280, 1600])("fits a window of %i pixels", async (width) => {
    await atWidth(width);
    await open({ campaigns: 3, others: 10 });
    await page.evaluate(UNFOLD);
    expect(
      await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      ),
    ).toBe(0);
  });

  it("turns dark and light, opens groups, and filters", async () => {
    await atWidth(1280);
    await open({ campaigns: 8, others: 30 });
    const ground = "getComputedStyle(document.body).backgroundColor";
    const before = await page.evaluate(ground);
    await page.evaluate("document.getElementById('theme').click()");
    expect(await page.evaluate(ground)).not.toBe(before);
    await page.evaluate("document.getElementById('fold').click()");
    expect(
      await page.evaluate("document.querySelectorAll('details.flagged:not([open])').length"),
    ).toBe(0);
    await page.evaluate(
      "{ const box = document.getElementById('filter'); box.value = 'RELAY'; box.dispatchEvent(new Event('input')); }",
    );
    expect(await page.evaluate("document.getElementById('filter-count').textContent")).toBe(
      "6 of 30",
    );
  });

  it("builds a group that waited when it is opened", async () => {
    await open({ campaigns: 24, others: 0 });
    const tables = "document.querySelectorAll('#group-24 table.evidence').length";
    expect(await page.evaluate(tables)).toBe(0);
    await page.evaluate("document.getElementById('group-24').open = true");
    await page.evaluate("new Promise((done) => setTimeout(done, 100))");
    expect(await page.evaluate(tables)).toBe(2);
  });

  it("opens in under a second of its main thread's time with 500 groups of 25,000 accounts", async () => {
    await page.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.send("Page.navigate", { url: "about:blank" });
    const before = await busySeconds();
    await open({ campaigns: 500, others: 100, accounts: 50 });
    expect((await busySeconds()) - before).toBeLessThan(1);
  });
});

/** CPU time that the page's main thread has spent on tasks: what else the machine does is not in it. */
async function busySeconds(): Promise<number> {
  const { metrics } = await page.send("Performance.getMetrics");
  const all = metrics as unknown as readonly { readonly name: string; readonly value: number }[];
  return all.find(({ name }) => name === "TaskDuration")!.value;
}
