import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";

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

const tokenShape = z.strictObject({
  id: z.string(),
  /** Who uses it. */
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)).min(1).readonly(),
  /** Of the token as it is sent; the token itself is kept nowhere. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The most it may send a second; unpacked bytes. */
  rate: z
    .strictObject({
      lines: z.number().positive().optional(),
      bytes: z.number().positive().optional(),
    })
    .optional(),
  created: z.iso.datetime(),
  revoked: z.iso.datetime().optional(),
});
const fileShape = z.strictObject({
  version: z.literal(1),
  tokens: z.array(tokenShape).readonly(),
});

/** A token that was made: everything but itself. */
export type TokenRecord = z.infer<typeof tokenShape>;

/** Whose token admits a request, or why none does. */
export type Admission = TokenRecord | "unknown" | "scope";

/** The tokens of a data folder, as they are now: one made or revoked by another process counts at once. */
export interface TokenBook {
  /** Whether any was ever made, revoked ones too: from then on nobody is let in without one. */
  any(): boolean;
  /** Whether an `authorization` header admits to a scope. */
  admit(authorization: string | undefined, scope: Scope): Admission;
}

const TOKENS_FILE = "tokens.json";
const PREFIX = "sw_";
/** Random bytes of a token. */
const TOKEN_BYTES = 32;

/** Opens the book. A damaged or open file fails at every use, so that it admits nobody: SW_DATA_UNUSABLE. */
export function openTokenBook(dataDir: string): TokenBook {
  let known: readonly TokenRecord[] = [];
  let version = "";
  const read = (): readonly TokenRecord[] => {
    const now = versionOf(dataDir);
    if (now !== version) known = readTokens(dataDir);
    version = now;
    return known;
  };
  return {
    // There never are fewer; asked at every request.
    any: () => known.length > 0 || read().length > 0,
    admit(authorization, scope) {
      const token = /^Bearer ([\w-]{10,200})$/i.exec(authorization ?? "")?.[1];
      const digest = sha256(token ?? "");
      let found: TokenRecord | undefined;
      // All are compared, each in constant time: how long it takes says nothing of which are there.
      for (const record of read()) {
        const same = timingSafeEqual(Buffer.from(record.sha256, "hex"), digest);
        if (same && record.revoked === undefined) found = record;
      }
      if (found === undefined) return "unknown";
      return found.scopes.includes(scope) ? found : "scope";
    },
  };
}

/** A token to be made. */
export interface TokenOrder extends Pick<TokenRecord, "name" | "scopes" | "rate"> {
  readonly now: Date;
}

/** Makes a token and keeps its hash. The token is answered once and can't be had again. Throws SW_DATA_UNUSABLE. */
export function createToken(
  dataDir: string,
  { name, scopes, rate, now }: TokenOrder,
  random: (bytes: number) => Buffer = randomBytes,
): { readonly token: string; readonly record: TokenRecord } {
  const token = PREFIX + random(TOKEN_BYTES).toString("base64url");
  const record: TokenRecord = {
    id: `tok_${random(4).toString("hex")}`,
    name,
    scopes,
    ...(rate === undefined ? {} : { rate }),
    sha256: sha256(token).toString("hex"),
    created: now.toISOString(),
  };
  writeTokens(dataDir, [...readTokens(dataDir), record]);
  return { token, record };
}

/** All tokens that were made, oldest first. Throws SW_DATA_UNUSABLE. */
export function readTokens(dataDir: string): readonly TokenRecord[] {
  const path = join(dataDir, TOKENS_FILE);
  try {
    if ((statSync(path).mode & 0o077) !== 0) {
      throw unusable(path, "others may read it; set it to mode 0600");
    }
    return fileShape.parse(JSON.parse(readFileSync(path, "utf8"))).tokens;
  } catch (error) {
    if (error instanceof StillwatchError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return [];
    throw unusable(path, code ?? "it is not a list of tokens");
  }
}

/** Makes a token admit nobody any more. Throws SW_TOKEN_UNKNOWN, SW_DATA_UNUSABLE. */
export function revokeToken(dataDir: string, id: string, now: Date): TokenRecord {
  const tokens = readTokens(dataDir);
  const found = tokens.find((token) => token.id === id);
  if (found === undefined) throw new StillwatchError("SW_TOKEN_UNKNOWN", { id });
  const revoked = { ...found, revoked: found.revoked ?? now.toISOString() };
  writeTokens(
    dataDir,
    tokens.map((token) => (token.id === id ? revoked : token)),
  );
  return revoked;
}

/** Whole or not at all. */
function writeTokens(dataDir: string, tokens: readonly TokenRecord[]): void {
  const path = join(dataDir, TOKENS_FILE);
  const draft = `${path}.part`;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const file = openSync(draft, "w", 0o600);
    chmodSync(draft, 0o600);
    writeSync(file, `${JSON.stringify({ version: 1, tokens }, undefined, 2)}\n`);
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, path);
  } catch (error) {
    throw unusable(path, (error as NodeJS.ErrnoException).code ?? "unknown", error);
  }
}

function versionOf(dataDir: string): string {
  const found = statSync(join(dataDir, TOKENS_FILE), { throwIfNoEntry: false, bigint: true });
  return found === undefined ? "none" : `${found.ino} ${found.mtimeNs} ${found.size}`;
}

function sha256(text: string): Buffer {
  return hash("sha256", text, "buffer");
}

function unusable(path: string, reason: string, cause?: unknown): StillwatchError {
  return new StillwatchError("SW_DATA_UNUSABLE", { path, reason }, cause);
}
