import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  burn,
  copyNotes,
  countUp,
  echoValues,
  EVER,
  failLate,
  note,
  one,
  openNotes,
  readNotes,
  wrongColumn,
  wrongValue,
} from "./notes-warehouse.ts";

const VALUES = {
  text: "",
  texts: [],
  time: new Date("2026-04-22T03:14:07.123Z"),
  nothing: null,
  large: 18_446_744_073_709_551_615n,
  yes: true,
};

describe("answers", () => {
  test("gives large integers as exact decimal strings and times in UTC", async () => {
    const warehouse = await openNotes();
    const [row] = await warehouse.rows(echoValues, VALUES);
    expect(row).toEqual({
      ...VALUES,
      time: "2026-04-22 03:14:07.123",
      large: "18446744073709551615",
      literal: "{literal:String}",
    });
  });

  test("keeps inserted rows and copies them by a statement with parameters", async () => {
    const warehouse = await openNotes();
    await warehouse.insert("notes" as never, [note(1, "it's"), note(2)]);
    await warehouse.insert("notes" as never, []);
    await warehouse.run(copyNotes, { offset: 10n, tag: "it's" });
    const rows = await warehouse.rows(readNotes, { since: EVER });
    expect(rows.map(({ id }) => id)).toEqual(["1", "2", "11"]);
    expect(rows[0]).toMatchObject({ time: "2026-04-22 03:14:07.123", named: { score: null } });
  });

  test("streams fixed-width rows as RowBinary, every byte of them", async () => {
    const warehouse = await openNotes();
    let bytes = 0;
    let sum = 0n;
    let rest = Buffer.alloc(0);
    for await (const piece of warehouse.bytes(countUp, { n: 300_000n })) {
      bytes += piece.length;
      const whole = Buffer.concat([rest, piece]);
      const end = whole.length - (whole.length % 16);
      for (let at = 8; at < end; at += 16) sum += whole.readBigUInt64LE(at);
      rest = whole.subarray(end);
    }
    expect([bytes, sum]).toEqual([4_800_000, (299_999n * 300_000n) / 2n]);
  });

  test("answers eight queries at once over four sessions, each with its own values", async () => {
    const warehouse = await openNotes();
    const texts = Array.from({ length: 8 }, (_, i) => `text ${i}`);
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(
        texts.map((text) => warehouse.rows(echoValues, { ...VALUES, text })),
      );
      expect(answers.map(([row]) => row?.text)).toEqual(texts);
    }
  });
});

describe("values", () => {
  test("arrive unchanged, whatever they hold, and are never taken for SQL", async () => {
    const warehouse = await openNotes();
    await warehouse.insert("notes" as never, [note(1)]);
    const hostile = [
      "'; DROP TABLE notes; --",
      "\\'; DROP TABLE notes; --",
      "\\",
      "x') OR 1=1 --",
      "{text:String}",
      "a\tb\nc\rd\0e\bf",
      "['a', 'b']",
      "\\N",
      "NULL",
      "DEFAULT",
      "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 和 العربية",
    ];
    const check = async (text: string): Promise<void> => {
      const texts = [text, `${text}'`, `[${text}`];
      const [row] = await warehouse.rows(echoValues, { ...VALUES, text: `.${text}`, texts });
      expect(row).toMatchObject({ text: `.${text}`, texts });
    };
    for (const text of hostile) await check(text);
    await fc.assert(fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 40 }), check), {
      numRuns: 60,
      seed: 7,
    });
    expect(await warehouse.rows(readNotes, { since: EVER })).toHaveLength(1);
  });

  test("may be long", async () => {
    const warehouse = await openNotes();
    const texts = Array.from({ length: 20_000 }, (_, i) => `account-${i}-${"x".repeat(40)}`);
    const [row] = await warehouse.rows(echoValues, { ...VALUES, texts });
    expect(row?.texts).toEqual(texts);
  });

  test("must all be given: one that an earlier query left behind is not used", async () => {
    const warehouse = await openNotes({ sessions: 1 });
    await warehouse.rows(echoValues, { ...VALUES, text: "left behind" });
    const { text: _, ...rest } = VALUES;
    await expect(warehouse.rows(echoValues, rest as never)).rejects.toThrow(
      /refused echo-values: UNKNOWN_QUERY_PARAMETER \(456\)/,
    );
  });
});

describe("after a failure", () => {
  test("no row of a failed query reaches the next answer, on any session", async () => {
    const warehouse = await openNotes();
    for (let round = 0; round < 3; round++) {
      const failures = await Promise.allSettled(
        [200_000, 150_000, 100_000, 10].map((last) => warehouse.rows(failLate, { last })),
      );
      expect(failures.map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
      const answers = await Promise.all(Array.from({ length: 16 }, () => warehouse.rows(one, {})));
      expect(answers.map((rows) => JSON.stringify(rows))).toEqual(Array(16).fill('[{"one":1}]'));
    }
  });

  test("a stream that fails late says so after its first bytes", async () => {
    const warehouse = await openNotes({ sessions: 1 });
    let bytes = 0;
    const read = async (): Promise<void> => {
      for await (const piece of warehouse.bytes(failLate, { last: 400_000 })) bytes += piece.length;
    };
    await expect(read()).rejects.toMatchObject({
      code: "SW_WAREHOUSE_FAILED",
      message: "The warehouse refused fail-late: FUNCTION_THROW_IF_VALUE_IS_NON_ZERO (395)",
    });
    expect(bytes).toBeGreaterThan(0);
    expect(await warehouse.rows(one, {})).toEqual([{ one: 1 }]);
  });

  test("a reader that leaves early ends the query and frees the session", async () => {
    const warehouse = await openNotes({ sessions: 1 });
    for await (const piece of warehouse.bytes(countUp, { n: 100_000_000_000n })) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    expect(await warehouse.rows(one, {})).toEqual([{ one: 1 }]);
  });

  test("a query that takes too long is stopped, and the next one works", async () => {
    const warehouse = await openNotes({ sessions: 1, maxExecutionSeconds: 1 });
    await expect(warehouse.rows(burn, {})).rejects.toThrow(
      "The warehouse refused burn: TIMEOUT_EXCEEDED (159): it took longer than it may",
    );
    expect(await warehouse.rows(one, {})).toEqual([{ one: 1 }]);
  });

  test("the error names the statement and never a value", async () => {
    const warehouse = await openNotes();
    const text = "a secret";
    await expect(warehouse.rows(wrongColumn, { text })).rejects.toMatchObject({
      code: "SW_WAREHOUSE_FAILED",
      message: expect.stringMatching(
        /refused wrong-column: UNKNOWN_IDENTIFIER \(47\): .*no_such_column/,
      ),
    });
    await expect(warehouse.rows(wrongValue, { text })).rejects.toMatchObject({
      message: "The warehouse refused wrong-value: CANNOT_PARSE_TEXT (6)",
    });
    for (const statement of [wrongColumn, wrongValue]) {
      const error: unknown = await warehouse.rows(statement, { text }).catch((e: unknown) => e);
      const { message, stack, cause, details } = error as StillwatchErrorShape;
      expect(JSON.stringify([message, stack, String(cause), details])).not.toContain("secret");
    }
  });

  test("a row that doesn't fit is refused whole, by the table's name", async () => {
    const warehouse = await openNotes();
    await expect(warehouse.insert("notes" as never, [note(1), { id: "a secret" }])).rejects.toThrow(
      /^The warehouse refused notes: [A-Z_]+ \(\d+\)$/,
    );
    expect(await warehouse.rows(readNotes, { since: EVER })).toEqual([]);
  });
});

interface StillwatchErrorShape {
  readonly message: string;
  readonly stack: string;
  readonly cause?: unknown;
  readonly details: unknown;
}
