import type { IncomingMessage } from "node:http";
import { StillwatchError } from "../core/errors.ts";
import { type JsonRecord, recordOf } from "../ingest/dialects/json-record.ts";
import type { Decision, DecisionTable } from "../response/decision-table.ts";
import { envoyAnswer } from "../response/gateways/envoy.ts";
import type { GatewayAnswer } from "../response/gateways/gateway-answer.ts";
import { litellmAnswer, litellmQuestion } from "../response/gateways/litellm.ts";
import { nginxAnswer } from "../response/gateways/nginx.ts";
import { opaQuestion, opaResult } from "../response/gateways/opa.ts";
import { questionInHeaders } from "../response/gateways/question-in-headers.ts";
import { type BodyRoom, makeBodyRoom } from "./body-room.ts";
import { LINES_TYPE, withBody } from "./open-body.ts";
import type { Answer, Route } from "./route.ts";
import { valuesOfJson } from "./values-of-json.ts";

/** A gateway may send the whole request along, of which only who asks for which model is read. */
const ROOM = { bodyBytes: 32_000_000, heldBytes: 256_000_000 };
/** Values of such a body: while JSON is read nobody is answered, and it is values that take time, not texts. */
const MOST_VALUES = 300_000;

/** The routes by which gateways ask, each in its own words. `GET /v1/decision` is the one in ours. */
export function gatewayRoutes(table: DecisionTable): readonly Route[] {
  const room = makeBodyRoom(ROOM);
  const byHeaders = (
    { headersDistinct }: IncomingMessage,
    say: (decision: Decision) => GatewayAnswer,
  ): Answer => answerOf(say(table.decide(questionInHeaders(headersDistinct))));
  const askOpa = async (request: IncomingMessage): Promise<Decision> =>
    table.decide(opaQuestion(await readBody(request, room)));
  return [
    {
      method: "GET",
      path: "/v1/gateways/nginx",
      caller: "decisions:read",
      summary: "What NGINX's auth_request asks: 200 or 403, and the decision in headers",
      answer: (request) => byHeaders(request, nginxAnswer),
    },
    {
      method: "ANY",
      path: "/v1/gateways/envoy/*",
      caller: "decisions:read",
      summary: "What Envoy's ext_authz asks over HTTP, the caller's path behind its prefix",
      answer: (request) => byHeaders(request, envoyAnswer),
    },
    {
      method: "POST",
      path: "/v1/gateways/litellm/beta/litellm_basic_guardrail_api",
      caller: "decisions:read",
      summary: "What LiteLLM's generic guardrail asks",
      async answer(request) {
        const asked = litellmQuestion(await readBody(request, room), request.headersDistinct);
        return { status: 200, body: litellmAnswer(table.decide(asked)) };
      },
    },
    {
      method: "POST",
      path: "/v1/data/stillwatch",
      caller: "decisions:read",
      summary: "The decision as OPA's data API answers it, for gateways that ask OPA",
      answer: async (request) => ({
        status: 200,
        body: { result: opaResult(await askOpa(request)) },
      }),
    },
    {
      method: "POST",
      path: "/v1/data/stillwatch/allow",
      caller: "decisions:read",
      summary: "Whether a request may pass, as OPA's data API answers it",
      answer: async (request) => ({
        status: 200,
        body: { result: opaResult(await askOpa(request)).allow },
      }),
    },
  ];
}

function answerOf({ status, headers, body }: GatewayAnswer): Answer {
  return body === undefined
    ? { status, headers, bytes: "", type: "text/plain" }
    : { status, headers, body };
}

async function readBody(request: IncomingMessage, room: BodyRoom): Promise<JsonRecord> {
  const reading = { room, type: LINES_TYPE, onBytes: () => undefined };
  return withBody(request, reading, async (chunks) => {
    const parts: Buffer[] = [];
    for await (const chunk of chunks) if (Buffer.isBuffer(chunk)) parts.push(chunk);
    const bytes = Buffer.concat(parts);
    if (valuesOfJson(bytes, MOST_VALUES) > MOST_VALUES)
      throw new StillwatchError("SW_BODY_VALUES", { most: MOST_VALUES.toLocaleString("en") });
    const body = recordOf(parsed(bytes.toString("utf8")));
    if (body === undefined) throw new StillwatchError("SW_BODY_NOT_JSON");
    return body;
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
