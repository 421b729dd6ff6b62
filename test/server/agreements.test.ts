import { describe, expect, it, onTestFinished } from "vitest";
import type { AgreementReport } from "../../src/ledger/agreement-reports.ts";
import { agreementsHeld } from "../../src/ledger/agreements.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { agreementRoutes } from "../../src/server/agreement-routes.ts";
import { keepAgreements } from "../../src/server/keep-agreements.ts";
import { openServer } from "../../src/server/open-server.ts";
import { createToken, openTokenBook, type Scope } from "../../src/server/tokens.ts";
import { ledgerBench } from "../ledger/ledger-bench.ts";

const NOW = () => new Date("2026-05-01T00:00:00Z");
const agreement = {
  id: "agr_7",
  customer: "Ada Lab",
  purpose: "research",
  accounts: ["a1"],
  from: "2026-01-01T00:00:00Z",
  until: "2027-01-01T00:00:00Z",
};
const bench = ledgerBench();

async function open(ledger: Ledger) {
  const tokenFor = async (scope: Scope): Promise<string> =>
    (await createToken(ledger, { name: "crm", scopes: [scope] })).token;
  const [reads, writes] = [await tokenFor("agreements:read"), await tokenFor("agreements:write")];
  const tokens = await openTokenBook(ledger, () => {});
  onTestFinished(() => tokens.close());
  const server = await openServer({
    host: "127.0.0.1",
    port: 0,
    routes: agreementRoutes(ledger, () => Promise.resolve()),
    tokens,
    onFailure: () => {},
  });
  onTestFinished(() => server.close());
  const ask = (path: string, body?: object, token = body === undefined ? reads : writes) =>
    fetch(server.url + path, {
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
  return { ask, reads };
}

describe("the register over HTTP", () => {
  it("is read, added to and ended by tokens that may, who are named in the audit", async () => {
    const place = await bench.place();
    const ledger = await place.open(NOW);
    const { ask, reads } = await open(ledger);
    const added = await ask("/v1/agreements", { agreement, reason: "contract 118" });
    expect([added.status, await added.json()]).toEqual([201, { id: "agr_7", version: 1 }]);
    const listed = (await (await ask("/v1/agreements")).json()) as {
      readonly agreements: readonly AgreementReport[];
    };
    expect(listed.agreements).toMatchObject([
      { version: 1, agreement: { id: "agr_7", accounts: ["a1"], models: [] }, use: null },
    ]);
    const again = await ask("/v1/agreements", { agreement, reason: "again" });
    expect([again.status, (await again.json()) as object]).toMatchObject([
      409,
      { code: "SW_AGREEMENT_KNOWN" },
    ]);
    const other = { ...agreement, purpose: "grading" };
    const more = await ask("/v1/agreements", { agreement: other, reason: "more", replace: true });
    expect(await more.json()).toEqual({ id: "agr_7", version: 2 });
    const ended = await ask("/v1/agreements/agr_7/end", { reason: "terminated" });
    expect(await ended.json()).toEqual({ id: "agr_7", version: 3 });
    const actors = await ledger.read((store) =>
      store.selectFrom("audit").select("actor").execute(),
    );
    expect(new Set(actors.map(({ actor }) => actor))).toEqual(
      new Set(["system:folder", "token:crm"]),
    );
    const reader = await ask("/v1/agreements", { agreement, reason: "no" }, reads);
    expect(reader.status).toBe(403);
    const nobody = { ...agreement, id: "x", accounts: [] };
    expect((await ask("/v1/agreements", { agreement: nobody, reason: "no" })).status).toBe(422);
  });
});

describe("a server's register", () => {
  it("is as it was last where the ledger can't be read, which is told", async () => {
    const place = await bench.place();
    const ledger = await place.open(NOW);
    const { ask } = await open(ledger);
    await ask("/v1/agreements", { agreement, reason: "contract 118" });
    const failures: unknown[] = [];
    let broken = false;
    const keeper = await keepAgreements({
      ledger: {
        ...ledger,
        read: (work) => (broken ? Promise.reject(new Error("away")) : ledger.read(work)),
      },
      warehouse: undefined as never,
      now: NOW,
      onFailure: (error) => failures.push(error),
    });
    const held = await agreementsHeld(ledger);
    expect(held).toHaveLength(1);
    expect(keeper.held()).toEqual(held);
    await ask("/v1/agreements/agr_7/end", { reason: "terminated" });
    broken = true;
    await keeper.refresh();
    expect(keeper.held()).toEqual(held);
    await keeper.close();
    expect(failures).toHaveLength(2);
    broken = false;
    await keeper.refresh();
    expect(keeper.held()).not.toEqual(held);
  });
});
