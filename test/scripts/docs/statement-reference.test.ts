import { describe, expect, it } from "vitest";
import { statementReference } from "../../../scripts/docs/statement-reference.ts";

describe("the page of statements", () => {
  it("shows each file's question and its parameters once", () => {
    const page = statementReference(
      new Map([
        [
          "schema/001-a.sql",
          "-- What is kept.\n-- Grain: a row.\nCREATE TABLE a (b UInt8) ENGINE = Memory",
        ],
        [
          "views/count-a.sql",
          "-- How many?\nSELECT count() FROM a WHERE b > {least:UInt8} OR b = {least:UInt8}",
        ],
      ]),
    );
    expect(page).toContain("## schema\n\n- **001-a.sql**: What is kept. Grain: a row.\n");
    expect(page).toContain("- **count-a.sql**: How many? Takes `least: UInt8`.");
  });
});
