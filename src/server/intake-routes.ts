import type { IncomingMessage } from "node:http";
import { z } from "zod";
import type { InstallationSecret } from "../ingest/installation-secret.ts";
import { insertAccounts } from "../ingest/load-accounts.ts";
import type { Intake } from "../ingest/open-intake.ts";
import { readPost } from "../ingest/read-post.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { LINES_TYPE } from "./open-body.ts";
import { Problem } from "./problem.ts";
import type { Clock } from "./open-clock.ts";
import type { Answer, Call, Route } from "./route.ts";
import { type Incoming, type Limits, takeBody } from "./take-body.ts";
import { takeTraces } from "./take-traces.ts";

/** What the routes of intake work with. */
export interface IntakeRoutesOptions extends Limits {
  readonly intake: Intake;
  readonly warehouse: Warehouse;
  readonly secret: InstallationSecret;
  readonly now: () => Date;
  /** Hears of every account of which a line was stored. */
  readonly judge?: Pick<Clock, "tell"> | undefined;
}

/** What a sender is told: what was taken is durable, what was refused is named and needs not be sent again. */
const receiptShape = z.object({
  taken: z.int(),
  refused: z.int(),
  /** The first 100. */
  refusals: z.array(z.object({ line: z.int(), reason: z.string() })).readonly(),
});
type Receipt = z.infer<typeof receiptShape>;

/** The routes by which traffic comes in. */
export function intakeRoutes(options: IntakeRoutesOptions): readonly Route[] {
  return [
    {
      method: "POST",
      path: "/v1/exchanges",
      caller: "intake:write",
      summary: "Take exchanges: NDJSON, plain, gzip or zstd",
      answers: receiptShape,
      answer: (request, { token }) =>
        takeExchanges({ request, token, type: LINES_TYPE, last: false }, options),
    },
    {
      method: "POST",
      path: "/v1/litellm",
      caller: "intake:write",
      summary: "Take what LiteLLM's generic logger sends",
      answers: receiptShape,
      // LiteLLM's logger forgets what it could not send.
      answer: (request, { token }) =>
        takeExchanges({ request, token, type: LINES_TYPE, last: true }, options),
    },
    // OpenRouter's Broadcast may be told to use either method.
    ...(["POST", "PUT"] as const).map((method) => ({
      method,
      path: "/v1/traces",
      caller: "intake:write" as const,
      summary: "Take spans: OTLP/HTTP, JSON or protobuf",
      answers: z.object({
        partialSuccess: z
          .object({ rejectedSpans: z.string(), errorMessage: z.string() })
          .optional(),
      }),
      answer: (request: IncomingMessage, { token }: Call) => takeTraces(request, token, options),
    })),
    {
      method: "POST",
      path: "/v1/accounts",
      caller: "intake:write",
      summary: "Take lines about accounts",
      answers: receiptShape,
      answer: (request, { token }) =>
        takeAccounts({ request, token, type: LINES_TYPE, last: true }, options),
    },
  ];
}

function takeExchanges(incoming: Incoming, options: IntakeRoutesOptions): Promise<Answer> {
  const { intake, now } = options;
  return takeBody(incoming, options, async (chunks, onLines) => {
    const post = await readPost(chunks, { reading: {}, now: now() });
    const { rows, refused, refusals, aside } = post;
    onLines(rows + refused);
    await intake.take(post);
    return receipt({ taken: rows, refused, refusals }, { aside });
  });
}

function takeAccounts(incoming: Incoming, options: IntakeRoutesOptions): Promise<Answer> {
  const { warehouse, secret, judge } = options;
  return takeBody(incoming, options, async (chunks, onLines) => {
    const accounts: string[] = [];
    const totals = await insertAccounts(chunks, {
      warehouse,
      secret,
      file: "",
      onAccount: (account) => accounts.push(account),
    }).finally(() => {
      // Only now they can be read.
      for (const account of accounts) judge?.tell(account);
    });
    const refusals = totals.rejections.map(({ line, reason }) => ({ line, reason }));
    const { accepted, rejected, ignored } = totals;
    onLines(accepted + rejected);
    return receipt({ taken: accepted, refused: rejected, refusals }, { ignored });
  });
}

function receipt(what: Receipt, more: object): Answer {
  if (what.taken === 0 && what.refused > 0) throw new Problem("SW_LINES_REFUSED", what);
  return { status: 200, body: { ...what, ...more } };
}
