import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openAlertStore } from "../../src/response/alert-store.ts";
import { isSigned, openReceiver, says } from "./receiver.ts";
import { SECRET } from "./sample-ticks.ts";

const CHILD = join(import.meta.dirname, "alerts-child.ts");

describe("alerts of a process that is killed", { timeout: 240_000 }, () => {
  it("between writing and delivery, and again between delivery and noting it, are delivered, each once by its id", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "stillwatch-alerts-"));
    let hang = true;
    const receiver = await openReceiver((response) => {
      if (!hang) says(200)(response);
    });
    const start = () =>
      spawn(process.execPath, [CHILD, dataDir, receiver.url], {
        stdio: ["pipe", "pipe", "inherit"],
      });
    for (let kills = 0; kills < 3; kills++) {
      const child = start();
      const ended = once(child, "exit");
      await once(child.stdout, "data");
      // Before the first attempt, or while the receiver has it and has not answered.
      if (kills > 0)
        await expect
          .poll(() => receiver.received.length, { timeout: 50_000 })
          .toBeGreaterThan(kills - 1);
      child.kill("SIGKILL");
      await ended;
    }
    const { told, waiting, outbox } = openAlertStore(dataDir).read();
    expect(Object.keys(told)).toEqual(["group_g0", "group_g1", "group_g2"]);
    expect(waiting.length + outbox.length).toBeGreaterThan(0);
    hang = false;
    const last = start();
    const delivered = (): boolean => {
      const book = openAlertStore(dataDir).read();
      return book.waiting.length + book.outbox.length === 0;
    };
    await expect.poll(delivered, { timeout: 50_000 }).toBe(true);
    last.stdin.end();
    await once(last, "exit");
    const bodies = new Map(receiver.received.map((one) => [one.headers["webhook-id"], one.body]));
    const alerts = [...bodies.values()].flatMap((body) => JSON.parse(body).data.alerts);
    const ids = alerts.map(({ id, sequence }) => `${id}.${sequence}`);
    expect(ids.toSorted()).toEqual(["group_g0.1", "group_g1.1", "group_g2.1"]);
    expect(receiver.received.every((one) => isSigned(one, SECRET))).toBe(true);
    expect(openAlertStore(dataDir).read().delivered).toBe(bodies.size);
  });
});
