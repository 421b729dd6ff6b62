import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { silent } from "../../src/core/progress.ts";
import { accountShape } from "../../src/ingest/account-line.ts";
import { loadAgreements } from "../../src/ingest/load-agreements.ts";
import { LOOKALIKES } from "../../src/range/lookalikes/catalog.ts";
import { makeRandom } from "../../src/range/random.ts";
import { DAY } from "../../src/range/world.ts";
import { runWorld, writeWorld, type World } from "../../src/range/write-world.ts";
import { runLookalike } from "./run-lookalike.ts";

const families = LOOKALIKES.map(({ family }) => family);

function worldOf(family: string, days: number): World {
  const { part, span } = runLookalike(family, { scale: 0.3, days });
  return { seed: "1", span, parts: [part], expected: 0 };
}

describe("the catalog of look-alikes", () => {
  it("names more than sixteen families, each once", () => {
    expect(families.length).toBeGreaterThanOrEqual(20);
    expect(new Set(families).size).toBe(families.length);
  });

  it.each(families)(
    "%s: the truth lists every account that sends, under the family's name",
    (family) => {
      const { part, sent, lines } = runLookalike(family, { scale: 0.3 });
      const listed = part.lookalikes!.flatMap((group) => group.accounts);
      expect(new Set(part.lookalikes!.map((group) => group.family))).toEqual(new Set([family]));
      expect(new Set(listed).size).toBe(listed.length);
      expect(sent.length).toBeGreaterThan(5);
      for (const { draft } of sent) expect(listed).toContain(draft.account);
      expect(listed.every((account) => lines.has(account))).toBe(true);
      expect(sent.every(({ draft }) => draft.campaign === undefined)).toBe(true);
    },
  );

  it.each(families)(
    "%s: account lines are as intake reads them, and sign-up comes first",
    (family) => {
      const { part, sent, lines } = runLookalike(family, { scale: 0.3 });
      for (const line of part.accounts)
        expect(accountShape.strict().safeParse(line).error).toBeUndefined();
      for (const { time, draft } of sent)
        expect(Date.parse(lines.get(draft.account)!.created)).toBeLessThan(time);
    },
  );

  it.each(families)("%s: fits a window of three days, the same for the same seed", (family) => {
    const lines = [...runWorld(worldOf(family, 3)).lines];
    expect(lines.length).toBeGreaterThan(0);
    expect([...runWorld(worldOf(family, 3)).lines]).toEqual(lines);
  });

  it("grows with its scale", () => {
    const accounts = (scale: number): number =>
      LOOKALIKES.flatMap((maker) => {
        const span = { from: Date.UTC(2026, 9, 1), until: Date.UTC(2026, 9, 1) + 12 * DAY };
        return maker.make(makeRandom("size"), { span, id: "x", scale }).accounts;
      }).length;
    expect(accounts(2)).toBeGreaterThan(1.6 * accounts(1));
  });

  it("writes the agreements that its customers hold as the scan reads them", async () => {
    const folder = await mkdtemp(join(tmpdir(), "range-agreements-"));
    try {
      const world = worldOf("synthetic-data customer with an agreement", 3);
      const written = await writeWorld(world, folder, silent);
      const agreements = await loadAgreements(written.agreements!);
      expect(agreements).toHaveLength(2);
      for (const agreement of agreements) {
        expect(Date.parse(agreement.from)).toBeLessThan(world.span.from);
        expect(Date.parse(agreement.until)).toBeGreaterThan(world.span.until);
      }
      for (const line of world.parts[0]!.accounts) {
        const { organizations, accounts } = agreements.find(({ id }) => id === line.agreement)!;
        expect([...organizations, ...accounts]).toContain(line.organization ?? line.account);
      }
      const plain = await writeWorld(worldOf("viral prompt", 3), folder, silent);
      expect(plain.agreements).toBeUndefined();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
