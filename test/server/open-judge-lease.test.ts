import { describe, expect, it, onTestFinished } from "vitest";
import { StillwatchError } from "../../src/core/errors.ts";
import { loadSecret } from "../../src/ingest/installation-secret.ts";
import { assertHeld } from "../../src/ledger/lease.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { type Clock, openClock } from "../../src/server/open-clock.ts";
import { type JudgeLease, openJudgeLease } from "../../src/server/open-judge-lease.ts";
import { exchange, NOW, openBench } from "../ingest/intake-bench.ts";
import { ledgerBench } from "../ledger/ledger-bench.ts";

const TTL_MS = 30_000;
/** A day of this machine: a lease that a test does not prolong. */
const NEVER_MS = 86_400_000;

/** Nodes that share a ledger in a file, which go by one clock that the test sets. */
describe("the judge's lease", () => {
  const bench = ledgerBench();

  async function nodes() {
    const { open } = await bench.place();
    const time = { ms: 1_000_000 };
    const failures: unknown[] = [];
    const node = async (
      holder: string,
      renewMs = NEVER_MS,
      change: (ledger: Ledger) => Ledger = (ledger) => ledger,
    ): Promise<{ readonly ledger: Ledger; readonly lease: JudgeLease }> => {
      const ledger = await open(() => new Date(time.ms));
      const lease = openJudgeLease({
        ledger: change(ledger),
        holder,
        clock: () => time.ms,
        onFailure: (error) => void failures.push(error),
        ttlMs: TTL_MS,
        renewMs,
      });
      onTestFinished(() => lease.close());
      return { ledger, lease };
    };
    return { node, time, failures };
  }

  it("lets one of two nodes judge, for as long as it prolongs it, and the other when it ends well", async () => {
    const { node, time, failures } = await nodes();
    const [one, two] = [await node("one", 2), await node("two")];
    expect(await one.lease.mayJudge()).toBe(true);
    expect(await two.lease.mayJudge()).toBe(false);
    for (let thirds = 0; thirds < 6; thirds++) {
      time.ms += TTL_MS / 3;
      const until = async () =>
        (await one.ledger.read((store) => store.selectFrom("leases").selectAll().execute()))[0]
          ?.until_ms;
      await expect.poll(until).toBe(time.ms + TTL_MS);
      expect(await two.lease.mayJudge()).toBe(false);
    }
    expect(one.lease.held()).toMatchObject({ holder: "one", token: 1 });
    await one.lease.close();
    expect(one.lease.held()).toBeUndefined();
    expect(await two.lease.mayJudge()).toBe(true);
    expect(failures).toEqual([]);
  });

  it("goes to the other node when it ran out, and shuts out what the first still had in hand", async () => {
    const { node, time } = await nodes();
    const [one, two] = [await node("one"), await node("two")];
    await one.lease.mayJudge();
    const before = one.lease.held()!;
    time.ms += TTL_MS;
    expect(one.lease.held()).toBeUndefined();
    expect(await two.lease.mayJudge()).toBe(true);
    expect(await one.lease.mayJudge()).toBe(false);
    const writing = one.ledger.change(({ tx }) => assertHeld(tx, before));
    await expect(writing).rejects.toMatchObject({ code: "SW_LEASE_LOST" });
    await two.ledger.change(({ tx }) => assertHeld(tx, two.lease.held()!));
  });

  it("outlives a ledger that goes away for a while, says so once, and not for longer than it lasts", async () => {
    const { node, time, failures } = await nodes();
    let isAway = false;
    const away = () => new StillwatchError("SW_LEDGER_FAILED", { reason: "away" });
    const { lease } = await node("one", 2, (ledger) => ({
      ...ledger,
      change: (work) => (isAway ? Promise.reject(away()) : ledger.change(work)),
    }));
    expect(await lease.mayJudge()).toBe(true);
    isAway = true;
    time.ms += TTL_MS - 1;
    await expect.poll(() => failures).toEqual([away()]);
    expect(await lease.mayJudge()).toBe(true);
    time.ms += 1;
    expect(await lease.mayJudge()).toBe(false);
    expect(failures).toHaveLength(1);
    isAway = false;
    expect(await lease.mayJudge()).toBe(true);
  });

  it("keeps one of two clocks from judging the same traffic until it is its turn", async () => {
    const { node, time } = await nodes();
    const traffic = await openBench();
    onTestFinished(() => traffic.close());
    const secret = await loadSecret(traffic.dataDir);
    const judged: string[] = [];
    const clockOf = async (name: string): Promise<Clock> => {
      const { lease } = await node(name);
      return openClock({
        warehouse: traffic.warehouse,
        secret,
        q: 0.01,
        tickSeconds: 3_600,
        latenessSeconds: 0,
        now: () => NOW,
        clock: () => time.ms,
        agreements: () => [],
        mayJudge: lease.mayJudge,
        onAssessments: () => void judged.push(name),
        onFailure: (error) => expect.unreachable(String(error)),
      });
    };
    const load = async (from: number): Promise<void> => {
      const lines = Array.from({ length: 20 }, (_, i) => JSON.stringify(exchange(from + i)));
      await traffic.load([traffic.file(`${from}.ndjson`, `${lines.join("\n")}\n`)]);
    };
    const [one, two] = [await clockOf("one"), await clockOf("two")];
    await two.wake();
    expect(two.state().waits).toBe(false);
    await load(0);
    await load(4_000);
    await one.wake();
    await two.wake();
    expect(judged).toEqual(["one"]);
    expect(one.assessments()).toBeDefined();
    expect(two.assessments()).toBeUndefined();
    expect(two.state().waits).toBe(true);
    time.ms += TTL_MS;
    await two.wake();
    await load(8_000);
    await two.wake();
    await one.wake();
    expect(judged).toEqual(["one", "two", "two"]);
    expect(one.assessments()).toBeUndefined();
    expect(one.state().waits).toBe(true);
    expect(two.assessments()!.closedTick - one.state().closedTick).toBe(3_600);
    time.ms += TTL_MS;
    await one.wake();
    expect(judged).toEqual(["one", "two", "two", "one"]);
    expect(one.assessments()).toEqual(two.assessments());
  });
});
