import { appendFileSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beforeEach, describe, expect, it } from "vitest";
import { sendLines } from "../../src/ingest/send-lines.ts";
import { tailFile } from "../../src/ingest/tail-file.ts";

let folder: string;
let path: string;
let sent: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stillwatch-tail-"));
  path = join(folder, "log");
  sent = [];
});

/** Follows the log; `stop` ends it and waits. */
function follow(fail = (): boolean => false) {
  const stop = new AbortController();
  const done = tailFile({
    path,
    placePath: join(folder, "place"),
    pollMs: 5,
    signal: stop.signal,
    send: async (lines) => {
      if (fail()) throw new Error("not taken");
      sent.push(lines.toString());
    },
  });
  const stopped = async (): Promise<void> => {
    stop.abort();
    await done;
  };
  return { done, stopped };
}

async function until(expected: string): Promise<void> {
  await expect.poll(() => sent.join(""), { timeout: 10_000, interval: 5 }).toBe(expected);
}

describe("following a log", () => {
  it("sends whole lines as they come, and goes on where it ended", async () => {
    writeFileSync(path, "one\ntw");
    const first = follow();
    await until("one\n");
    appendFileSync(path, "o\nthree\n");
    await until("one\ntwo\nthree\n");
    await first.stopped();
    appendFileSync(path, "four\n");
    const second = follow();
    await until("one\ntwo\nthree\nfour\n");
    await second.stopped();
  });

  it("sends a rotated log to its end before the new one, also where nobody followed meanwhile", async () => {
    writeFileSync(path, "a\n");
    const first = follow();
    await until("a\n");
    appendFileSync(path, "b\nunfinished");
    renameSync(path, `${path}.1`);
    writeFileSync(path, "c\n");
    await until("a\nb\nunfinishedc\n");
    await first.stopped();
    appendFileSync(path, "d\n");
    renameSync(path, `${path}.2`);
    writeFileSync(path, "e\n");
    const second = follow();
    await until("a\nb\nunfinishedc\nd\ne\n");
    await second.stopped();
  });

  it("begins anew in a log that was cut short", async () => {
    writeFileSync(path, "a long line\n");
    const run = follow();
    await until("a long line\n");
    writeFileSync(path, "b\n");
    await until("a long line\nb\n");
    await run.stopped();
  });

  it("leaves out no line that was not taken", async () => {
    writeFileSync(path, "a\n");
    await expect(follow(() => true).done).rejects.toThrow("not taken");
    const again = follow();
    await until("a\n");
    await again.stopped();
  });

  it("says that there is no such log", async () => {
    await expect(follow().done).rejects.toMatchObject({ code: "SW_INPUT_MISSING" });
  });
});

describe("sending lines", () => {
  it("sends them again while it is asked to wait, and not where that would not help", async () => {
    const bodies: string[] = [];
    const statuses = [429, 200, 422, 401];
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      bodies.push(`${request.headers.authorization} ${await text(request)}`);
      response.writeHead(statuses.shift() ?? 500, { "retry-after": "0.01" });
      response.end(JSON.stringify({ taken: 1, refused: 2, refusals: [] }));
    };
    const receiver = createServer((request, response) => void answer(request, response));
    receiver.listen(0, "127.0.0.1");
    await new Promise((resolve) => receiver.once("listening", resolve));
    const { port } = receiver.address() as AddressInfo;
    const heard: unknown[] = [];
    const send = sendLines({
      url: new URL(`http://127.0.0.1:${port}/in?key=1`),
      token: "t",
      signal: new AbortController().signal,
      onAnswer: ({ taken, refused }) => heard.push([taken, refused]),
      onWait: (reason) => heard.push(reason),
    });
    await send(Buffer.from("a\n"));
    await send(Buffer.from("b\n"));
    const refused = send(Buffer.from("c\n"));
    await expect(refused).rejects.toMatchObject({ code: "SW_SEND_FAILED" });
    await expect(refused).rejects.not.toThrow(/key=1/);
    expect(bodies).toEqual(["Bearer t a\n", "Bearer t a\n", "Bearer t b\n", "Bearer t c\n"]);
    expect(heard).toEqual(["it answered 429", [1, 2], [1, 2]]);
    receiver.close();
  });
});
