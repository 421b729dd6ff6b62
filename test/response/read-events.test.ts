import fc from "fast-check";
import { expect, it } from "vitest";
import { readEvents } from "../../src/response/read-events.ts";

const STREAM = [
  ": a comment\r\n\r\n",
  'event: decisions\r\nid: 6\r\ndata: {"a":\r\ndata: "ü"}\r\n\r\n',
  "retry: 10\nid: 7\n\n",
  "data:no space\n\n",
  "data: never finished\n",
].join("");

async function eventsOf(cuts: readonly number[]) {
  const bytes = Buffer.from(STREAM);
  const ends = [...cuts.map((cut) => cut % bytes.length).toSorted((a, b) => a - b), bytes.length];
  const parts = ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
  const events = [];
  const body = ReadableStream.from(parts) as ReadableStream<Uint8Array>;
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

it("events are read wherever their bytes are cut", async () => {
  const all = [
    { event: "decisions", id: "6", data: '{"a":\n"ü"}' },
    { event: "message", id: undefined, data: "no space" },
  ];
  expect(await eventsOf([])).toEqual(all);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(), { maxLength: 8 }), async (cuts) => {
      expect(await eventsOf(cuts)).toEqual(all);
    }),
    { numRuns: 50 },
  );
});
