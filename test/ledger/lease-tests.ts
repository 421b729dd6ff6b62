import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { acquire, assertHeld, type Lease, release, renew } from "../../src/ledger/lease.ts";
import type { LedgerBench } from "./ledger-bench.ts";

const MINUTE = 60_000;

/** What a lease promises, on any store. */
export function leaseTests({ engine, place }: LedgerBench): void {
  it("gives a lease to one of two holders, and to the other once it is given back", async () => {
    const { open } = await place();
    const [one, two] = [await open(), await open()];
    const held = await acquire(one, "judge", "node-1", MINUTE);
    expect(held).toMatchObject({ name: "judge", holder: "node-1", token: 1 });
    expect(await acquire(two, "judge", "node-2", MINUTE)).toBeUndefined();
    expect(await acquire(two, "alerts", "node-2", MINUTE)).toMatchObject({ token: 1 });
    await release(one, held!);
    expect(await acquire(two, "judge", "node-2", MINUTE)).toMatchObject({ token: 2 });
    await release(one, held!);
    expect(await acquire(one, "judge", "node-1", MINUTE)).toBeUndefined();
  });

  it("lets one of many who ask at once have it", async () => {
    const { open } = await place();
    const nodes = [await open(), await open(), await open()];
    const answers = await Promise.all(
      nodes.flatMap((node, i) => [1, 2].map((no) => acquire(node, "judge", `${i}-${no}`, MINUTE))),
    );
    expect(answers.filter((lease) => lease !== undefined)).toHaveLength(1);
  });

  it("moves to another holder when it has run out, and the first can neither renew nor write", async () => {
    const { open } = await place();
    let time = 1_000_000;
    const [one, two] = [await open(() => new Date(time)), await open(() => new Date(time))];
    const first = (await acquire(one, "judge", "node-1", 300))!;
    time += 200;
    const renewed = await renew(one, first, 300);
    expect(renewed!.untilMs).toBeGreaterThan(first.untilMs);
    expect(renewed!.token).toBe(first.token);
    time += 301;
    const second = await waitFor(engine, () => acquire(two, "judge", "node-2", MINUTE));
    expect(second.token).toBe(first.token + 1);
    expect(await renew(one, first, MINUTE)).toBeUndefined();
    const writing = one.change(({ tx }) => assertHeld(tx, first));
    await expect(writing).rejects.toMatchObject({ code: "SW_LEASE_LOST" });
    await two.change(({ tx }) => assertHeld(tx, second));
  });

  it("shuts out what a holder was before it was started anew", async () => {
    const { open } = await place();
    const ledger = await open();
    const before = (await acquire(ledger, "judge", "node-1", MINUTE))!;
    const after = (await acquire(ledger, "judge", "node-1", MINUTE))!;
    expect(after.token).toBe(before.token + 1);
    expect(await renew(ledger, before, MINUTE)).toBeUndefined();
    expect(await renew(ledger, after, MINUTE)).toBeDefined();
  });

  it("undoes what a holder who lost it had begun", async () => {
    const { open } = await place();
    const ledger = await open();
    const lost: Lease = { name: "judge", holder: "node-1", token: 0, untilMs: 0 };
    const writing = ledger.change(async ({ tx }) => {
      const row = { name: "other", holder: "x", token: 1, until_ms: 1 };
      await tx.insertInto("leases").values(row).execute();
      await assertHeld(tx, lost);
    });
    await expect(writing).rejects.toMatchObject({ code: "SW_LEASE_LOST" });
    expect(await ledger.read((store) => store.selectFrom("leases").selectAll().execute())).toEqual(
      [],
    );
  });
}

/** A file goes by the test's clock; a server by its own, so there the test waits. */
async function waitFor(
  engine: LedgerBench["engine"],
  ask: () => Promise<Lease | undefined>,
): Promise<Lease> {
  for (let tries = engine === "sqlite" ? 1 : 100; tries > 0; tries--) {
    const lease = await ask();
    if (lease !== undefined) return lease;
    await wait(20);
  }
  throw new Error("The lease never ran out.");
}
