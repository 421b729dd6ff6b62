import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Session } from "chdb";
import { expect, onTestFinished, test } from "vitest";
import { answerRequest } from "../../src/warehouse/answer-request.ts";
import { SessionPool } from "../../src/warehouse/session-pool.ts";
import { emptyFolder } from "./notes-warehouse.ts";

const FAILS_LATE = "SELECT throwIf(number = 300000), number AS leaked FROM numbers(1000000)";
const NOT_STREAMED = "Code: 36. DB::Exception: Streaming query is not supported. (BAD_ARGUMENTS)";

/** The engine's interface over one session that streams nothing, so that every answer is buffered; and how often it was opened. */
async function bufferingEngine() {
  const folder = emptyFolder();
  let opened = 0;
  const open = (): Session => {
    const session = new Session(folder);
    session.queryStream = () => {
      throw new Error(NOT_STREAMED);
    };
    opened += 1;
    return session;
  };
  const pool = new SessionPool(1, open);
  const control = { session: open(), settings: new Map(), parameters: new Set<string>() };
  const engine = { pool, control, settings: new Map([["max_execution_time", "60"]]) };
  const server = createServer(
    (incoming, response) => void answerRequest(engine, incoming, response),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    pool.close();
    control.session.close();
  });
  const { port } = server.address() as AddressInfo;
  const ask = async (body: string): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body });
    return { status: answer.status, text: await answer.text() };
  };
  return { ask, opened: () => opened };
}

test("the engine itself gives rows of a failed, buffered query with the next answer", async () => {
  const session = new Session(emptyFolder());
  onTestFinished(() => session.close());
  await expect(session.queryAsync(FAILS_LATE, { format: "TSV" })).rejects.toThrow(/throwIf/);
  expect((await session.queryAsync("SELECT 1", { format: "TSV" })).text()).not.toBe("1\n");
});

test("no row of a failed, buffered query reaches the next answer: its session is replaced", async () => {
  const { ask, opened } = await bufferingEngine();
  expect(await ask("SELECT 1")).toEqual({ status: 200, text: "1\n" });
  const before = opened();
  for (let round = 1; round <= 3; round++) {
    const failed = await ask(FAILS_LATE);
    expect(failed.status).toBe(500);
    expect(failed.text).toMatch(/^Code: 395\. /);
    expect(await ask("SELECT 1")).toEqual({ status: 200, text: "1\n" });
    expect(opened()).toBe(before + round);
  }
});
