import type { AccountHabits, CredentialSpread } from "../signals/comparison.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import {
  accountClients,
  accountRhythms,
  credentialSpread,
  firstUses,
  mailDomains,
} from "../warehouse/statements.gen.ts";
import { isEstablished } from "./established-accounts.ts";
import type { Roster } from "./roster.ts";

/** About as many accounts are compared with, whoever they are. */
const SAMPLED = 2048;

/** Habits of one account; `sampled` ones are compared with. */
export interface ReadHabits {
  /** Its number in the roster. */
  readonly account: number;
  readonly sampled: boolean;
  readonly habits: AccountHabits;
}

/** What the members of the reported groups do as a whole, and about 2,048 other accounts by hash; in the order of hashes. */
export async function readHabits(
  warehouse: Warehouse,
  roster: Roster,
): Promise<readonly ReadHabits[]> {
  const one_in = Math.max(1, Math.ceil(roster.hashes.length / SAMPLED));
  const rhythms = await warehouse.rows(accountRhythms, { one_in });
  const clients = byAccount(await warehouse.rows(accountClients, { one_in }));
  const spreads = byAccount(await warehouse.rows(credentialSpread, { one_in }));
  const uses = byAccount(await warehouse.rows(firstUses, { one_in }));
  const mails = byAccount(await warehouse.rows(mailDomains, { one_in }));
  const until = rhythms.reduce((latest, { last }) => Math.max(latest, last), 0);
  return rhythms.flatMap((row) => {
    const hash = BigInt(row.account_hash);
    const account = roster.accounts.get(Number(hash & 0xffffffffn), Number(hash >> 32n));
    if (account < 0) return [];
    const facts = roster.facts(account);
    const known = uses.get(row.account_hash);
    const habits: AccountHabits = {
      payer: roster.payerOf[account]!,
      created: facts?.created ?? 0,
      plan: facts?.plan ?? "",
      program: facts?.program ?? "",
      mailDomain: mails.get(row.account_hash)?.mail_domain ?? "",
      established: isEstablished(facts, until),
      first: row.first,
      exchanges: row.exchanges,
      days: row.days,
      firstDay: row.first_day,
      busiestDay: row.busiest_day,
      byHour: row.by_hour,
      networks: clients.get(row.account_hash)?.networks ?? [],
      clients: clients.get(row.account_hash)?.clients ?? [],
      spread: spreads.get(row.account_hash) satisfies CredentialSpread | undefined,
      models: (known?.models ?? []).map((model, i) => ({
        model,
        time: known!.times[i]!,
        id: known!.ids[i]!,
      })),
    };
    return [{ account, sampled: row.sampled === 1, habits }];
  });
}

function byAccount<R extends { readonly account_hash: string }>(
  rows: readonly R[],
): ReadonlyMap<string, R> {
  return new Map(rows.map((row) => [row.account_hash, row]));
}
