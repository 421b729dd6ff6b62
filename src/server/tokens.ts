import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Ledger } from "../ledger/open-ledger.ts";
import type { TokenRow } from "../ledger/caller-tables.ts";
import { addToken, readTokenRows, revokeTokenRow } from "../ledger/token-rows.ts";
import { importTokensFile } from "./import-tokens-file.ts";
import { keepFresh } from "./kept-fresh.ts";

/** What a token may be allowed to do. */
export const SCOPES = [
  "intake:write",
  "status:read",
  "metrics:read",
  "groups:read",
  "decisions:read",
  "agreements:read",
  "agreements:write",
  "audit:read",
  "directives:read",
  "directives:write",
] as const;
/** One of `SCOPES`. */
export type Scope = (typeof SCOPES)[number];

/** The most that a token may send a second; unpacked bytes. */
export interface TokenRate {
  readonly lines?: number | undefined;
  readonly bytes?: number | undefined;
}

/** A token that was made: everything but itself. */
export interface TokenRecord {
  readonly id: string;
  /** Who uses it. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Hexadecimal, of the token as it is sent; the token itself is kept nowhere. */
  readonly sha256: string;
  readonly rate?: TokenRate;
  readonly created: string;
  readonly revoked?: string;
}

/** Whose token admits a request, or why none does. */
export type Admission = TokenRecord | "unknown" | "scope";

/** The tokens of a ledger in memory: one made or revoked elsewhere counts within a second. */
export interface TokenBook {
  /** Whether any was ever made, revoked ones too: from then on nobody is let in without one. */
  any(): boolean;
  /** Whether an `authorization` header admits to a scope. */
  admit(authorization: string | undefined, scope: Scope): Admission;
}

/** A book that is open. */
export interface OpenTokenBook extends TokenBook {
  /** Makes a token that was made or revoked in this process count at once. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

const PREFIX = "sw_";
/** Random bytes of a token. */
const TOKEN_BYTES = 32;
/** Of SHA-256. */
const DIGEST_BYTES = 32;

/**
 * Opens the book, and takes over the tokens of a `tokens.json`, where earlier versions kept them. Throws SW_LEDGER_FAILED
 * and SW_DATA_UNUSABLE where that file is damaged or open to others. While the ledger is away the book stays as it was.
 */
export async function openTokenBook(
  ledger: Ledger,
  onFailure: (error: unknown) => void,
): Promise<OpenTokenBook> {
  await importTokensFile(ledger);
  const fresh = await keepFresh(async () => {
    const records = await readTokens(ledger);
    return records.map((record) => ({ record, digest: Buffer.from(record.sha256, "hex") }));
  }, onFailure);
  const digest = Buffer.alloc(DIGEST_BYTES);
  return {
    any: () => fresh.current().length > 0,
    admit(authorization, scope) {
      const token = /^Bearer ([\w-]{10,200})$/i.exec(authorization ?? "")?.[1];
      digest.write(hash("sha256", token ?? ""), "hex");
      let found: TokenRecord | undefined;
      // All are compared, each in constant time: how long it takes says nothing of which are there.
      for (const known of fresh.current()) {
        const same = timingSafeEqual(known.digest, digest);
        if (same && known.record.revoked === undefined) found = known.record;
      }
      if (found === undefined) return "unknown";
      return found.scopes.includes(scope) ? found : "scope";
    },
    refresh: () => fresh.refresh(),
    close: () => fresh.close(),
  };
}

/** A token to be made. */
export interface TokenOrder extends Pick<TokenRecord, "name" | "scopes" | "rate"> {
  /** The admin who makes it; absent where somebody does who has the folder. */
  readonly by?: string | undefined;
}

/** Makes a token and keeps its hash. The token is answered once and can't be had again. Throws SW_USER_REFUSED. */
export async function createToken(
  ledger: Ledger,
  { name, scopes, rate, by }: TokenOrder,
  random: (bytes: number) => Buffer = randomBytes,
): Promise<{ readonly token: string; readonly record: TokenRecord }> {
  const token = PREFIX + random(TOKEN_BYTES).toString("base64url");
  const row: TokenRow = {
    id: `tok_${random(4).toString("hex")}`,
    name,
    scopes: JSON.stringify(scopes),
    sha256: hash("sha256", token),
    line_rate: rate?.lines ?? null,
    byte_rate: rate?.bytes ?? null,
    created: ledger.now().toISOString(),
    revoked: null,
  };
  await addToken(ledger, row, by);
  return { token, record: recordOf(row) };
}

/** All tokens that were made, oldest first. */
export async function readTokens(ledger: Ledger): Promise<readonly TokenRecord[]> {
  return (await readTokenRows(ledger)).map(recordOf);
}

/** Makes a token admit nobody any more. Throws SW_TOKEN_UNKNOWN, SW_USER_REFUSED. */
export async function revokeToken(
  ledger: Ledger,
  { id, by }: { id: string; by?: string | undefined },
): Promise<TokenRecord> {
  return recordOf(await revokeTokenRow(ledger, id, by));
}

/** A scope that this version doesn't know admits to nothing. */
function recordOf(row: TokenRow): TokenRecord {
  const { id, name, sha256, created, line_rate: lines, byte_rate: bytes } = row;
  const given = JSON.parse(row.scopes) as readonly string[];
  const limits = { ...(lines !== null && { lines }), ...(bytes !== null && { bytes }) };
  return {
    id,
    name,
    scopes: SCOPES.filter((scope) => given.includes(scope)),
    sha256,
    ...(lines === null && bytes === null ? {} : { rate: limits }),
    created,
    ...(row.revoked === null ? {} : { revoked: row.revoked }),
  };
}
