import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { createToken, openTokenBook, readTokens, revokeToken } from "../../src/server/tokens.ts";

const NOW = new Date("2026-05-01T12:00:00Z");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stillwatch-tokens-"));
});
const create = (...scopes: ("intake:write" | "status:read")[]) =>
  createToken(folder, { name: "gateway", scopes, now: NOW });

describe("tokens", () => {
  it("admit to their scopes, as soon as they are made and until they are revoked", () => {
    const book = openTokenBook(folder);
    expect(book.any()).toBe(false);
    const { token, record } = create("intake:write");
    expect(book.any()).toBe(true);
    expect(book.admit(`Bearer ${token}`, "intake:write")).toMatchObject({ name: "gateway" });
    expect(book.admit(`Bearer ${token}`, "status:read")).toBe("scope");
    const other = create("status:read").token;
    expect(book.admit(`bearer ${other}`, "status:read")).toMatchObject({ name: "gateway" });
    revokeToken(folder, record.id, NOW);
    expect(book.admit(`Bearer ${token}`, "intake:write")).toBe("unknown");
    expect(book.admit(`Bearer ${other}`, "status:read")).toMatchObject({ name: "gateway" });
    expect(book.any()).toBe(true);
  });

  it("are 256 random bits of which only a hash is kept, in a file of its owner's", () => {
    const { token, record } = create("intake:write");
    expect(Buffer.from(token.slice(3), "base64url")).toHaveLength(32);
    const path = join(folder, "tokens.json");
    expect(readFileSync(path, "utf8")).not.toContain(token.slice(3));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readTokens(folder)).toEqual([record]);
  });

  it.each([undefined, "", "Bearer", "Bearer ", "Basic c3c6cGFzcw==", "Bearer sw_wrongwrongwrong"])(
    "do not admit %j",
    (header) => {
      create("intake:write");
      expect(openTokenBook(folder).admit(header, "intake:write")).toBe("unknown");
    },
  );

  it("admit nobody where their file is damaged or open to others", () => {
    const { token } = create("intake:write");
    const book = openTokenBook(folder);
    expect(book.admit(`Bearer ${token}`, "intake:write")).toMatchObject({ name: "gateway" });
    writeFileSync(join(folder, "tokens.json"), "{");
    for (let tries = 0; tries < 2; tries++) {
      expect(() => book.admit(`Bearer ${token}`, "intake:write")).toThrow(/not a list of tokens/);
      expect(() => openTokenBook(folder).any()).toThrow(/not a list of tokens/);
    }
    chmodSync(join(folder, "tokens.json"), 0o640);
    expect(() => openTokenBook(folder).any()).toThrow(/others may read it/);
    expect(book.any()).toBe(true);
  });

  it("that nobody made cannot be revoked", () => {
    expect(() => revokeToken(folder, "tok_1", NOW)).toThrow(/no token of that id/);
  });
});
