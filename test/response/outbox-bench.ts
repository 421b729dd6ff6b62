import type { ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { type OutboxOptions, openOutbox } from "../../src/response/open-outbox.ts";
import type { OutboxSettings } from "../../src/response/outbox-settings.ts";
import { openReceiver, type Receiver } from "./receiver.ts";

/** What a command said when it arrived. */
export interface Arrived {
  readonly id: string;
  readonly sequence: number;
  readonly command: string;
  readonly account: string;
  readonly decision: string;
  readonly lifts: string | null;
}

/** A provider's account service on this machine. */
export interface TestService {
  readonly receiver: Receiver;
  /** All commands that arrived, in order, repeats too. */
  arrived(): readonly Arrived[];
  /** As `suspend a1`. */
  words(): readonly string[];
}

/** Opens one that answers commands as `answer` says, and a question for what became of them by `known`. */
export async function openService(
  answer: (response: ServerResponse, command: Arrived, before: number) => void,
  known: () => object = () => ({ commands: [] }),
): Promise<TestService> {
  const receiver = await openReceiver((response, before) => {
    const { body } = receiver.received[before]!;
    if (body === "") response.end(JSON.stringify(known()));
    else answer(response, (JSON.parse(body) as { data: Arrived }).data, before);
  });
  const arrived = () =>
    receiver.received
      .filter(({ body }) => body !== "")
      .map(({ body }) => (JSON.parse(body) as { data: Arrived }).data);
  return {
    receiver,
    arrived,
    words: () => arrived().map(({ command, account }) => `${command} ${account}`),
  };
}

/** Answers with a status, and a state where one is given. */
export function replies(status: number, state?: string, reason?: string) {
  return (response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(state === undefined ? "" : JSON.stringify({ state, reason }));
  };
}

/** An outbox that looks when it is told to, on the ledger's clock; it is closed when the test ends. */
export function outboxOn(
  ledger: Ledger,
  settings: OutboxSettings,
  change: Partial<OutboxOptions> = {},
) {
  const failures: unknown[] = [];
  const outbox = openOutbox({
    settings,
    ledger,
    warehouse: { rows: () => Promise.reject(new Error("nobody is behind a cloud")) },
    now: ledger.now,
    random: () => 0.5,
    onFailure: (error) => failures.push(error),
    lookMs: 1e9,
    attemptMs: 30_000,
    ...change,
  });
  onTestFinished(() => outbox.close());
  return { outbox, failures };
}
