import type { Group } from "../core/assessment.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { exchangesToPreserve } from "../warehouse/statements.gen.ts";
import type { Json } from "./canonical-json.ts";
import { pieces } from "./pieces.ts";

/** An exchange as it goes into a case. */
export interface PreservedExchange {
  readonly account: string;
  readonly exchange: string;
  /** ISO 8601. */
  readonly time: string;
  /** True where the group's evidence cites it; the others are a random sample. */
  readonly cited: boolean;
  /** Facts and fingerprints, and prompt and answer where they were kept and the contract allows it. */
  readonly content: Readonly<Record<string, Json>>;
  readonly withText: boolean;
}

/** What was asked and answered, by id of the exchange. */
export type TextsOf = (
  ids: readonly string[],
) => Promise<ReadonlyMap<string, { readonly prompt: string; readonly answer: string }>>;

/** Exchanges a case may hold: some 40 MB of text at most, before compression. */
const MOST_EXCHANGES = 5_000;
const MOST_AN_ACCOUNT = 3;

/**
 * The exchanges that a group's evidence cites and a random sample of each member's, of the time the group was seen. Of
 * groups too large for one of each, members are drawn at random. Text comes along only where the account's contract
 * says `keep` now, whatever it said when the text was kept.
 */
export async function gatherEvidence(
  warehouse: Warehouse,
  group: Group,
  { textsOf, random }: { textsOf: TextsOf; random: (bytes: number) => Buffer },
): Promise<readonly PreservedExchange[]> {
  const cited = [...new Set(group.evidence.flatMap(({ examples }) => examples))];
  const room = Math.max(0, MOST_EXCHANGES - cited.length);
  const most = Math.min(MOST_AN_ACCOUNT, Math.floor(room / group.accounts.length));
  const asked = { cited, from: new Date(group.first_seen), to: new Date(group.last_seen) };
  const seed = random(8).readBigUInt64LE(0).toString();
  const drawn = new Set(
    most > 0 ? group.accounts : shuffled(group.accounts, random).slice(0, room),
  );
  const found: PreservedExchange[] = [];
  for (const accounts of pieces(group.accounts)) {
    const rows = await warehouse.rows(exchangesToPreserve, {
      ...asked,
      accounts,
      seed,
      most: Math.max(1, most),
    });
    const kept = rows.filter((row) => row.cited || drawn.has(row.account));
    const texts = await textsOf(kept.flatMap((row) => (row.text_allowed ? [row.id] : [])));
    for (const { account, id, time, cited: isCited, text_allowed: _, ...facts } of kept) {
      const text = texts.get(id);
      const at = `${time.replace(" ", "T")}Z`;
      const content = { exchange: id, account, time: at, ...facts, ...wordsOf(text) };
      found.push({
        account,
        exchange: id,
        time: at,
        cited: isCited,
        content,
        withText: text !== undefined,
      });
    }
  }
  return found;
}

function wordsOf(text: { prompt: string; answer: string } | undefined) {
  return text === undefined
    ? {}
    : { prompt: text.prompt.toWellFormed(), answer: text.answer.toWellFormed() };
}

/** Fisher and Yates's shuffle. */
function shuffled<T>(list: readonly T[], random: (bytes: number) => Buffer): readonly T[] {
  const mixed = [...list];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = random(6).readUIntBE(0, 6) % (i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}
