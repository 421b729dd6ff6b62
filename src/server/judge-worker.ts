/**
 * The thread in which a server's traffic is judged: a clock over a warehouse that it joins. It has no timer of its own;
 * what it may not know itself (the time, where the warehouse is by now, whether it may judge) it is told, or asks for.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { Agreement } from "../core/agreement.ts";
import { joinWarehouse } from "../warehouse/open-warehouse.ts";
import {
  type FromJudge,
  type JudgeOrder,
  packFailure,
  type Questions,
  type ToJudge,
  unpackFailure,
} from "./judge-messages.ts";
import { openClock } from "./open-clock.ts";

interface Waiting {
  answered(answer: unknown): void;
  failed(error: Error): void;
}

const order = workerData as JudgeOrder;
const questions = new Map<number, Waiting>();
let asked = 0;
let now = new Date(0);
let agreements: readonly Agreement[] = [];

const warehouse = joinWarehouse({
  endpoint: () => ask("endpoint"),
  whyEnded: () => ask("whyEnded"),
  kill: (reason) => say({ kind: "kill", reason }),
});
const clock = openClock({
  ...order,
  // A copy of a buffer is an array of bytes.
  secret: { ...order.secret, key: Buffer.from(order.secret.key) },
  warehouse,
  now: () => now,
  clock: () => performance.now(),
  agreements: () => agreements,
  ...(order.asks && { mayJudge: () => ask("mayJudge") }),
  onAssessments: (result, closedTick) =>
    say({ kind: "assessed", assessments: { result, closedTick } }),
  onFailure: (error) => say({ kind: "failed", failure: packFailure(error) }),
});

parentPort?.on("message", (message: ToJudge) => {
  switch (message.kind) {
    case "tell":
      clock.tell(message.account);
      break;
    case "answer":
      hear(message);
      break;
    case "wake":
      void wake(message);
  }
});

async function wake(message: ToJudge & { readonly kind: "wake" }): Promise<void> {
  ({ now, agreements } = message);
  await clock.wake();
  say({ kind: "woken", state: clock.state(), stands: clock.assessments() !== undefined });
}

function ask<Q extends keyof Questions>(of: Q): Promise<Questions[Q]> {
  const question = ++asked;
  return new Promise((resolve, failed) => {
    questions.set(question, { answered: (answer) => resolve(answer as Questions[Q]), failed });
    say({ kind: "question", question, of });
  });
}

function hear(message: ToJudge & { readonly kind: "answer" }): void {
  const waiting = questions.get(message.question);
  questions.delete(message.question);
  if ("failure" in message) waiting?.failed(unpackFailure(message.failure));
  else waiting?.answered(message.answer);
}

function say(message: FromJudge): void {
  parentPort?.postMessage(message, []);
}
