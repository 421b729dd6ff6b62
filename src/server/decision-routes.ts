import type { Socket } from "node:net";
import { setImmediate as breathe } from "node:timers/promises";
import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import type { LedgerKeys } from "../ledger/ledger-keys.ts";
import { STEPS } from "../ledger/tables.ts";
import { type PageContent, writePage } from "../response/decision-page.ts";
import type { Decision } from "../response/decision-table.ts";
import type { Decisions } from "../response/open-decisions.ts";
import { decisionStream } from "./decision-stream.ts";
import { type Answer, type Route, route } from "./route.ts";

/** Streams at once: they must not take all connections, which others are waited for by. */
const MOST_STREAMS = 256;

const name = (what: string) => z.string().max(1_000).optional().describe(what);

const askedShape = z
  .strictObject({
    account: name("The account, by its exact id"),
    key: name("A key's id, never the key"),
    model: name("The model that is asked for"),
    person: name("An attested person, or an end user's id within the account"),
  })
  .refine(({ account, key, person }) => (account ?? key ?? person ?? "") !== "", {
    message: "name an account, a key or a person",
  });

const decisionShape = z.strictObject({
  action: z.enum(STEPS),
  reason: z.string(),
  expires: z.iso.datetime().nullable(),
  case: z.string().nullable(),
  directive: z.string().nullable(),
  decision: z.string().nullable(),
});

/** See `DecisionPage` and `DecisionEntry`. */
const signedPageShape = z.strictObject({
  signed: z.strictObject({
    before: z.int().nonnegative(),
    version: z.literal(1),
    since: z.int().nonnegative(),
    sequence: z.int().nonnegative(),
    time: z.iso.datetime(),
    entries: z
      .array(
        z.strictObject({
          account: z.string(),
          decision: z.string(),
          action: z.enum(STEPS),
          reason: z.string(),
          expires: z.iso.datetime(),
          case: z.string(),
        }),
      )
      .readonly(),
  }),
  signature: z.string(),
});

const sinceShape = z.strictObject({
  since: z.coerce.number<string>().int().nonnegative().default(0).describe("A sequence number"),
});

const DECIDED = {
  path: "/v1/decision",
  caller: "decisions:read",
  answers: decisionShape,
} as const;

/** The routes by which it is asked what is decided, one request at a time or all to be kept. They answer from memory. */
export function decisionRoutes(decisions: Decisions, keys: LedgerKeys): readonly Route[] {
  const say = answersByDecision();
  const streams = { open: 0 };
  const decide = ({ account, key, model, person }: z.output<typeof askedShape>): Answer =>
    say(decisions.decide({ account, credential: key, model, person }));
  return [
    route({
      ...DECIDED,
      method: "GET",
      summary: "What to do for an account, a key, a person",
      query: askedShape,
      answer: (_, { query }) => decide(query),
    }),
    route({
      ...DECIDED,
      method: "POST",
      summary: "The same, asked in a body",
      body: askedShape,
      answer: (_, { body }) => decide(body),
    }),
    route({
      method: "GET",
      path: "/v1/decisions",
      caller: "decisions:read",
      summary:
        "What is decided, signed: all, or what changed since; as text/event-stream, also what changes from then on",
      query: sinceShape,
      answers: signedPageShape,
      answer: async ({ headers, socket }, { query }) =>
        headers.accept?.includes("text/event-stream") === true
          ? streamFrom(headers["last-event-id"] ?? query.since, { decisions, keys }, (pieces) =>
              counted(pieces, socket, streams),
            )
          : snapshotSince(query.since, decisions, keys),
    }),
  ];
}

/** Answers of the same decision are the same text. */
function answersByDecision(): (decision: Decision) => Answer {
  const written = new WeakMap<Decision, Answer>();
  return (decision) => {
    const known = written.get(decision);
    if (known !== undefined) return known;
    const bytes = `${JSON.stringify(decision)}\n`;
    const answer = { status: 200, bytes, type: "application/json" } as const;
    written.set(decision, answer);
    return answer;
  };
}

function snapshotSince(since: number, decisions: Decisions, keys: LedgerKeys): Answer {
  const { sequence, time } = decisions;
  const missed = since === 0 ? undefined : decisions.changesAfter(since);
  const page: PageContent = {
    since: missed === undefined ? 0 : since,
    sequence,
    time,
    entries: missed ?? decisions.entries(),
  };
  return { status: 200, pieces: inTurns(writePage(page, keys)), type: "application/json" };
}

/** Lets others be answered between pieces. */
async function* inTurns(pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece;
    await breathe();
  }
  yield "\n";
}

/** Throws SW_DECISIONS_GONE where a reader can't begin there. */
function streamFrom(
  from: string | string[] | number,
  { decisions, keys }: { readonly decisions: Decisions; readonly keys: LedgerKeys },
  within: (pieces: AsyncGenerator<string>) => AsyncGenerator<string>,
): Answer {
  const since = Number(from);
  if (!Number.isSafeInteger(since) || decisions.changesAfter(since) === undefined)
    throw new StillwatchError("SW_DECISIONS_GONE", { since: String(from) });
  const pieces = within(decisionStream(decisions, { since, keys }));
  return { status: 200, pieces, type: "text/event-stream" };
}

/** Counts a stream until it ends or its reader has gone, which it may not see before it has something to say. Throws SW_BUSY where there are too many. */
function counted(
  pieces: AsyncGenerator<string>,
  socket: Socket,
  streams: { open: number },
): AsyncGenerator<string> {
  if (streams.open >= MOST_STREAMS) throw new StillwatchError("SW_BUSY");
  streams.open++;
  let counts = true;
  const end = (): void => {
    socket.off("close", end);
    if (counts) streams.open--;
    counts = false;
  };
  socket.once("close", end);
  return untilEnd(pieces, end);
}

async function* untilEnd(pieces: AsyncGenerator<string>, end: () => void): AsyncGenerator<string> {
  try {
    yield* pieces;
  } finally {
    end();
  }
}
