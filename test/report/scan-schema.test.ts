import { describe, expect, it } from "vitest";
import { ASSESSMENTS, CAPABILITIES, ROLES } from "../../src/core/assessment.ts";
import { openPlaces, readSchema, sparePlaces, validatorOf } from "./schema-laws.ts";
import { sampleOutcome } from "./sample-outcome.ts";
import { samplePower } from "./sample-power.ts";

const schema = readSchema("scan-v1");
const validate = validatorOf("scan-v1");
const sample = () => structuredClone(sampleOutcome({ accounts: 30, hours: 240 }).result) as unknown;
const quiet = () => ({ ...(sample() as object), groups: [], power: samplePower() });

describe("docs/schema/scan-v1.json", () => {
  it("accepts a whole result of every assessment", () => {
    validate(sample());
    expect(validate.errors).toBeNull();
  });

  it("accepts settings that were changed", () => {
    const changed = { ...(sample() as object), settings: { "echo.cap_bits": 50 } };
    expect(validate(changed)).toBe(true);
  });

  it("accepts a result with nothing in it", () => {
    const empty = {
      ...(sample() as object),
      window: { from: null, to: null },
      groups: [],
      blind: [],
    };
    expect(validate(empty)).toBe(true);
  });

  it("accepts what would have been found, and refuses it in part", () => {
    validate(quiet());
    expect(validate.errors).toBeNull();
    expect(validate({ ...quiet(), power: { ...samplePower(), smallest: null } })).toBe(true);
    const places = sparePlaces(validate, quiet());
    expect(places.filter((path) => path.startsWith("power."))).toEqual([]);
  });

  it("refuses a field it does not know, at every depth", () => {
    expect(openPlaces(validate, sample())).toEqual([]);
  });

  it("refuses a result that lacks a field, at every depth", () => {
    expect(sparePlaces(validate, sample())).toEqual([]);
  });

  it("knows the words of the code and no others", () => {
    const { group, member } = schema.$defs!;
    expect(group!.properties!["assessment"]!.enum).toEqual(ASSESSMENTS);
    expect(member!.properties!["role"]!.enum).toEqual(ROLES);
    expect(Object.keys(group!.properties!["capabilities"]!.properties!)).toEqual([...CAPABILITIES]);
  });
});
