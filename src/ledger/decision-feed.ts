import type { Ledger } from "./open-ledger.ts";
import type { AccountKeyRow, DecisionRow } from "./tables.ts";

/** What a reader of decisions asks for: what changed beyond a number that it has read up to, as of a later one. */
export interface FeedSpan {
  /** 0 reads all that is in force. */
  readonly since: number;
  readonly until: number;
}

/** Some of what changed: steps as they are now, lifted ones too, cases of which every step is gone, and who used keys. */
export interface FeedPage {
  readonly rows: readonly DecisionRow[];
  readonly forgottenCases: readonly number[];
  /** Of a key all users that are new, or none. */
  readonly keyUsers: readonly AccountKeyRow[];
}

const NOTHING: FeedPage = { rows: [], forgottenCases: [], keyUsers: [] };

/** Rows of a page: so few that taking one in holds up nobody who waits for an answer. */
const PAGE = 500;

/** How far decisions can be read now: the number of the audit's last row. It grows with every change of the ledger, and costs one look at an index. */
export async function feedHead(ledger: Ledger): Promise<number> {
  const last = await ledger.read((store) =>
    store
      .selectFrom("audit")
      .select((of) => of.fn.max("sequence").as("sequence"))
      .executeTakeFirst(),
  );
  return last?.sequence ?? 0;
}

/** Reads what changed within a span, in the order it changed, page by page. */
export async function* readDecisionFeed(
  ledger: Ledger,
  { since, until }: FeedSpan,
): AsyncGenerator<FeedPage> {
  let after = { changed: since, number: Number.MAX_SAFE_INTEGER, account: "" };
  const now = ledger.now().toISOString();
  for (;;) {
    const { changed, number, account } = after;
    const rows = await ledger.read((store) => {
      const query = store
        .selectFrom("decisions")
        .selectAll()
        .where("changed", "<=", until)
        .where((of) =>
          of(of.refTuple("changed", "number", "account"), ">", of.tuple(changed, number, account)),
        )
        .orderBy("changed")
        .orderBy("number")
        .orderBy("account")
        .limit(PAGE);
      const inForce = query.where("lifted", "is", null).where("expires", ">", now);
      return (since === 0 ? inForce : query).execute();
    });
    if (rows.length > 0) yield { ...NOTHING, rows };
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) break;
    after = last;
  }
  yield* readKeyUsers(ledger, { since, until });
  if (since === 0) return;
  const forgottenCases = await readForgotten(ledger, { since, until });
  if (forgottenCases.length > 0) yield { ...NOTHING, forgottenCases };
}

async function* readKeyUsers(ledger: Ledger, { since, until }: FeedSpan): AsyncGenerator<FeedPage> {
  const changed = await ledger.read((store) =>
    store
      .selectFrom("account_keys")
      .select((of) => of.fn.max("changed").as("last"))
      .executeTakeFirst(),
  );
  // One look at an index: nearly always nothing is new.
  if ((changed?.last ?? 0) <= since) return;
  for (let after = ""; ;) {
    const rows = await ledger.read((store) =>
      store
        .selectFrom("account_keys")
        .selectAll()
        .where("changed", ">", since)
        .where("changed", "<=", until)
        .where("key", ">", after)
        .orderBy("key")
        .orderBy("account")
        .limit(PAGE)
        .execute(),
    );
    const isLast = rows.length < PAGE;
    // Half of a key's users would lend it a step that the other half speaks against.
    const keyUsers = isLast ? rows : rows.filter(({ key }) => key !== rows.at(-1)?.key);
    if (keyUsers.length > 0) yield { ...NOTHING, keyUsers };
    if (isLast) return;
    after = keyUsers.at(-1)!.key;
  }
}

async function readForgotten(
  ledger: Ledger,
  { since, until }: FeedSpan,
): Promise<readonly number[]> {
  const rows = await ledger.read((store) =>
    store
      .selectFrom("audit")
      .select("object")
      .where("sequence", ">", since)
      .where("sequence", "<=", until)
      .where("action", "=", "case.forgotten")
      .execute(),
  );
  return rows.map(({ object }) => Number(object.slice("case:c".length)));
}
