import type { Change, Ledger } from "../open-ledger.ts";
import { pieces } from "../pieces.ts";
import { caseMembers, caseToChange } from "../read-cases.ts";
import type { CaseMemberRow, TrafficWeekRow } from "../tables.ts";

/** What the traffic says of a member of a case. */
export type AccountStanding = Pick<
  CaseMemberRow,
  "account" | "since" | "organization" | "program" | "agreement"
> & {
  readonly protected: boolean;
  readonly weekExchanges: number;
  readonly weekTokens: number;
  readonly weekBilled: number;
};

/** All traffic of the seven days up to its end. */
export type TrafficWeek = Omit<TrafficWeekRow, "number" | "measured">;

const STALE_MS = 86_400_000;

/** Open cases with members that were not measured yet, or not for a day: their numbers and those members. */
export async function casesToMeasure(
  ledger: Ledger,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const stale = new Date(ledger.now().getTime() - STALE_MS).toISOString();
  const rows = await ledger.read((store) =>
    store
      .selectFrom("case_members")
      .innerJoin("cases", "cases.number", "case_members.case_number")
      .select(["cases.number", "case_members.account"])
      .where("cases.closed", "is", null)
      .where("cases.forgotten", "is", null)
      .where("case_members.left_at", "is", null)
      .where((of) =>
        of.or([of("case_members.measured", "is", null), of("case_members.measured", "<", stale)]),
      )
      .orderBy("cases.number")
      .orderBy("case_members.account")
      .execute(),
  );
  const byCase = Map.groupBy(rows, ({ number }) => number);
  return new Map([...byCase].map(([number, own]) => [number, own.map(({ account }) => account)]));
}

/** Writes down what the traffic says of members of a case, and of all accounts together. Throws SW_CASE_UNKNOWN. */
export async function measureCase(
  ledger: Ledger,
  number: number,
  said: { readonly standings: readonly AccountStanding[]; readonly week: TrafficWeek },
): Promise<void> {
  await ledger.change(async (change) => {
    const { tx, time, record } = change;
    await caseToChange(change, number);
    await writeStandings(change, number, said.standings);
    await tx.deleteFrom("traffic_week").execute();
    await tx
      .insertInto("traffic_week")
      .values({ number: 1, measured: time, ...said.week })
      .execute();
    const details = {
      accounts: said.standings.length,
      protected: said.standings.filter((one) => one.protected).length,
      week_until: said.week.until,
    };
    const actor = "system:ledger";
    record({ actor, action: "case.measured", object: `case:c${number}`, details });
  });
}

async function writeStandings(
  { tx, time }: Change,
  number: number,
  standings: readonly AccountStanding[],
): Promise<void> {
  const members = await caseMembers(tx, number).execute();
  const byAccount = new Map(members.map((member) => [member.account, member]));
  const rows = standings.flatMap((standing): readonly CaseMemberRow[] => {
    const member = byAccount.get(standing.account);
    return member === undefined ? [] : [measured(member, standing, time)];
  });
  for (const some of pieces(rows)) {
    await tx
      .insertInto("case_members")
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(["case_number", "account"]).doUpdateSet((of) => ({
          measured: of.ref("excluded.measured"),
          protected: of.ref("excluded.protected"),
          since: of.ref("excluded.since"),
          organization: of.ref("excluded.organization"),
          program: of.ref("excluded.program"),
          agreement: of.ref("excluded.agreement"),
          week_exchanges: of.ref("excluded.week_exchanges"),
          week_tokens: of.ref("excluded.week_tokens"),
          week_billed: of.ref("excluded.week_billed"),
        })),
      )
      .execute();
  }
}

/** Since when an account is known never moves forward: its first exchanges are forgotten one day. */
function measured(member: CaseMemberRow, standing: AccountStanding, time: string): CaseMemberRow {
  const { organization, program, agreement, weekExchanges, weekTokens, weekBilled } = standing;
  const known = [standing.since, member.since].filter((one) => one !== null);
  return {
    ...member,
    measured: time,
    protected: standing.protected ? 1 : 0,
    since: known.toSorted()[0] ?? null,
    organization,
    program,
    agreement,
    week_exchanges: weekExchanges,
    week_tokens: weekTokens,
    week_billed: weekBilled,
  };
}
