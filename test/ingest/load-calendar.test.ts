import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCalendar } from "../../src/ingest/load-calendar.ts";

const LINES = `{"kind":"release","time":"2026-11-18T06:00:00+01:00","model":"orion-5"}

{"kind":"suspension","time":"2026-11-19","accounts":["acct_1","acct_2"]}
{"kind":"outage","from":"1970-01-03T23:00:00Z","to":"1970-01-04T01:00:00Z"}
{"kind":"holiday","from":"1970-01-10","to":"1970-01-11"}
`;
const LIST = `# What we know.
- { kind: release, time: 2026-11-18T05:00:00Z, model: orion-5 }
- kind: suspension
  time: 2026-11-19T00:00:00Z
  accounts: [acct_1, acct_2]
- { kind: outage, from: 1970-01-03T23:00:00Z, to: 1970-01-04T01:00:00Z }
- { kind: holiday, from: 1970-01-10, to: 1970-01-11 }
`;

function load(text: string): unknown {
  const file = join(mkdtempSync(join(tmpdir(), "stillwatch-calendar-")), "calendar");
  writeFileSync(file, text);
  try {
    return loadCalendar(file);
  } catch (error) {
    return (error as Error).message.replace(/^.*calendar,/, "calendar,");
  }
}

describe("a calendar", () => {
  it("is read from lines and from a list alike", () => {
    const said = load(LINES);
    expect(said).toEqual({
      releases: [{ model: "orion-5", time: "2026-11-18T05:00:00.000Z", isKnown: true }],
      suspensions: [{ time: Date.UTC(2026, 10, 19) / 1000, accounts: ["acct_1", "acct_2"] }],
      unusualDays: new Set([2, 3, 9]),
    });
    expect(load(LIST)).toEqual(said);
    const nothing = { releases: [], suspensions: [], unusualDays: new Set() };
    expect([load(""), load("[]")]).toEqual([nothing, nothing]);
  });

  it.each([
    ['{"kind":"party","time":"2026-11-18"}', "calendar, line 1: kind: "],
    [`${LINES}{"kind":"release","time":"soon","model":"m"}`, "calendar, line 6: time: is not a"],
    ['\n{"kind":"release","time":"2026-11-18","model":"m","mode":1}', "calendar, line 2: "],
    ['{"kind":"suspension","time":"2026-11-18","accounts":[]}', "calendar, line 1: accounts: "],
    ['{"kind":"release"\n', "calendar, line 1: not valid JSON."],
    [
      '{"kind":"outage","from":"2026-11-18","to":"2026-11-18"}',
      "calendar, line 1: to: must be after `from`",
    ],
    ["- kind: release\n  time: 2026-11-18\n- kind: 4", "calendar, line 1: 0.model: "],
    [`${LIST}- { kind: holiday, from: 2026-01-01, to: 2028-01-01 }`, "calendar, line 8: 4.to: "],
    ["release: orion-5", "calendar, line 1: expected array"],
  ])("says which line it can't read: %j", (text, said) => {
    expect(load(text)).toContain(said);
  });
});
