import { chmodSync, existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { readAudit } from "../../src/ledger/audit-file.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { setUser } from "../../src/ledger/users.ts";
import {
  createToken,
  openTokenBook,
  type OpenTokenBook,
  readTokens,
  revokeToken,
} from "../../src/server/tokens.ts";
import { ledgerBench } from "../ledger/ledger-bench.ts";

const NOW = new Date("2026-05-01T12:00:00Z");
const bench = ledgerBench();
let ledger: Ledger;
let elsewhere: Ledger;
beforeEach(async () => {
  const place = await bench.place();
  ledger = await place.open(() => NOW);
  elsewhere = await place.open(() => NOW);
});
const create = (...scopes: ("intake:write" | "status:read")[]) =>
  createToken(elsewhere, { name: "gateway", scopes });
async function open(): Promise<OpenTokenBook> {
  const book = await openTokenBook(ledger, (error) => {
    throw error;
  });
  onTestFinished(() => book.close());
  return book;
}

describe("tokens", () => {
  it("admit to their scopes, soon after they are made elsewhere and until they are revoked", async () => {
    const book = await open();
    expect(book.any()).toBe(false);
    const { token, record } = await create("intake:write");
    await expect.poll(() => book.any()).toBe(true);
    expect(book.admit(`Bearer ${token}`, "intake:write")).toMatchObject({ name: "gateway" });
    expect(book.admit(`Bearer ${token}`, "status:read")).toBe("scope");
    const other = (await create("status:read")).token;
    await book.refresh();
    expect(book.admit(`bearer ${other}`, "status:read")).toMatchObject({ name: "gateway" });
    await revokeToken(elsewhere, { id: record.id });
    await expect.poll(() => book.admit(`Bearer ${token}`, "intake:write")).toBe("unknown");
    expect(book.admit(`Bearer ${other}`, "status:read")).toMatchObject({ name: "gateway" });
    expect(book.any()).toBe(true);
  });

  it("are 256 random bits of which only a hash is kept", async () => {
    const { token, record } = await createToken(ledger, {
      name: "backfill",
      scopes: ["intake:write"],
      rate: { lines: 2_000 },
    });
    expect(Buffer.from(token.slice(3), "base64url")).toHaveLength(32);
    const rows = await ledger.read((store) => store.selectFrom("tokens").selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain(token.slice(3));
    expect(await readTokens(ledger)).toEqual([record]);
    expect(record).toMatchObject({ rate: { lines: 2_000 } });
  });

  it("are made and revoked in the audit, by admins where there are users", async () => {
    await setUser(ledger, { name: "root", role: "admin", by: "root" });
    await setUser(ledger, { name: "ana", role: "analyst", by: "root" });
    const order = { name: "gateway", scopes: ["intake:write"] } as const;
    await expect(createToken(ledger, { ...order, by: "ana" })).rejects.toThrow("takes admin");
    const { id } = (await createToken(ledger, { ...order, by: "root" })).record;
    await revokeToken(ledger, { id });
    await revokeToken(ledger, { id });
    const said: string[] = [];
    for await (const { actor, action, object } of readAudit(ledger))
      if (object.startsWith("token:")) said.push(`${actor} ${action}`);
    expect(said).toEqual(["user:root token.made", "system:folder token.revoked"]);
    await expect(revokeToken(ledger, { id: "tok_1" })).rejects.toThrow("no token of that id");
  });

  it.each([undefined, "", "Bearer", "Bearer ", "Basic c3c6cGFzcw==", "Bearer sw_wrongwrongwrong"])(
    "do not admit %j",
    async (header) => {
      await create("intake:write");
      expect((await open()).admit(header, "intake:write")).toBe("unknown");
    },
  );

  it("that an earlier version kept in a file are taken over once, and one revoked stays so", async () => {
    const path = join(ledger.dataDir, "tokens.json");
    const [old, gone] = [await create("intake:write"), await create("status:read")];
    await revokeToken(elsewhere, { id: gone.record.id });
    const tokens = (await readTokens(ledger)).map((record) => record);
    await ledger.change(async ({ tx }) => {
      await tx.deleteFrom("tokens").execute();
    });
    writeFileSync(path, JSON.stringify({ version: 1, tokens }), { mode: 0o600 });
    const book = await open();
    expect(book.admit(`Bearer ${old.token}`, "intake:write")).toMatchObject({ name: "gateway" });
    expect(book.admit(`Bearer ${gone.token}`, "status:read")).toBe("unknown");
    expect([existsSync(path), statSync(`${path}.imported`).mode & 0o777]).toEqual([false, 0o600]);
    expect(await readTokens(ledger)).toEqual(tokens);
  });

  it("admit nobody where that file is damaged or open to others", async () => {
    const path = join(ledger.dataDir, "tokens.json");
    writeFileSync(path, "{", { mode: 0o600 });
    await expect(open()).rejects.toThrow(/not a list of tokens/);
    chmodSync(path, 0o640);
    await expect(open()).rejects.toThrow(/others may read it/);
  });
});
