import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderScanReport } from "../../src/report/scan-report.ts";
import { type Page, UNFOLD, openPage } from "./browser.ts";
import { sampleOutcome } from "./sample-outcome.ts";

const folder = mkdtempSync(join(tmpdir(), "stillwatch-access-"));
let page: Page;

beforeAll(async () => {
  page = await openPage();
  const path = join(folder, "report.html");
  const outcome = sampleOutcome({ campaigns: 2, others: 14, accounts: 60, hours: 240 });
  const generatedAt = new Date("2026-06-06T08:00:00Z");
  writeFileSync(path, renderScanReport({ outcome, title: "Scan report", generatedAt }));
  await page.send("Page.navigate", { url: pathToFileURL(path).href });
  await page.evaluate(
    "new Promise((done) => document.readyState === 'complete' ? done() : addEventListener('load', () => done()))",
  );
});
afterAll(async () => {
  await page.close();
  rmSync(folder, { recursive: true, force: true });
});

const inTheme = async (value: "light" | "dark", media = "screen") => {
  await page.send("Emulation.setEmulatedMedia", {
    media,
    features: [{ name: "prefers-color-scheme", value }],
  });
};

const press = async (key: string, code = 0) => {
  const named = { key, code: key, windowsVirtualKeyCode: code };
  const text = key === "Enter" ? { text: "\r" } : {};
  await page.send("Input.dispatchKeyEvent", { type: "keyDown", ...named, ...text });
  await page.send("Input.dispatchKeyEvent", { type: "keyUp", ...named });
};

describe("the scan report with a keyboard", () => {
  it("leads past its head first, then to all that can be used, each with a mark where it is", async () => {
    await press("Tab", 9);
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    expect(await page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")).toBe(
      true,
    );
    await press("Enter", 13);
    expect(await page.evaluate("location.hash")).toBe("#main");
    await press("Tab", 9);
    expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true);
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe(
      "solid",
    );
  });

  it("opens a group that is closed", async () => {
    await page.evaluate("document.querySelector('#other-1 > summary').focus()");
    await press("Enter", 13);
    expect(await page.evaluate("document.getElementById('other-1').open")).toBe(true);
  });
});

describe("the scan report to assistive technology", () => {
  it("has a name for everything that can be used, and for every table and picture", async () => {
    await page.evaluate(UNFOLD);
    const { nodes } = await page.send("Accessibility.getFullAXTree");
    const all = nodes as unknown as readonly {
      readonly ignored: boolean;
      readonly role?: { readonly value: string };
      readonly name?: { readonly value: string };
    }[];
    const named = ["button", "link", "searchbox", "table", "image", "region", "navigation"];
    const nameless = all.filter(
      ({ ignored, role, name }) =>
        !ignored && named.includes(role?.value ?? "") && (name?.value ?? "").trim() === "",
    );
    expect(nameless.map(({ role }) => role?.value)).toEqual([]);
    expect(all.filter(({ role }) => role?.value === "table").length).toBeGreaterThan(20);
  });

  it("has headings without gaps, ids once, links that lead somewhere, and scopes for headers", async () => {
    expect(
      await page.evaluate(`(() => {
        const all = (selector) => [...document.querySelectorAll(selector)];
        const ids = all("[id]").map(({ id }) => id);
        const levels = all("h1,h2,h3,h4").map((one) => Number(one.tagName[1]));
        return {
          language: document.documentElement.lang,
          mains: all("main").length,
          twice: ids.filter((id, at) => ids.indexOf(id) !== at),
          astray: all("a[href^='#']").filter((one) => !document.getElementById(one.hash.slice(1))).map(({ hash }) => hash),
          gaps: levels.filter((level, at) => level - (levels[at - 1] ?? 0) > 1),
          scopeless: all("th:not([scope])").length,
          caught: all(".scroll").filter((one) => one.tabIndex < 0).length,
        };
      })()`),
    ).toEqual({
      language: "en",
      mains: 1,
      twice: [],
      astray: [],
      gaps: [],
      scopeless: 0,
      caught: 0,
    });
  });

  it.each(["light", "dark"] as const)("has enough contrast in the %s", async (theme) => {
    await inTheme(theme);
    await page.evaluate(UNFOLD);
    expect(await page.evaluate(FAINT)).toEqual([]);
  });
});

it("prints every group, on white, without what only works on a screen", async () => {
  await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = false");
  await inTheme("dark", "print");
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  expect(
    await page.evaluate(`({
      ground: getComputedStyle(document.body).backgroundColor,
      closed: document.querySelectorAll("details:not([open])").length,
      waiting: document.querySelectorAll("details > script").length,
      tools: [...document.querySelectorAll("nav, button, input")].filter((one) => one.checkVisibility()).length,
    })`),
  ).toEqual({ ground: "rgb(255, 255, 255)", closed: 0, waiting: 0, tools: 0 });
  const { data } = await page.send("Page.printToPDF", { printBackground: true });
  const pdf = Buffer.from(data as unknown as string, "base64").toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/g)!.length).toBeGreaterThan(16);
});

/** Texts of less contrast than WCAG 2.2 asks for (1.4.3): 4.5, or 3 where they are large. */
const FAINT = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (channels(colour)[3] !== 0) return colour;
    }
  };
  const texts = [...document.querySelectorAll("body *")].filter((one) =>
    one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ""));
  return [...new Set(texts.flatMap((one) => {
    const style = getComputedStyle(one);
    const size = parseFloat(style.fontSize);
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const [a, b] = [light(one.closest("svg") ? style.fill : style.color), light(ground(one))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return contrast < least ? [one.tagName + "." + one.className + " " + contrast.toFixed(2)] : [];
  }))];
})()`;
