import { describe, expect, it } from "vitest";
import type { ScanOutcome } from "../../src/judge/scan.ts";
import { renderScanReport } from "../../src/report/scan-report.ts";
import { sampleOutcome } from "./sample-outcome.ts";
import { samplePower } from "./sample-power.ts";

const generatedAt = new Date("2026-06-06T08:00:00Z");
const render = (outcome: ScanOutcome, title = "Scan report") =>
  renderScanReport({ outcome, title, generatedAt });

/** The page as it is read: no tags, no style, no script, entities resolved. */
function words(page: string): string {
  return page
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
}

describe("the scan report", () => {
  it("reads as its golden text", async () => {
    const page = words(
      render(sampleOutcome({ campaigns: 1, others: 5, accounts: 120, hours: 480 })),
    );
    await expect(page.replaceAll(". ", ".\n")).toMatchFileSnapshot("./golden/scan-report.txt");
  });

  it("marks what is told and not weighed, after what is weighed", () => {
    const outcome = sampleOutcome({ campaigns: 1, others: 0, accounts: 30, hours: 48 });
    const [group] = outcome.result.groups;
    const [first] = group!.evidence.filter(({ axis }) => axis === "coordination");
    const told = { ...first!, signal: "evenness", bits: 0, describes: true, sentence: "So even." };
    const groups = [{ ...group!, evidence: [told, ...group!.evidence] }];
    const page = words(render({ ...outcome, result: { ...outcome.result, groups } }));
    expect(page).toMatch(/So even\. Told, not weighed\. [^–]* – Correction/);
  });

  it("says what nothing flagged means", () => {
    const page = words(render(sampleOutcome({ campaigns: 0, others: 0, hours: 48 })));
    expect(page).toContain("Nothing is flagged in this traffic");
    expect(page).toContain("That is not proof that there is none.");
    expect(page).toContain("No other group was found.");
    expect(page).not.toContain("What would have been found?");
  });

  it("says what would have been found where nothing is flagged", () => {
    const quiet = sampleOutcome({ campaigns: 0, others: 0, hours: 48 });
    const result = { ...quiet.result, power: samplePower() };
    expect(words(render({ ...quiet, result }))).toMatch(
      /What would have been found\? .*an operation of 32 accounts sending 8 requests a day each/,
    );
  });

  it("says so when there was nothing to judge", () => {
    const empty = sampleOutcome({ campaigns: 0, others: 0, hours: 0 });
    const result = { ...empty.result, window: { from: null, to: null } };
    expect(words(render({ ...empty, result }))).toContain("There was nothing to judge");
  });

  it("is the same for the same outcome", () => {
    expect(render(sampleOutcome())).toBe(render(sampleOutcome()));
  });

  it("names nothing outside the file", () => {
    const page = render(sampleOutcome());
    expect(page).not.toMatch(/(?:src|href|action|srcset)="(?!#|data:)/);
    expect(page).not.toMatch(/url\(|@import|https?:/);
    expect(page).toContain("default-src 'none'");
  });

  it("grows with groups and not with accounts", () => {
    const small = render(sampleOutcome({ campaigns: 1, accounts: 400 }));
    const large = render(sampleOutcome({ campaigns: 1, accounts: 25_000 }));
    expect(large.length / small.length).toBeLessThan(1.2);
  });

  it("shows every account of a small group that must be looked at one by one", () => {
    const outcome = sampleOutcome({ campaigns: 1, accounts: 45 });
    const apart = outcome.result.groups[0]!.members.filter(({ role }) => role !== "operated");
    const page = render(outcome);
    for (const { account } of apart) expect(page).toContain(account);
  });

  it("says so where no text of the examples was kept", () => {
    const page = words(render({ ...sampleOutcome({ campaigns: 1 }), texts: new Map() }));
    expect(page).toContain("No text of these was kept");
    expect(page).not.toContain("[mail]");
  });

  it("holds the sections it defers as text that cannot end early", () => {
    const page = render(sampleOutcome({ campaigns: 30, others: 0, accounts: 20, hours: 240 }));
    expect(page.match(/<script type="text\/plain">/g)).toHaveLength(20);
    expect(page.match(/<\/script>/g)).toHaveLength(21);
  });

  it("shows a flagged group of which no picture was kept", () => {
    const page = render({ ...sampleOutcome({ campaigns: 1 }), details: [] });
    expect(page).toContain("Merged");
    expect(page).not.toContain("Through time");
  });

  it("says in words what gathered a group, and what stands in the place where its template varies", () => {
    const page = words(render(sampleOutcome({ campaigns: 1, others: 0, hours: 240 })));
    expect(page).toContain(
      "An exchange is looked at where it carries at least 9 of these 25 keys.",
    );
    expect(page).toMatch(/24 pieces of the prompts 148 to 240 of 240 0 to 3 /);
    expect(page).toMatch(/1 set of tools 216 of 240 1,840 /);
    expect(page).toContain("then grade your own answer from 1 to 10. Task: 1 ex_");
    expect(page).toContain("1 two trains leave Kiruna; show all of it.");
  });

  it("shows the evidence of a group that is explained, with its reason", () => {
    const page = render(sampleOutcome({ campaigns: 0, others: 5, hours: 240 }));
    const [, section] = /<details\s+class="group"\s+id="other-3"\s*>([\s\S]*?)<\/details>/.exec(
      page,
    )!;
    expect(words(section!)).toContain("Not flagged: explained. One declared organization since");
    expect(words(section!)).toContain("One skeleton of 214 words carries 91 %");
    expect(page).toContain('<a href="#other-3">');
  });

  it("begins with the flagged group that most channels speak of", () => {
    const outcome = sampleOutcome({ campaigns: 2, others: 0, accounts: 20, hours: 48 });
    const [a, b] = outcome.result.groups;
    const [narrow, wide] = a!.coordination_bits > b!.coordination_bits ? [a!, b!] : [b!, a!];
    const one = { ...narrow, evidence: narrow.evidence.filter((e) => e.channel === "output") };
    const strong = { ...one, coordination_bits: 90, harvest_bits: 90 };
    const page = words(
      render({ ...outcome, result: { ...outcome.result, groups: [strong, wide] } }),
    );
    expect(page).toContain("The clearest group in brief: group 2");
  });

  it("keeps the words to flagged, confirmed and explained", () => {
    const page = words(render(sampleOutcome()));
    expect(page).not.toMatch(/guilty|fraud|convict|culprit|criminal|probably/i);
  });
});

describe("the scan report and hostile text", () => {
  const hostile = `"><img src=x onerror=alert(1)><script>alert(2)</script></style>'\u202e&amp;\u0000\ud800`;

  function poisoned(...kept: readonly string[]): ScanOutcome {
    const outcome = structuredClone(
      sampleOutcome({ campaigns: 2, others: 5, accounts: 20, hours: 240 }),
    );
    const poison = (value: unknown, key = ""): unknown => {
      if (typeof value === "string")
        return KEPT.has(key) || kept.includes(key) || /^\d{4}-/.test(value)
          ? value
          : hostile + value;
      if (Array.isArray(value)) return value.map((one) => poison(one, key));
      if (value instanceof Map)
        return new Map([...value].map(([k, v]) => [hostile + k, poison(v)]));
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poison(v, k)]));
    };
    return poison(outcome) as ScanOutcome;
  }
  const KEPT = new Set(["assessment", "axis", "channel", "event", "role"]);

  it("stays text wherever it comes from", () => {
    const page = render(poisoned(), hostile);
    expect(page).not.toContain("<img src=x");
    expect(page).not.toContain("<script>alert");
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<\/style/g)).toHaveLength(1);
    expect(page).not.toMatch(/[\u0000\u202a-\u202e]/);
    expect(page.isWellFormed()).toBe(true);
  });

  it("adds no attribute and no element", () => {
    const shape = (page: string) =>
      page
        .replace(/<(style|script)>[\s\S]*?<\/\1>/g, "")
        .match(/<[^>]*>/g)!
        .map((tag) => tag.replace(/"[^"]*"/g, '""'));
    // A signal that is not known here has no look-alikes to show.
    expect(shape(render(poisoned("signal"), hostile))).toEqual(
      shape(render(sampleOutcome({ campaigns: 2, others: 5, accounts: 20, hours: 240 }))),
    );
  });
});
