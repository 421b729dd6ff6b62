import { hash, randomBytes } from "node:crypto";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { seal, unseal } from "../core/sealed-box.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";

/** What a sealed piece of evidence is for: it opens nowhere else. */
export interface EvidencePlace {
  readonly number: number;
  readonly account: string;
  readonly exchange: string;
}

/** A key for one account's evidence in one case, and the same wrapped by the ledger's own. */
export function newEvidenceKey(
  wrapping: Buffer,
  { number, account }: Omit<EvidencePlace, "exchange">,
): { readonly key: Buffer; readonly wrapped: string } {
  const key = randomBytes(32);
  return { key, wrapped: seal(key, wrapping, keyContext(number, account)) };
}

/** The key in a wrapped one; undefined where the ledger's keys are others, or it was altered. */
export function unwrapEvidenceKey(
  wrapping: Buffer,
  { number, account }: Omit<EvidencePlace, "exchange">,
  wrapped: string,
): Buffer | undefined {
  return unseal(wrapped, wrapping, keyContext(number, account));
}

/** Content compressed and encrypted, and the SHA-256 of that: a hash of the content itself would let one test guesses. */
export function sealEvidence(
  content: Json,
  key: Buffer,
  place: EvidencePlace,
): { readonly sealed: string; readonly sha256: string } {
  const plain = zstdCompressSync(canonicalJson(content));
  const sealed = seal(plain, key, contentContext(place));
  return { sealed, sha256: hash("sha256", sealed) };
}

/** The content; undefined where the key is another's or anything was altered. */
export function openEvidence(sealed: string, key: Buffer, place: EvidencePlace): Json | undefined {
  const plain = unseal(sealed, key, contentContext(place));
  return plain && (JSON.parse(zstdDecompressSync(plain).toString("utf8")) as Json);
}

/** One hash for all evidence of a case: over a line each, in order, so that none can be changed, removed or put in. */
export function evidenceDigest(
  rows: readonly { readonly number: number; readonly exchange: string; readonly sha256: string }[],
): string {
  const lines = rows.map(({ number, exchange, sha256 }) =>
    canonicalJson([number, exchange, sha256]),
  );
  return hash("sha256", lines.join("\n"));
}

function keyContext(number: number, account: string): string {
  return canonicalJson(["key", number, account]);
}

function contentContext({ number, account, exchange }: EvidencePlace): string {
  return canonicalJson(["content", number, account, exchange]);
}
