import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { ASSESSMENTS, CAPABILITIES, ROLES } from "../../src/core/assessment.ts";
import { sampleOutcome } from "./sample-outcome.ts";
import { samplePower } from "./sample-power.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../docs/schema/scan-v1.json", import.meta.url), "utf8"),
) as SchemaNode;

interface SchemaNode {
  readonly [key: string]: unknown;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

const validate = new Ajv2020({
  strict: true,
  allErrors: true,
  allowUnionTypes: true,
  formats: { "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ },
}).compile(schema);

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
    for (const path of objectPaths(samplePower())) {
      for (const key of Object.keys(at(samplePower(), path) as object)) {
        const power = samplePower();
        delete (at(power, path) as Record<string, unknown>)[key];
        expect(validate({ ...quiet(), power }), [...path, key].join(".")).toBe(false);
      }
    }
  });

  it("refuses a field it does not know, at every depth", () => {
    for (const path of objectPaths(sample())) {
      const changed = sample();
      (at(changed, path) as Record<string, unknown>)["unheard_of"] = 1;
      expect(validate(changed), path.join(".")).toBe(false);
    }
  });

  it("refuses a result that lacks a field, at every depth", () => {
    for (const path of objectPaths(sample())) {
      for (const key of Object.keys(at(sample(), path) as object)) {
        const changed = sample();
        delete (at(changed, path) as Record<string, unknown>)[key];
        expect(validate(changed), [...path, key].join(".")).toBe(false);
      }
    }
  });

  it("knows the words of the code and no others", () => {
    const { group, member } = schema.$defs!;
    expect(group!.properties!["assessment"]!.enum).toEqual(ASSESSMENTS);
    expect(member!.properties!["role"]!.enum).toEqual(ROLES);
    expect(Object.keys(group!.properties!["capabilities"]!.properties!)).toEqual([...CAPABILITIES]);
  });
});

/** Paths of the objects in a value, the first element standing for every one of an array. */
function objectPaths(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : objectPaths(value[0], [...path, "0"]);
  if (typeof value !== "object" || value === null) return [];
  return [path, ...Object.entries(value).flatMap(([key, one]) => objectPaths(one, [...path, key]))];
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((one, key) => (one as Record<string, unknown>)[key], value);
}
