import { EchoBook } from "./echo-book.ts";
import { EstablishedAccounts } from "./established-accounts.ts";
import type { AccountFacts, Roster } from "./roster.ts";
import type { TrafficRow } from "./traffic-row.ts";

const HOUR = 3600;

/** Facts about everyone so far, with which slices are compared. */
export class Population {
  /** By account: its first exchange, in seconds; and how many accounts began in each hour since 1970. */
  readonly firsts: number[] = [];
  readonly starts = new Map<number, number>();
  /** Payers with a payment, phone or device fingerprint, and those of them that share one with another payer. */
  readonly identified = new Set<number>();
  readonly sharing = new Set<number>();
  /** Those of them that pay for several accounts, declared organizations left out. */
  readonly several = new Set<number>();
  readonly #accounts = new Map<number, Set<number>>();
  readonly echoes = new EchoBook();
  readonly established = new EstablishedAccounts();
  readonly #holders = new Map<bigint, Set<number>>();
  /** UTC days since 1970 on which everybody's hours were other than usual. */
  readonly unusualDays: ReadonlySet<number>;

  constructor(unusualDays: ReadonlySet<number> = new Set()) {
    this.unusualDays = unusualDays;
  }

  /** Counts one exchange; `begins` says whether a conversation begins with it. */
  count(row: TrafficRow, account: number, begins: boolean, roster: Roster): void {
    if (row.presents === 1) this.echoes.converse(account);
    if (this.firsts[account] === undefined) {
      this.firsts[account] = row.time;
      const hour = Math.floor(row.time / HOUR);
      this.starts.set(hour, (this.starts.get(hour) ?? 0) + 1);
    }
    if (begins) this.established.offer(row, account, roster);
  }

  /** Takes the private means of an account that is new, or of which something new is said. */
  welcome(account: number, payer: number, facts: AccountFacts | undefined): void {
    if (facts === undefined || facts.identity.length === 0) return;
    this.identified.add(payer);
    let own = this.#accounts.get(payer);
    if (own === undefined) this.#accounts.set(payer, (own = new Set()));
    own.add(account);
    if (own.size > 1 && facts.organization === 0n) this.several.add(payer);
    for (const { key } of facts.identity) {
      let holders = this.#holders.get(key);
      if (holders === undefined) this.#holders.set(key, (holders = new Set()));
      holders.add(payer);
      if (holders.size > 1) for (const holder of holders) this.sharing.add(holder);
    }
  }
}
