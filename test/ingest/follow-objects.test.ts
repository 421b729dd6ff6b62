import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { followObjects, type FollowOptions } from "../../src/ingest/follow-objects.ts";
import { openFolder } from "../../src/ingest/object-store.ts";
import { openBucket } from "../../src/ingest/s3-bucket.ts";
import { type BucketServer, openBucketServer } from "./bucket-server.ts";
import { exchange } from "./intake-bench.ts";

const PREFIX = "AWSLogs/1 2/BedrockModelInvocationLogs/eu-central-1/";
const BEDROCK = new URL("../../examples/dialects/bedrock.ndjson", import.meta.url);

let server: BucketServer;
let folder: string;
let sent: string[];
let told: unknown[];
beforeEach(async () => {
  server = await openBucketServer();
  folder = mkdtempSync(join(tmpdir(), "stillwatch-follow-"));
  [sent, told] = [[], []];
});
afterEach(() => server.close());

const lines = (...numbers: readonly number[]): string =>
  numbers.map((number) => `${JSON.stringify(exchange(number))}\n`).join("");
const idsSent = (): readonly string[] =>
  sent.flatMap((text) => [...text.matchAll(/"id":"(ex_\d+)"/g)].map(([, id]) => id ?? ""));

function bucket(change: object = {}) {
  const { environment } = server;
  return openBucket({ bucket: "logs", prefix: PREFIX, environment, retries: 3, ...change });
}

/** Looks through it once. */
function look(change: Partial<FollowOptions> = {}): Promise<void> {
  return followObjects({
    store: bucket(),
    placePath: join(folder, "place"),
    reading: {},
    send: async (some) => void sent.push(some.toString()),
    pollMs: 5,
    once: true,
    signal: new AbortController().signal,
    onTold: (one) => told.push(one),
    ...change,
  });
}

describe("following a bucket", () => {
  it("asks for it page by page, signed, and reads Bedrock's invocation log as exchanges", async () => {
    server.objects.set(`${PREFIX}2026/05/01/a+b & 'c'.json.gz`, gzipSync(readFileSync(BEDROCK)));
    for (const number of [1, 2, 3]) {
      server.objects.set(`${PREFIX}2026/05/01/${number}.json`, Buffer.from(lines(number)));
    }
    server.objects.set(`${PREFIX}2026/05/01/data/r_input.json.gz`, Buffer.from("{}"));
    server.objects.set("elsewhere/4.json", Buffer.from(lines(4)));
    await look();
    expect(idsSent()).toEqual(["ex_1", "ex_2", "ex_3"]);
    const bedrock = sent.find((text) => text.includes('"platform":"bedrock"')) ?? "";
    expect(bedrock.split("\n").filter((line) => line !== "").length).toBeGreaterThan(1);
    expect(server.asked).toContain("list Mg==");
    expect(server.asked.filter((key) => key.includes("/data/"))).toEqual([]);
    expect(told).toEqual([]);
  });

  it("goes on where it ended, and sends again what was changed", async () => {
    server.objects.set(`${PREFIX}1`, Buffer.from(lines(1)));
    await look();
    server.objects.set(`${PREFIX}0`, Buffer.from(lines(2)));
    await look();
    server.objects.set(`${PREFIX}1`, Buffer.from(lines(1, 3)));
    await look();
    expect(idsSent()).toEqual(["ex_1", "ex_2", "ex_1", "ex_3"]);
    expect(readFileSync(join(folder, "place"), "utf8").trim().split("\n")).toHaveLength(3);
  });

  it("sends an object again whose lines were not all taken, or whose mark was torn", async () => {
    server.objects.set(`${PREFIX}1`, Buffer.from(lines(1)));
    const refused = look({ send: () => Promise.reject(new Error("not taken")) });
    await expect(refused).rejects.toThrow("not taken");
    await look();
    expect(idsSent()).toEqual(["ex_1"]);
    const place = join(folder, "place");
    writeFileSync(place, readFileSync(place, "utf8").slice(0, 7));
    await look();
    await look();
    expect(idsSent()).toEqual(["ex_1", "ex_1"]);
  });

  it("asks again when told to slow down, and says so when that does not help", async () => {
    server.objects.set(`${PREFIX}1`, Buffer.from(lines(1)));
    server.refusals.push(503, 503, 500);
    await look();
    expect(idsSent()).toEqual(["ex_1"]);
    server.refusals.push(503, 503, 503, 503);
    await expect(look()).rejects.toMatchObject({
      code: "SW_STORE_AWAY",
      details: { reason: "SlowDown" },
    });
    const nobody = { ...server.environment, AWS_ENDPOINT_URL: "http://127.0.0.1:2" };
    const stop = new AbortController();
    const onTold = (one: unknown): void => {
      told.push(one);
      if (told.length === 2) stop.abort();
    };
    const store = bucket({ environment: nobody });
    await look({ store, onTold, once: false, signal: stop.signal });
    const away = { kind: "away", reason: "ECONNREFUSED" };
    expect(told).toEqual([away, away]);
  });

  it("ends where asking again would not help, and says why", async () => {
    const wrong = { ...server.environment, AWS_SECRET_ACCESS_KEY: "another" };
    const refused = { code: "SW_STORE_REFUSED", details: { reason: "SignatureDoesNotMatch" } };
    await expect(look({ store: bucket({ environment: wrong }) })).rejects.toMatchObject(refused);
    const none = { code: "SW_STORE_REFUSED", details: { reason: "NoSuchBucket" } };
    await expect(look({ store: bucket({ bucket: "lost" }) })).rejects.toMatchObject(none);
    expect(() => bucket({ environment: {} })).toThrow(/AWS_ACCESS_KEY_ID/);
  });

  it("goes on after objects that are gone or damaged, and names lines that are no exchange", async () => {
    server.objects.set(
      `${PREFIX}1`,
      gzipSync(lines(...Array.from({ length: 500 }, (_, at) => at))).subarray(0, -9),
    );
    server.objects.set(`${PREFIX}2`, Buffer.from(`${lines(900)}{"what":1}\n`));
    const store = bucket();
    const read = (key: string) => {
      if (key === `${PREFIX}2`) server.objects.delete(key);
      return store.read(key);
    };
    await look({ store: { ...store, read } });
    expect(idsSent().length).toBeGreaterThan(100);
    expect(told).toEqual([
      {
        kind: "refused",
        key: `${PREFIX}1`,
        line: expect.any(Number),
        reason: "compressed data end early",
      },
      { kind: "skipped", key: `${PREFIX}2`, reason: "gone or archived" },
    ]);
  });
});

describe("following a folder", () => {
  it("sends what comes into it and below it, once each, until it is told to end", async () => {
    mkdirSync(join(folder, "logs/2026"), { recursive: true });
    const stop = new AbortController();
    writeFileSync(join(folder, "logs/a.ndjson"), lines(1));
    const following = look({
      store: openFolder(join(folder, "logs")),
      once: false,
      signal: stop.signal,
    });
    await expect.poll(idsSent, { timeout: 10_000, interval: 5 }).toEqual(["ex_1"]);
    writeFileSync(join(folder, "logs/2026/b.json.gz"), gzipSync(lines(2)));
    await expect.poll(idsSent, { timeout: 10_000, interval: 5 }).toContain("ex_2");
    stop.abort();
    await following;
    expect(idsSent().filter((id) => id === "ex_1")).toHaveLength(1);
    await expect(look({ store: openFolder(join(folder, "none")) })).rejects.toMatchObject({
      code: "SW_STORE_REFUSED",
    });
  });
});
