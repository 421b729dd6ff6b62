import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ScanOutcome } from "../../src/judge/scan.ts";
import type { AccountLine } from "../../src/range/world.ts";
import { makeRandom } from "../../src/range/random.ts";
import { openScanBench, type ScanBench, type WorldFiles } from "./scan-bench.ts";
import { plantedWorld } from "./worlds.ts";

let bench: ScanBench;
let world: WorldFiles;
let lines: readonly string[];
let dataDir: string;
let first: ScanOutcome;

beforeAll(async () => {
  bench = openScanBench();
  world = await bench.world(plantedWorld(1));
  lines = readFileSync(world.exchanges, "utf8").trimEnd().split("\n");
  dataDir = bench.dataDir();
  const files = [world.exchanges];
  first = await bench.scan({ files, accounts: world.accounts, dataDir, power: true });
});
afterAll(() => bench.close());

const text = (outcome: ScanOutcome): string =>
  JSON.stringify([outcome.result, outcome.details], null, 1);
const operated = (): readonly string[] => world.truth.campaigns[0]!.accounts;
/** Assessment and members of every group. */
const membersOf = ({ result }: ScanOutcome) =>
  result.groups.map((group) => [group.assessment, group.accounts.toSorted()]);

describe("scan", () => {
  it("flags the planted operation, whole and alone", () => {
    expect(membersOf(first)).toEqual([["campaign", operated()]]);
    const group = first.result.groups[0]!;
    expect(group.q_value).toBeLessThanOrEqual(0.01);
    expect(group.detected_at! > group.first_seen).toBe(true);
    expect(group.exchanges_before_alert).toBeLessThan(group.exchanges);
    expect(group.exchanges).toBe(world.truth.campaigns[0]!.exchanges);
  });

  it("does not ask what it would have found where something is flagged", () => {
    expect(first.result).not.toHaveProperty("power");
  });

  it("counts what it read", () => {
    expect(first.intake).toMatchObject({
      lines: lines.length,
      accepted: lines.length,
      rejected: 0,
    });
    expect(first.result.exchanges).toBe(lines.length);
    expect(first.result.blind).toEqual([]);
  });

  it("answers by the published schema", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../docs/schema/scan-v1.json", import.meta.url), "utf8"),
    ) as object;
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
    const ajv = new Ajv2020({
      allErrors: true,
      allowUnionTypes: true,
      formats: { "date-time": time },
    });
    const validate = ajv.compile(schema);
    validate(first.result);
    expect(validate.errors).toBeNull();
  });

  it("draws of every group the hours that its accounts were active in", () => {
    const [group, detail] = [first.result.groups[0]!, first.details[0]!];
    expect(first.details.map(({ id }) => id)).toEqual(first.result.groups.map(({ id }) => id));
    expect(detail.group).toHaveLength(detail.everyone.length);
    for (const [hour, count] of detail.group.entries()) {
      expect(count).toBeLessThanOrEqual(detail.everyone[hour]!);
    }
    expect(new Set(detail.matrix.accounts)).toEqual(new Set(group.accounts));
    expect(detail.matrix.counts.flat().reduce((a, b) => a + b, 0)).toBe(group.exchanges);
  });

  it("takes the same files for repeats in the same data folder, and answers the same bytes", async () => {
    const again = await bench.scan({ files: [world.exchanges], accounts: world.accounts, dataDir });
    expect(again.intake).toMatchObject({ lines: lines.length, accepted: 0, repeats: lines.length });
    expect(text(again)).toBe(text(first));
  });

  it("answers the same bytes from another data folder, other files and another order of lines", async () => {
    const shuffled = makeRandom("order").sample(lines, lines.length);
    expect(shuffled).not.toEqual(lines);
    const third = Math.floor(lines.length / 3);
    const files = [
      shuffled.slice(2 * third),
      shuffled.slice(0, third),
      shuffled.slice(third, 2 * third),
    ].map((part, i) => bench.file(`part-${i}.ndjson`, `${part.join("\n")}\n`));
    const outcome = await bench.scan({ files, accounts: world.accounts });
    expect(text(outcome)).toBe(text(first));
  });

  it("names no private means, network, key or prompt in its answer", () => {
    const answer = text(first);
    const secrets = new Set<string>();
    for (const line of lines) {
      const { client, credential } = JSON.parse(line) as {
        client: { ip: string; ja4: string; user_agent: string };
        credential: string;
      };
      for (const secret of [client.ip, client.ja4, client.user_agent, credential])
        secrets.add(secret);
    }
    for (const { payment, phone, device, email_domain } of accountsOf(world)) {
      for (const secret of [payment, phone, device, email_domain]) secrets.add(secret ?? "");
    }
    secrets.delete("");
    expect(secrets.size).toBeGreaterThan(200);
    expect([...secrets].filter((secret) => answer.includes(secret))).toEqual([]);
    expect(answer).not.toContain("<reasoning>");
    expect(first.texts.size).toBe(0);
  });

  it("gives the prompts of examples beside the result, of accounts whose contract keeps text", async () => {
    const kept = new Set(operated().filter((_, i) => i % 2 === 0));
    const accounts = accountsOf(world).map((line) =>
      JSON.stringify({ ...line, text: kept.has(line.account) ? "keep" : "none" }),
    );
    const outcome = await bench.scan({
      files: [world.exchanges],
      accounts: bench.file("keeping.ndjson", accounts.join("\n")),
      keepTextDays: 7,
    });
    expect(text(outcome)).toBe(text(first));
    const examples = outcome.result.groups.flatMap((g) => g.evidence.flatMap((e) => e.examples));
    const owner = new Map(
      lines.map((line) => {
        const { id, account } = JSON.parse(line) as { id: string; account: string };
        return [id, account];
      }),
    );
    const allowed = new Set(examples.filter((id) => kept.has(owner.get(id)!)));
    expect(allowed.size).toBeGreaterThan(0);
    expect(new Set(outcome.texts.keys())).toEqual(allowed);
    for (const prompt of outcome.texts.values()) expect(prompt).toContain("</reasoning>");
  });
});

describe("a scan of nothing", () => {
  it("answers with no exchanges, no window, and no groups", async () => {
    const { result, details, intake } = await bench.scan({
      files: [bench.file("empty.ndjson", "")],
    });
    expect(result).toMatchObject({ exchanges: 0, accounts: 0, rejected: 0, groups: [], blind: [] });
    expect(result.window).toEqual({ from: null, to: null });
    expect(details).toEqual([]);
    expect(intake.lines).toBe(0);
  });
});

describe("a strict scan", () => {
  it("stops at a rejected line, and names the first", async () => {
    const file = bench.file("broken.ndjson", `${lines[0]}\nnot JSON\n`);
    await expect(bench.scan({ files: [file], strict: true })).rejects.toMatchObject({
      code: "SW_INPUT_REJECTED",
    });
    const { result, intake } = await bench.scan({ files: [file] });
    expect(intake).toMatchObject({ accepted: 1, rejected: 1 });
    expect(result).toMatchObject({ exchanges: 1, rejected: 1, groups: [] });
  });
});

describe("agreements", () => {
  const AGREEMENT = {
    id: "agr_1",
    customer: "Lindgren & Partners",
    accounts: ["acct_any"],
    purpose: "Training data under contract",
    from: "2026-01-01T00:00:00Z",
    until: "2027-01-01T00:00:00Z",
  };

  /** Scans the world with the agreement named by some of the accounts. */
  async function agreed(
    named: readonly string[],
    terms: Partial<typeof AGREEMENT> = {},
  ): Promise<ScanOutcome> {
    const own = new Set(named);
    const accounts = accountsOf(world).map((line) =>
      JSON.stringify(own.has(line.account) ? { ...line, agreement: AGREEMENT.id } : line),
    );
    return bench.scan({
      files: [world.exchanges],
      accounts: bench.file(`accounts-${own.size}.ndjson`, accounts.join("\n")),
      agreements: bench.file(
        "agreements.ndjson",
        JSON.stringify({ ...AGREEMENT, accounts: named, ...terms }),
      ),
    });
  }

  it("make a flagged group bulk where all its members name one", async () => {
    const { result } = await agreed(operated());
    expect(result.groups.map(({ assessment }) => assessment)).toEqual(["bulk"]);
    expect(result.groups[0]!.accounts.toSorted()).toEqual(operated());
    expect(result.groups[0]!.reason).toContain("agr_1");
    expect(result.groups[0]!.techniques).toEqual([]);
  });

  it("don't cover a group with one member that names none", async () => {
    const outcome = await agreed(operated().slice(1));
    expect(membersOf(outcome)).toEqual(membersOf(first));
  });

  it("don't cover use after their term, or parties they don't name", async () => {
    const ended = await agreed(operated(), { until: "2026-02-01T00:00:00Z" });
    expect(ended.result.groups.map(({ assessment }) => assessment)).toEqual(["campaign"]);
    const others = await agreed(operated(), { accounts: ["acct_any"] });
    expect(membersOf(others)).toEqual(membersOf(first));
  });
});

function accountsOf(files: WorldFiles): AccountLine[] {
  return readFileSync(files.accounts, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as AccountLine);
}
