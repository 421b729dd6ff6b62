import { type RawBuilder, sql, type Transaction } from "kysely";
import { StillwatchError } from "../core/errors.ts";
import type { Ledger } from "./open-ledger.ts";
import type { LedgerTables } from "./tables.ts";

/** The right to do a task that only one process may do. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  /** Fencing token: greater than that of every earlier holder. */
  readonly token: number;
  /** Milliseconds since 1970 by the store's clock, which may differ from this machine's. */
  readonly untilMs: number;
}

/**
 * Takes a lease that is free or has run out, for `ttlMs` milliseconds; undefined while somebody else has it. A holder that
 * asks again gets a new token, so a process that was started anew shuts out what it was before.
 * PostgreSQL's clock decides when one runs out; for a file, which one machine has, `Ledger.now`.
 */
export function acquire(
  ledger: Ledger,
  name: string,
  holder: string,
  ttlMs: number,
): Promise<Lease | undefined> {
  const now = clockOf(ledger);
  return ledger.change(async ({ tx }) => {
    const row = await tx
      .insertInto("leases")
      .values({ name, holder, token: 1, until_ms: sql<number>`${now} + ${whole(ttlMs)}` })
      .onConflict((conflict) =>
        conflict
          .column("name")
          .doUpdateSet((of) => ({
            holder,
            token: sql<number>`${of.ref("leases.token")} + 1`,
            until_ms: of.ref("excluded.until_ms"),
          }))
          .where((of) =>
            of.or([of("leases.until_ms", "<=", now), of("leases.holder", "=", holder)]),
          ),
      )
      .returning(["token", "until_ms"])
      .executeTakeFirst();
    return row && { name, holder, token: row.token, untilMs: row.until_ms };
  });
}

/** Holds a lease for `ttlMs` milliseconds from now; undefined where it has run out or went to somebody else. */
export function renew(ledger: Ledger, lease: Lease, ttlMs: number): Promise<Lease | undefined> {
  const now = clockOf(ledger);
  return ledger.change(async ({ tx }) => {
    const row = await tx
      .updateTable("leases")
      .set({ until_ms: sql<number>`${now} + ${whole(ttlMs)}` })
      .where("name", "=", lease.name)
      .where("token", "=", lease.token)
      .where("until_ms", ">", now)
      .returning("until_ms")
      .executeTakeFirst();
    return row && { ...lease, untilMs: row.until_ms };
  });
}

/** Gives a lease back, so that the next holder needn't wait; nothing where it is somebody else's by now. */
export async function release(ledger: Ledger, lease: Lease): Promise<void> {
  await ledger.change(({ tx }) =>
    tx
      .updateTable("leases")
      .set({ until_ms: 0 })
      .where("name", "=", lease.name)
      .where("token", "=", lease.token)
      .execute(),
  );
}

/**
 * Fences a change: throws SW_LEASE_LOST, and so undoes it, where a later holder has the lease. One that has merely run out
 * still passes: nobody else can have begun.
 */
export async function assertHeld(tx: Transaction<LedgerTables>, lease: Lease): Promise<void> {
  const row = await tx
    .selectFrom("leases")
    .select(["token", "holder"])
    .where("name", "=", lease.name)
    .executeTakeFirst();
  if (row?.token !== lease.token) {
    const { name } = lease;
    throw new StillwatchError("SW_LEASE_LOST", { name, holder: row?.holder ?? "nobody" });
  }
}

function clockOf({ engine, now }: Ledger): RawBuilder<number> {
  return engine === "postgres"
    ? sql<number>`CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)`
    : sql<number>`${now().getTime()}`;
}

/** PostgreSQL takes a bare parameter for text beside a sum; a cast says what it is. */
function whole(value: number): RawBuilder<number> {
  return sql<number>`CAST(${Math.round(value)} AS BIGINT)`;
}
