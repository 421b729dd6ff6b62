import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { readAudit } from "../../src/ledger/audit-file.ts";
import { attest } from "../../src/ledger/directives/attest.ts";
import {
  readRefusals,
  refusalProblems,
  sealRefusals,
  writeRefusals,
} from "../../src/ledger/directives/keep-refusals.ts";
import type { DirectiveStore } from "../../src/ledger/directives/open-directives.ts";
import { readDirective, readDirectives } from "../../src/ledger/directives/read-directives.ts";
import { countRefusals } from "../../src/ledger/directives/refusal-counts.ts";
import {
  draftDirective,
  enforceDirective,
  exemptFrom,
  liftDirective,
} from "../../src/ledger/directives/set-directives.ts";
import { verifyAudit } from "../../src/ledger/verify-audit.ts";
import { attested, CLEO, type DirectivePlace, draft, held, inForce } from "./directive-bench.ts";

const NOON = Date.parse("2026-11-21T12:00:00.000Z");

/** What the directives' store promises, on any engine. */
export function directiveTests(place: () => Promise<DirectivePlace>): void {
  it("takes a directive in two steps, each by somebody named, and one that is lifted stays", async () => {
    const store = await (await place()).open();
    const number = await draftDirective(store, draft({ models: ["orion-4", "vega*"] }));
    const made = await readDirective(store, number);
    expect(made).toMatchObject({
      number: 1,
      state: "draft",
      begins: null,
      drafted_by: "user:cleo",
    });
    expect(made.models).toEqual(["orion-4", "vega*"]);
    const dee = { actor: "user:dee" };
    await enforceDirective(store, { number, by: dee });
    const facts = {
      state: "in_force",
      enforced_by: "user:dee",
      enforced: "1970-01-01T00:00:00.000Z",
    };
    expect(await readDirective(store, number)).toMatchObject(facts);
    await expect(enforceDirective(store, { number, by: dee })).rejects.toThrow(
      "dir1 is in force, and can't be put in force.",
    );
    await liftDirective(store, { number, reason: "lifted by order", by: CLEO });
    const again = liftDirective(store, { number, reason: "x", by: CLEO });
    await expect(again).rejects.toMatchObject({ code: "SW_DIRECTIVE_STATE" });
    const until = "2027-01-01T00:00:00.000Z";
    const exempting = {
      number,
      scope: "account",
      name: "a",
      until,
      reason: "x",
      by: CLEO,
    } as const;
    await expect(exemptFrom(store, exempting)).rejects.toThrow("dir1 is lifted");
    expect((await readDirectives(store)).map(({ state }) => state)).toEqual(["lifted"]);
    await expect(readDirective(store, 2)).rejects.toMatchObject({ code: "SW_DIRECTIVE_UNKNOWN" });
  });

  it("refuses a directive that says nothing, or nothing clear", async () => {
    const store = await (await place()).open();
    const [begins, ends] = ["2026-11-22T00:00:00.000Z", "2026-11-21T00:00:00.000Z"];
    const odd: readonly (readonly [Parameters<typeof draft>[0], string])[] = [
      [{ models: [] }, "it names 0 models"],
      [{ models: ["a*b"] }, "model a*b"],
      [{ class: "Foreign persons" }, "its class is no word"],
      [{ populations: [] }, "it binds nobody"],
      [{ words: " " }, "its words are missing"],
      [{ begins, ends }, "its window ends before it begins"],
    ];
    for (const [changes, said] of odd)
      await expect(draftDirective(store, draft(changes))).rejects.toThrow(said);
    const number = await draftDirective(store, draft({ ends: "1969-01-01T00:00:00.000Z" }));
    const late = enforceDirective(store, { number, by: CLEO });
    await expect(late).rejects.toThrow("its window has ended already");
  });

  it("keeps every statement about a person, and an audit of its own that names none", async () => {
    const store = await (await place()).open();
    const holders = [held(), held({ organization: "org_2" })];
    await attest(store, { attestations: [attested(), attested()], holders }, CLEO);
    await attest(store, { attestations: [attested({ verdict: "not_in" })], holders: [] }, CLEO);
    await attest(store, { attestations: [], holders: [] }, CLEO);
    const rows = await store.read((tables) =>
      tables
        .selectFrom("attestations")
        .select(["revision", "verdict"])
        .orderBy("revision")
        .execute(),
    );
    expect(rows).toEqual([
      { revision: 1, verdict: "in" },
      { revision: 2, verdict: "not_in" },
    ]);
    const audit = await audited(store);
    expect(audit).toEqual(["attestations.taken", "attestations.taken"]);
    for await (const row of readAudit(store))
      for (const secret of ["ana", "acct_1", "org_2"])
        expect(JSON.stringify(row)).not.toContain(secret);
  });

  it("adds up what several processes count, and seals each day into the audit when it is over", async () => {
    const shared = await place();
    const [one, other] = [await shared.open(), await shared.open()];
    const number = await inForce(one);
    const counts = countRefusals();
    const ana = { directive: number, account: "acct_1", person: "ana", model: "orion-4" };
    counts.count({ ...ana, why: "in", action: "deny" }, NOON);
    counts.count({ ...ana, why: "in", action: "deny" }, NOON + 1_000);
    const rows = counts.take();
    await writeRefusals(one, rows);
    await writeRefusals(other, rows);
    expect(await readRefusals(one, number)).toEqual([{ ...rows[0], count: 4 }]);
    await sealRefusals(one, "2026-11-21");
    expect(await audited(one)).not.toContain("refusals.sealed");
    await sealRefusals(one, "2026-11-22");
    await sealRefusals(other, "2026-11-22");
    expect((await audited(one)).filter((action) => action === "refusals.sealed")).toHaveLength(1);
    expect(await refusalProblems(one)).toEqual([]);
    await one.read((tables) => sql`UPDATE refusals SET count = 1`.execute(tables));
    expect(await refusalProblems(one)).toMatchObject([
      { problem: "says what dir1 refused on 2026-11-21, and those rows were changed since" },
    ]);
    await writeRefusals(one, rows);
    await sealRefusals(one, "2026-11-23");
    expect(await refusalProblems(one)).toEqual([]);
    const { problems } = await verifyAudit(readAudit(one), { keys: one.keys.auditKeys });
    expect(problems).toEqual([]);
  });

  it("has the columns that the code reads", async () => {
    const store = await (await place()).open();
    const found = await store.read((tables) => tables.introspection.getTables());
    const ours = Object.fromEntries(
      found.map(({ name, columns }) => [name, new Set(columns.map((column) => column.name))]),
    );
    const path = join(import.meta.dirname, "../../src/ledger/directives/tables.ts");
    const source = readFileSync(path, "utf8");
    const [, tables = ""] = /interface DirectiveTables [^{]*\{(.*?)\n\}/s.exec(source) ?? [];
    const declared = [...tables.matchAll(/readonly (\w+): (\w+);/g)];
    expect(declared).toHaveLength(5);
    for (const [, table = "", row] of declared) {
      const body = new RegExp(`interface ${row} \\{(.*?)\\n\\}`, "s").exec(source)?.[1] ?? "";
      const columns = [...body.matchAll(/readonly (\w+)/g)].map(([, name]) => name);
      expect(ours[table], table).toEqual(new Set(columns));
    }
  });
}

async function audited(store: DirectiveStore): Promise<readonly string[]> {
  const actions: string[] = [];
  for await (const { action } of readAudit(store)) actions.push(action);
  return actions;
}
