import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { statementsModule } from "../../scripts/generate/statements-module.ts";
import { parameterType, rowType } from "../../scripts/generate/typescript-type.ts";
import { emptyFolder, NOTES_SQL } from "./notes-warehouse.ts";

test("writes one typed constant a statement, as the engine describes it", async () => {
  await expect(statementsModule(NOTES_SQL)).toMatchFileSnapshot("golden/statements.gen.txt");
});

describe("refuses", () => {
  const refused = (files: Readonly<Record<string, string>>): (() => string) => {
    const folder = emptyFolder();
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return () => statementsModule(folder);
  };

  test("a file without a comment", () => {
    expect(refused({ "features/a.sql": "SELECT 1" })).toThrow(
      "features/a.sql: the first line must be a comment: question, grain, cost.",
    );
  });

  test("two statements of one name", () => {
    expect(
      refused({ "features/a.sql": "-- A.\nSELECT 1", "views/a.sql": "-- A.\nSELECT 1" }),
    ).toThrow("views/a.sql: another file has the same name.");
  });

  test("two statements in one file", () => {
    expect(refused({ "features/a.sql": "-- A.\nSELECT ';'; SELECT 2" })).toThrow(
      "features/a.sql: one statement a file.",
    );
  });

  test("a placeholder of two types", () => {
    expect(refused({ "features/a.sql": "-- A.\nSELECT {a:UInt8}, {a:String}" })).toThrow(
      "features/a.sql: {a} has two types.",
    );
  });

  test("a statement that the engine refuses, by its file's name", () => {
    expect(refused({ "features/a.sql": "-- A.\nSELECT nothing" })).toThrow(
      /^features\/a\.sql: Code: 47\. /,
    );
  });
});

test("maps the engine's types to what JSON carries", () => {
  const types = [
    "UInt32",
    "Int64",
    "LowCardinality(Nullable(String))",
    "Array(Nullable(Float64))",
    "Array(Tuple(UInt8, Array(UInt64)))",
    "Tuple(a UInt8, `b c` Map(String, Array(Bool)))",
    "Enum8('a(,' = 1, 'b' = 2)",
    "DateTime64(3, 'UTC')",
    "SimpleAggregateFunction(groupUniqArrayArray, Array(UInt64))",
  ];
  expect(types.map(rowType)).toEqual([
    "number",
    "string",
    "string | null",
    "readonly (number | null)[]",
    "readonly (readonly [number, readonly string[]])[]",
    '{ readonly a: number; readonly "b c": Readonly<Record<string, readonly boolean[]>> }',
    "string",
    "string",
    "readonly string[]",
  ]);
  expect(() => rowType("AggregateFunction(sum, UInt8)")).toThrow("No row can carry");
});

test("takes a large integer only in a form that keeps its digits", () => {
  expect(["UInt64", "Array(UInt64)", "Nullable(Date)", "DateTime64(3)"].map(parameterType)).toEqual(
    ["bigint | string", "readonly (bigint | string)[]", "string | null", "Date"],
  );
});
