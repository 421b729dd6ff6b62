import { describe, expect, it } from "vitest";
import { KEY_KINDS } from "../../../src/core/key-kind.ts";
import { isOpener, materialsOf, plantOperation } from "../../../src/judge/power/plant-operation.ts";
import { accountOf, sharedKeysOf } from "../../../src/judge/power/try-operation.ts";
import { copyOf } from "../../../src/judge/traffic-row.ts";
import { random } from "../../../src/stats/random.ts";
import { peoplesRows } from "./rows.ts";

const DAY = 86_400;
const rows = peoplesRows(60, 6, 12);
const materials = materialsOf(rows, rows);
const planted = plantOperation(materials, { accounts: 12, requests_a_day: 8, days: 4 }, random(1));

describe("planting an operation", () => {
  it("deals the work evenly to new accounts over the last days", () => {
    const known = new Set(rows.map(accountOf));
    const loads = [...Map.groupBy(planted, accountOf)];
    expect(loads.map(([, own]) => own.length)).toEqual(Array<number>(12).fill(32));
    for (const [account] of loads) expect(known.has(account)).toBe(false);
    expect(planted).toEqual(planted.toSorted((a, b) => a.time - b.time));
    expect(planted[0]!.time).toBeGreaterThan(rows.at(-1)!.time - 4 * DAY);
  });

  it("shares a wording among its accounts and no key with anybody else", () => {
    const kinds = [...sharedKeysOf(planted)].flatMap((low, at) => (at % 2 === 0 ? [low & 15] : []));
    expect(kinds.toSorted((a, b) => a - b)).toEqual([
      ...Array<number>(4).fill(KEY_KINDS.shingle),
      KEY_KINDS.head,
    ]);
    const apart = sharedKeysOf(rows).length + sharedKeysOf(planted).length;
    expect(sharedKeysOf([...rows, ...planted])).toHaveLength(apart);
  });

  it("uses nobody's words twice, and few of one account", () => {
    const words = new Set(planted.map(({ tokens }) => tokens.slice(24).join()));
    expect(words.size).toBe(planted.length);
    const heavy = materialsOf(peoplesRows(2, 3, 50), rows);
    expect(heavy.openers).toHaveLength(2 * 16);
  });

  it("is made of requests that begin a conversation and are answered", () => {
    const [row] = rows;
    expect(isOpener(row!)).toBe(true);
    expect(isOpener(copyOf(row!, { turn: 1 }))).toBe(false);
    expect(isOpener(copyOf(row!, { outputTokens: 3, answerBytes: 10 }))).toBe(false);
    expect(isOpener(copyOf(row!, { tokenCount: 0 }))).toBe(false);
  });
});
