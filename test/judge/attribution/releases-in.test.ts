import { describe, expect, it } from "vitest";
import { releasesIn } from "../../../src/judge/attribution/releases-in.ts";

const DAY = 86_400;
const window = { from: 0, to: 10 * DAY };

describe("releases", () => {
  it("are models that many accounts came to, all of them late", () => {
    const found = releasesIn(
      [
        { name: "old", first: 60, accounts: "900" },
        { name: "new", first: 5 * DAY, accounts: "40" },
      ],
      window,
    );
    expect(found).toEqual([{ model: "new", time: "1970-01-06T00:00:00.000Z" }]);
  });

  it("are what is known of a model, where anything is", () => {
    const found = releasesIn(
      [
        { name: "new", first: 5 * DAY, accounts: "40" },
        { name: "newer", first: 6 * DAY, accounts: "40" },
      ],
      window,
      [
        { model: "new", time: "1970-01-05T12:00:00.000Z", isKnown: true },
        { model: "unused", time: "1970-01-09T00:00:00.000Z", isKnown: true },
      ],
    );
    expect(found.map(({ model, time, isKnown }) => [model, time, isKnown === true])).toEqual([
      ["new", "1970-01-05T12:00:00.000Z", true],
      ["newer", "1970-01-07T00:00:00.000Z", false],
      ["unused", "1970-01-09T00:00:00.000Z", true],
    ]);
  });

  it("are not models that few accounts use, which come late by chance", () => {
    expect(releasesIn([{ name: "rare", first: 5 * DAY, accounts: "19" }], window)).toEqual([]);
  });
});
