import { expect, it } from "vitest";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import {
  endSession,
  makeSignInCode,
  noteSeen,
  readSessions,
  secretHash,
  signIn,
  signInByCode,
} from "../../src/ledger/sessions.ts";
import type { TokenRow } from "../../src/ledger/caller-tables.ts";
import {
  addToken,
  importTokenRows,
  readTokenRows,
  revokeTokenRow,
} from "../../src/ledger/token-rows.ts";
import { disableUser, readUsers, setUser } from "../../src/ledger/users.ts";
import type { LedgerBench } from "./ledger-bench.ts";

const limits = { idleMs: 1_000, wholeMs: 10_000 };
const random = (bytes: number): Buffer => Buffer.alloc(bytes, 7);
const seen = async (ledger: Ledger) =>
  (await readSessions(ledger)).map((one) => [one.name, one.role, one.seen]);

/** What sessions and tokens promise, on any store. */
export function sessionTests({ place }: LedgerBench): void {
  it("begins and ends sessions of users, by hashes of what they hold", async () => {
    let time = 0;
    const ledger = await (await place()).open(() => new Date(time));
    await setUser(ledger, { name: "root", role: "admin", by: "root" });
    await signIn(ledger, { name: "root", id: "one", limits });
    time = 900;
    await noteSeen(ledger, new Map([[secretHash("one"), new Date(900).toISOString()]]));
    time = 1_500;
    await signIn(ledger, { name: "root", id: "two", limits });
    expect(await seen(ledger)).toEqual([
      ["root", "admin", "1970-01-01T00:00:00.900Z"],
      ["root", "admin", "1970-01-01T00:00:01.500Z"],
    ]);
    await endSession(ledger, "one");
    await endSession(ledger, "nothing");
    time = 3_000;
    await signIn(ledger, { name: "root", id: "three", limits });
    expect((await readSessions(ledger)).map(({ sha256 }) => sha256)).toEqual([secretHash("three")]);
  });

  it("makes users of groups, and of nobody else", async () => {
    const ledger = await (await place()).open();
    const groups = (name: string, role: "admin" | "viewer") =>
      signIn(ledger, { name, role, id: name + role, limits });
    await expect(groups("vi", "viewer")).rejects.toThrow("must be an admin left");
    await groups("root", "admin");
    await groups("vi", "viewer");
    await groups("vi", "admin");
    expect((await readUsers(ledger)).map(({ name, role }) => [name, role])).toEqual([
      ["root", "admin"],
      ["vi", "admin"],
    ]);
    await expect(signIn(ledger, { name: "eve", id: "x", limits })).rejects.toThrow("is no user");
    await expect(groups("\u202eeve", "viewer")).rejects.toThrow("is no name");
    for (const one of ["VI", "Root", "r\u043eot", "\uff52oot", "r\u03bfot"])
      await expect(groups(one, "admin"), one).rejects.toThrow("can be taken for");
  });

  it("uses a code up, and forgets the codes and sessions of who is disabled", async () => {
    const ledger = await (await place()).open();
    await setUser(ledger, { name: "root", role: "admin", by: "root" });
    await setUser(ledger, { name: "ana", role: "viewer", by: "root" });
    const make = () => makeSignInCode(ledger, { name: "ana", by: "root", random });
    const code = await make();
    expect(await signInByCode(ledger, { code, id: "one", limits })).toBe("ana");
    const again = signInByCode(ledger, { code, id: "two", limits });
    await expect(again).rejects.toMatchObject({ code: "SW_CODE_REFUSED" });
    await make();
    await disableUser(ledger, { name: "ana", by: "root" });
    await setUser(ledger, { name: "ana", role: "viewer", by: "root" });
    const late = signInByCode(ledger, { code, id: "three", limits });
    await expect(late).rejects.toMatchObject({ code: "SW_CODE_REFUSED" });
    expect(await readSessions(ledger)).toEqual([]);
    await setUser(ledger, { name: "cleo", role: "counsel", by: "root" });
    const impersonation = makeSignInCode(ledger, { name: "cleo", by: "root", random });
    await expect(impersonation).rejects.toThrow("takes counsel");
    const notAdmin = makeSignInCode(ledger, { name: "root", by: "ana", random });
    await expect(notAdmin).rejects.toMatchObject({ code: "SW_USER_REFUSED" });
  });

  it("keeps tokens, takes over older ones once, and says who made and revoked which", async () => {
    const ledger = await (await place()).open();
    const row: TokenRow = {
      id: "tok_1",
      name: "gateway",
      scopes: '["intake:write"]',
      sha256: "00",
      line_rate: 2.5,
      byte_rate: null,
      created: "2026-05-01T00:00:00.000Z",
      revoked: null,
    };
    await addToken(ledger, row);
    const older = { ...row, id: "tok_0", created: "2026-04-01T00:00:00.000Z", revoked: "x" };
    await importTokenRows(ledger, [older, { ...row, name: "another" }]);
    await importTokenRows(ledger, [older]);
    expect(await readTokenRows(ledger)).toEqual([older, row]);
    const { revoked } = await revokeTokenRow(ledger, "tok_1");
    expect(await readTokenRows(ledger)).toEqual([older, { ...row, revoked }]);
    const said = await ledger.read((store) =>
      store.selectFrom("audit").select(["action", "object"]).orderBy("sequence").execute(),
    );
    expect(said.map(({ action, object }) => `${action} ${object}`)).toEqual([
      "token.made token:tok_1",
      "token.imported token:tok_0",
      "token.revoked token:tok_1",
    ]);
  });
}
