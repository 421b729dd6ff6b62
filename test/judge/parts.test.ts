import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openScanBench, type ScanBench } from "./scan-bench.ts";
import { plantedWorld } from "./worlds.ts";

let bench: ScanBench;
beforeAll(() => {
  bench = openScanBench();
});
afterAll(() => bench.close());

it("answers the same where every exchange comes as request, response and usage", async () => {
  const { exchanges, accounts } = await bench.world(plantedWorld(1));
  const lines = readFileSync(exchanges, "utf8").trimEnd().split("\n");
  const parts = lines.flatMap((line) => {
    const { request, response, usage, ...envelope } = JSON.parse(line) as Record<string, unknown>;
    return [
      { ...envelope, part: "request", request },
      { ...envelope, part: "response", response },
      { ...envelope, part: "usage", usage },
    ].map((part) => JSON.stringify(part));
  });
  const whole = await bench.scan({ files: [exchanges], accounts });
  const split = await bench.scan({
    files: [bench.file("parts.ndjson", parts.join("\n"))],
    accounts,
  });
  expect(split.intake.accepted).toBe(3 * lines.length);
  expect(split.result).toEqual(whole.result);
});
