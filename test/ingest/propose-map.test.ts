import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../src/ingest/dialects/json-record.ts";
import { proposeMap } from "../../src/ingest/propose-map.ts";
import { sampleRecords } from "../../src/ingest/sample-records.ts";
import { example, recordsOf } from "./reading-bench.ts";

const proposed = (records: readonly JsonRecord[]) =>
  Object.fromEntries(proposeMap(records).fields.map(({ field, column }) => [field, column.path]));

const many = (make: (n: number) => JsonRecord) => Array.from({ length: 40 }, (_, n) => make(n));

describe("proposeMap", () => {
  it("finds columns by their names in any case, within objects and within JSON text", () => {
    const records = many((n) => ({
      RequestId: `r${n}`,
      createdAt: 1777540500 + n,
      caller: JSON.stringify({ tenantId: `t${n % 3}`, remote_addr: "203.0.113.9" }),
      payload: { messages: [{ role: "user", content: "a" }] },
      completion: "b",
      prompt_tokens: n,
      completion_tokens: 2,
    }));
    expect(proposed(records)).toEqual({
      id: "RequestId",
      time: "createdAt",
      account: "caller.tenantId",
      request: "payload",
      response: "completion",
      "usage.input": "prompt_tokens",
      "usage.output": "completion_tokens",
      "client.ip": "caller.remote_addr",
    });
  });

  it("takes whole bodies as they are, and what stands beside them before what is in them", () => {
    const records = many((n) => ({
      call: `r${n}`,
      at: "2026-04-30T00:00:00Z",
      customer: `c${n % 3}`,
      agent: "okhttp/4.12.0",
      prompt_json: JSON.stringify({ model: "m", max_tokens: 9, messages: [{ role: "user" }] }),
      answer_json: JSON.stringify({ id: `a${n}`, created: 1777540500 + n, choices: [{}] }),
    }));
    expect(proposed(records)).toEqual({
      id: "call",
      time: "at",
      account: "customer",
      request: "prompt_json",
      response: "answer_json",
      "client.user_agent": "agent",
    });
    expect(proposeMap(records).missing).not.toContain("model");
  });

  it("takes no column for an id that repeats, and none for an account that never does", () => {
    const records = many((n) => ({
      id: `x${n % 5}`,
      uuid: `u${n}`,
      user: `v${n}`,
      customer: `c${n % 4}`,
      ts: "2026-04-30T00:00:00Z",
    }));
    expect(proposed(records)).toMatchObject({ id: "uuid", account: "customer", time: "ts" });
  });

  it("names what every exchange needs and is not there", () => {
    expect(proposeMap(many((n) => ({ uuid: `u${n}` }))).missing).toEqual(
      expect.arrayContaining(["time", "account"]),
    );
  });

  it("says that a known format needs no map, and what an account could be taken from", () => {
    const { dialect, fields, unused } = proposeMap(recordsOf("bedrock.ndjson"));
    expect([dialect?.name, fields]).toEqual(["bedrock", []]);
    expect(unused.map(({ path }) => path)).toContain("requestMetadata.tenant");
  });

  it("samples lines and documents", async () => {
    expect(await sampleRecords(example("litellm.ndjson"), 2)).toHaveLength(2);
    expect(await sampleRecords(example("langfuse.json"), 9)).toHaveLength(1);
  });
});
