import { describe, expect, it } from "vitest";
import { mergeFindings } from "../../src/judge/weigh-slice.ts";
import { pace } from "../../src/signals/pace.ts";
import type { SliceAccount } from "../../src/signals/slice.ts";
import { measure, sliceOf } from "./slice-of.ts";

/** A midnight, in hours since 1970. */
const START = 24 * 20_000;
const fresh = { created: START * 3600 - 86_400, usual: 40 };
const old = { created: START * 3600 - 400 * 86_400, usual: 40 };

/** Hours of five days in which `each` says how many exchanges there are. */
function hours(each: (day: number, hour: number) => number): Partial<SliceAccount> {
  const all = Array.from({ length: 5 }, (_, day) =>
    Array.from({ length: 24 }, (_unused, hour) => {
      return [START + 24 * day + hour, each(day, hour)] as const;
    }),
  ).flat();
  return { hours: new Map(all.filter(([, n]) => n > 0)) };
}

function told(account: Partial<SliceAccount>, standing = old) {
  const accounts = 10;
  const slice = sliceOf({
    accounts,
    account: () => account,
    standing: Array.from({ length: accounts }, () => standing),
  });
  return measure(pace, slice);
}

const machine = hours(() => 3);
const person = hours((day, hour) => (hour > 8 && hour < 22 ? 1 + (day % 2) : 0));

describe("pace", () => {
  it("tells of accounts round the clock, at full volume from the start, beyond their plan", () => {
    const { value, sentence } = told(machine, fresh);
    expect(value).toBe(1);
    expect(sentence).toContain("10 of 10 accounts have no quiet stretch");
    expect(sentence).toContain("10 of 10 accounts send at full volume from their first day");
    expect(sentence).toContain("10 of 10 accounts send more a day than 19 of 20 established");
  });

  it("is never weighed: cron jobs, migrations and power users do the same", () => {
    const finding = told(machine, fresh);
    expect(finding.bits).toBe(0);
    const of = { axis: "harvest", channel: "time", signal: "pace" } as const;
    expect(mergeFindings([{ ...finding, ...of }]).harvest).toBe(0);
  });

  it("tells nothing of people, who sleep and begin slowly", () => {
    const beginner = hours((day, hour) => (hour > 8 && hour < 22 ? day : 0));
    expect(told(person)).toMatchObject({ value: 0, sentence: "" });
    expect(told(beginner, fresh).value).toBe(0);
  });

  it("counts a cron job that lives within its plan for one trait of three", () => {
    const { value, sentence } = told(hours(() => 1));
    expect(value).toBe(0);
    expect(sentence).toContain("10 of 10 accounts have no quiet stretch");
  });

  it("does not see operations that keep shifts and warm up, or accounts of few requests", () => {
    const shifts = hours((day, hour) => (hour < 8 ? 1 + day : 0));
    const few = hours((_, hour) => (hour === 3 ? 1 : 0));
    for (const account of [shifts, few]) {
      expect(told(account, fresh).value).toBe(0);
    }
  });
});
