import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "../../src/ledger/canonical-json.ts";

describe("the canonical text of JSON", () => {
  it("is that of RFC 8785, section 3.2.2", () => {
    const value = JSON.parse(
      String.raw`{
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
      }`,
    ) as Json;
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it("has names in the order of RFC 8785, section 3.2.3", () => {
    const names = ["\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6"];
    const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])));
    expect(Object.keys(JSON.parse(text) as object)).not.toEqual(names);
    expect([...text.matchAll(/"([^"]+)"/g)].map(([, name]) => JSON.parse(`"${name}"`))).toEqual([
      "\r",
      "1",
      "\u0080",
      "\u00f6",
      "\u20ac",
      "\ud83d\ude00",
      "\ufb33",
    ]);
  });

  it("says the same value, and the same text for the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
      }),
    );
  });

  it("leaves out fields that are undefined, and refuses what is no JSON", () => {
    expect(canonicalJson({ b: undefined, a: [] })).toBe('{"a":[]}');
    expect(() => canonicalJson(Number.NaN)).toThrow("no NaN");
    expect(() => canonicalJson("\ud83d")).toThrow("no text");
  });
});
