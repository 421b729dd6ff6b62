import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactText } from "../../src/report/redact-text.ts";

describe("redactText", () => {
  it.each([
    ["write to mara.lindqvist@example.org today", "write to [mail] today"],
    ["写信给 王@例子.中国 好吗", "写信给 [mail] 好吗"],
    ["see https://intranet.example/x?id=9, please", "see [link] please"],
    ["call +46 70 123 45 67 or (030) 901820-11", "call [number] or [number]"],
    ["card 4111 1111 1111 1111", "card [number]"],
    ["account DE89 3704 0044 0532 0130 00 is mine", "account [number] is mine"],
    ["from 203.0.113.9 and 2001:db8::7f", "from [address] and [address]"],
    ["key sk-live-9aXk22PqLmN81xYz end", "key [key] end"],
    ["Authorization: Bearer abcdef123456", "Authorization: [key]"],
    ["id 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "id [id]"],
    ["session a81f0c2299de41b7aa", "session [id]"],
    ["open /home/mara/notes.txt", "open [path]/notes.txt"],
    ["ask @mara_l about it", "ask [handle] about it"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcDEF", "[key]"],
  ])("takes the identifier out of %j", (text, redacted) => {
    expect(redactText(text, 200)).toBe(redacted);
  });

  it.each([
    "Add 12 and 30, then divide by 7.5.",
    "In 2024 the ratio was 3:2 at 14:05:09.",
    "Use a well-known algorithm; see section 4.2.1 for x_1 and x_2.",
    "请一步一步写出推理过程。",
  ])("leaves %j as it is", (text) => {
    expect(redactText(text, 200)).toBe(text);
  });

  it("cuts at a space and says that it cut", () => {
    expect(redactText("one two three four five", 12)).toBe("one two…");
  });

  it("never shows a part of an identifier that the cut goes through", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 80 }), (before) => {
        const text = `${"word ".repeat(before)}mara.lindqvist@example.org`;
        expect(redactText(text, 200)).not.toMatch(/mara|example/);
      }),
    );
  });

  it("is bounded in length and well-formed for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3000 }), (text) => {
        const redacted = redactText(text, 100);
        expect(redacted.length).toBeLessThanOrEqual(100);
      }),
    );
  });

  it("is quick on text made to be slow", () => {
    for (const one of ["a.", "1 ", "a:", "@", "AA11 ", "eyJ", "a-1"])
      redactText(one.repeat(100_000), 280);
  });
});
