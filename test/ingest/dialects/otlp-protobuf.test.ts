import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { NotProtobuf, resourceSpansIn } from "../../../src/ingest/dialects/otlp-protobuf.ts";
import { sendSpans } from "./send-spans.ts";

const fixture = new URL("../../fixtures/otlp/exported.json", import.meta.url);
const { protobuf, json } = JSON.parse(readFileSync(fixture, "utf8")) as {
  readonly protobuf: string;
  readonly json: { readonly resourceSpans: readonly object[] };
};
const bytes = Buffer.from(protobuf, "base64");

/** What both forms have, in one spelling: fields nobody reads are left out, integers are numbers. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const skipped = /^(kind|flags|scope|links|dropped\w+|traceState|intValue|schemaUrl)$/;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      if (key === "intValue") return [[key, Number(one)]];
      if (skipped.test(key) || (Array.isArray(one) && one.length === 0)) return [];
      return [[key, key === "status" && one.code === 0 ? {} : plain(one)]];
    }),
  );
}

/** The bodies that the SDK's exporters post, by type. */
async function exported(): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  const bodies = new Map<string, Buffer[]>();
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const type = String(request.headers["content-type"]);
    const packed = request.headers["content-encoding"] === "gzip";
    bodies.set(type, [...(bodies.get(type) ?? []), packed ? gunzipSync(body) : body]);
    response.writeHead(200, { "content-type": type }).end();
  };
  const receiver = createServer((request, response) => void take(request, response));
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  const { port } = receiver.address() as AddressInfo;
  await sendSpans(
    `http://127.0.0.1:${port}`,
    ["protobuf", "json"],
    new Date("2026-05-01T12:00:00Z"),
  );
  receiver.closeAllConnections();
  receiver.close();
  return bodies;
}

describe("spans in protobuf", () => {
  it("are what the OpenTelemetry SDK here sends of the same spans as JSON", async () => {
    const bodies = await exported();
    const binary = bodies.get("application/x-protobuf") ?? [];
    const texts = bodies.get("application/json") ?? [];
    const asJson = texts.flatMap((text) => JSON.parse(text.toString()).resourceSpans as object[]);
    expect(asJson).toHaveLength(2);
    expect(plain(binary.flatMap((one) => [...resourceSpansIn(one)]))).toEqual(plain(asJson));
  });

  it("are what another version of it wrote", () => {
    const found = [...resourceSpansIn(bytes)];
    const spans = json.resourceSpans.map((one) => plain(one));
    expect(JSON.stringify(spans)).toContain("Wie heißt der Hafen? 港");
    expect(plain(found)).toEqual(spans);
  });

  it("are refused and never misread into another error when they are cut or damaged", () => {
    let refused = 0;
    const read = (damaged: Buffer): void => {
      try {
        for (const one of resourceSpansIn(damaged)) expect(one).toBeTypeOf("object");
      } catch (error) {
        expect(error).toBeInstanceOf(NotProtobuf);
        refused++;
      }
    };
    for (let at = 0; at < bytes.length; at++) {
      read(bytes.subarray(0, at));
      for (const bit of [1, 8, 128]) {
        const damaged = Buffer.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ bit;
        read(damaged);
      }
    }
    expect(refused).toBeGreaterThan(bytes.length);
  });

  it("are refused where values are nested without end", () => {
    let value: Buffer = Buffer.from([0x0a, 0x00]);
    const wrap = (tag: number, inner: Buffer): Buffer => {
      const length = [(inner.length & 0x7f) | 0x80, inner.length >> 7];
      return Buffer.concat([Buffer.from([tag, ...length]), inner]);
    };
    for (let depth = 0; depth < 200; depth++) value = wrap(0x2a, wrap(0x0a, value));
    const pair = wrap(0x12, value);
    const resource = wrap(0x0a, wrap(0x0a, pair));
    expect(() => [...resourceSpansIn(wrap(0x0a, resource))]).toThrow(NotProtobuf);
  });
});
