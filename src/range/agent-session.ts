import { answerCalls, writeStep, type Repository, type Scaffold } from "./agent.ts";
import { ask, said, type Caller, type Thread } from "./conversation.ts";
import type { Random } from "./random.ts";
import { SECOND, type Client, type Due, type Message, type ToolCall } from "./world.ts";

/** Through which account, and from where, one request goes. */
export interface Door {
  readonly caller: Caller;
  readonly client: Client;
}

/** One request to a coding agent, with the tool calls it makes until it reports. */
export interface AgentErrand {
  readonly repository: Repository;
  readonly scaffold: Scaffold;
  /** The conversation it belongs to; earlier errands of the sitting are in it. */
  readonly thread: Thread;
  readonly opening: Message;
  /** Requests to the model, the last of which reports. */
  readonly steps: number;
  readonly start: number;
  readonly until: number;
  /** Mean time from an answer to the next request, in milliseconds. */
  readonly pause: number;
  /** Asked at every request. All doors of an errand speak one dialect. */
  readonly door: (time: number) => Door;
}

/** Longest conversation an agent keeps, in characters; then it goes on from a summary. */
export const CONTEXT_LIMIT = 600_000;

/** Carries an errand out, each request with everything before it; returns when it is done. People's agents and operators' trajectories differ only in their doors and errands. */
export function* runErrand(random: Random, errand: AgentErrand): Generator<Due, number> {
  const { repository, scaffold, thread, steps, until } = errand;
  let turn: readonly Message[] = [errand.opening];
  let time = errand.start;
  for (let step = 0; step < steps && time < until; step++) {
    const at = time;
    let calls: readonly ToolCall[] = [];
    yield {
      time,
      take: () => {
        const { caller, client } = errand.door(at);
        const reply = writeStep(repository, scaffold, caller.dialect, random, step === steps - 1);
        calls = reply.calls ?? [];
        if (lengthOf(thread) > CONTEXT_LIMIT) turn = [restart(thread)];
        return ask(random, caller, client, thread, turn, reply);
      },
    };
    turn = answerCalls(calls, repository, random);
    time += Math.round(3 * SECOND + random.exponential(errand.pause));
  }
  return time;
}

/** Empties the conversation and returns the message it starts again with. */
function restart(thread: Thread): Message {
  const last = thread.messages.findLast(
    (message) => message.role === "assistant" && message.text !== "",
  );
  const first = thread.messages.find((message) => message.role === "user");
  thread.messages.length = 0;
  return said(`${first?.text ?? ""}\n\nWhere the work stands: ${last?.text ?? "just begun"}`);
}

function lengthOf(thread: Thread): number {
  return thread.messages.reduce((sum, message) => sum + message.text.length, 0);
}
