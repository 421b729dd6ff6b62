import { createHash, hash, sign, verify } from "node:crypto";
import { StillwatchError } from "../core/errors.ts";
import { canonicalJson, type Json } from "../ledger/canonical-json.ts";
import type { AuditKey } from "../ledger/audit-key.ts";
import type { LedgerKeys } from "../ledger/ledger-keys.ts";
import { STEPS } from "../ledger/tables.ts";
import type { DecisionEntry } from "./decision-table.ts";

/**
 * What changed between two sequence numbers, or all that holds (`since` 0).
 *
 * `GET /v1/decisions?since=N` answers one page as JSON, `{"signed":PAGE,"signature":"KEYID:BASE64"}`: what changed since
 * N, or all where N is 0, left out, or longer ago than the server remembers.
 *
 * With `accept: text/event-stream` it answers later pages as they come to be, each the same JSON in one event:
 *
 *     event: decisions
 *     id: SEQUENCE
 *     data: {"signed":{…},"signature":"…"}
 *
 * A change of many accounts comes in several pages, of which only the last raises `sequence`; `before` says how many entries
 * came in the pages before, so that none can be held back unseen. At least every 15 seconds
 * comes a page, without entries where nothing changed: its `time` says how fresh the server itself is. `last-event-id`
 * (or `since`) says from where on; 410 (SW_DECISIONS_GONE) where that is longer ago than the server remembers: ask for
 * all, and begin there. A page whose `since` is not the reader's own number, or whose `before` is not what it has taken
 * since, says the same: something between was lost, or it was sent before. One whose `time` is before that of a page taken
 * already is an old one sent again. A reader that doesn't keep
 * up is cut off, and resumes.
 */
export interface DecisionPage {
  readonly version: 1;
  /** The sequence number that it follows; 0 where it is all that holds, and what was known before is to be dropped. */
  readonly since: number;
  /** Whoever has applied it is at this number: the ledger's audit had so many rows. */
  readonly sequence: number;
  /** When this was what the ledger says, ISO 8601. It ages from then on, whenever it is received. */
  readonly time: string;
  /** To be applied in this order. `action: "allow"` takes a step back. */
  readonly entries: readonly DecisionEntry[];
  /** Entries that came after `since` in pages before this one. */
  readonly before: number;
}

/** Entries of a piece of text. */
const PIECE = 200;

/**
 * Writes a page as it travels, in pieces of a fraction of a millisecond each, so that a large one needs not hold up
 * others. It is signed by the key that signs the audit: Ed25519, over the SHA-256 of the page's canonical JSON (RFC 8785),
 * hexadecimal, in the line `stillwatch decisions`, line feed, digest, line feed.
 */
export function* writePage(page: PageContent, keys: LedgerKeys): Generator<string> {
  const digest = createHash("sha256");
  yield '{"signed":';
  for (const part of canonicalParts(page)) {
    digest.update(part);
    yield part;
  }
  yield `,"signature":"${signDigest(digest.digest("hex"), keys)}"}`;
}

/** The canonical JSON of a page: its names in their order. */
function* canonicalParts({
  since,
  sequence,
  time,
  entries,
  before = 0,
}: PageContent): Generator<string> {
  let part = `{"before":${before},"entries":[`;
  let count = 0;
  for (const entry of entries) {
    part += count > 0 ? `,${entryText(entry)}` : entryText(entry);
    if (++count % PIECE > 0) continue;
    yield part;
    part = "";
  }
  yield `${part}],"sequence":${sequence},"since":${since},"time":"${time}","version":1}`;
}

/** What a page says; its entries may be read while it is written. */
export interface PageContent extends Omit<DecisionPage, "version" | "entries" | "before"> {
  readonly entries: Iterable<DecisionEntry>;
  /** 0 where it is left out. */
  readonly before?: number;
}

function entryText(entry: DecisionEntry): string {
  const { account, action, case: number, decision, expires, reason } = entry;
  return JSON.stringify({ account, action, case: number, decision, expires, reason });
}

function signDigest(digest: string, { signing }: LedgerKeys): string {
  return `${signing.id}:${sign(null, signedText(digest), signing.key).toString("base64")}`;
}

/** Reads a page as it travels. Throws SW_DECISIONS_UNTRUSTED where it is none, or none of these keys signed it. */
export function readPage(text: string, keys: readonly AuditKey[]): DecisionPage {
  const { signed, signature } = parse(text);
  const [id = "", made = ""] = signature.split(":");
  const known = keys.find((key) => key.id === id);
  if (known === undefined) throw untrusted(`the key ${id} is not known here`);
  // A page is JSON, which an interface can't say of itself.
  const digest = hash("sha256", canonicalJson(signed as unknown as Json));
  if (!verify(null, signedText(digest), known.key, Buffer.from(made, "base64")))
    throw untrusted("the signature doesn't fit it");
  return signed;
}

interface SignedPage {
  readonly signed: DecisionPage;
  readonly signature: string;
}

/** By hand: whoever reads pages in a gateway needs nothing but Node for it. */
function parse(text: string): SignedPage {
  try {
    const { signed, signature } = JSON.parse(text) as SignedPage;
    if (typeof signature === "string" && isPage(signed)) return { signed, signature };
  } catch {
    // Said below.
  }
  throw untrusted("it is no page of decisions");
}

function isPage({ version, since, sequence, time, entries, before }: DecisionPage): boolean {
  const numbered = [since, sequence, before].every((n) => Number.isSafeInteger(n) && n >= 0);
  return version === 1 && numbered && isTime(time) && entries.every(isEntry);
}

function isEntry(entry: DecisionEntry): boolean {
  const { account, decision, action, reason, expires, case: about } = entry;
  const texts = [account, decision, reason, about].every((text) => typeof text === "string");
  return texts && STEPS.includes(action) && isTime(expires);
}

function isTime(text: string): boolean {
  return typeof text === "string" && !Number.isNaN(Date.parse(text));
}

/** What is signed: so that no signature made for this purpose fits another. */
function signedText(digest: string): Buffer {
  return Buffer.from(`stillwatch decisions\n${digest}\n`);
}

/** What is said of a page that is not believed. */
export function untrusted(reason: string): StillwatchError {
  return new StillwatchError("SW_DECISIONS_UNTRUSTED", { reason });
}
