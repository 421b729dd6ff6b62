import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Answer } from "./route.ts";
import { SECURE_HEADERS } from "./secure-headers.ts";

/** Who takes nothing for so long is gone. */
const STUCK_MS = 60_000;
const SECURE = inLine(SECURE_HEADERS);

/**
 * Sends an answer: at once where it is there as a whole, in one write where it is a text. In pieces it is sent when the
 * promise ends, without a word where the one who asked has gone; until then it is among those that flow.
 */
export function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  flowing: Set<ServerResponse>,
): Promise<void> | undefined {
  if ("pieces" in answer) {
    flowing.add(response.once("close", () => flowing.delete(response)));
    response.writeHead(answer.status, headOf(answer, answer.type));
    return sendPieces(response, answer.pieces);
  }
  const json = "body" in answer;
  const bytes = json ? `${JSON.stringify(answer.body)}\n` : answer.bytes;
  const head = headOf(answer, json ? "application/json" : answer.type);
  head.push("content-length", Buffer.byteLength(bytes));
  response.writeHead(answer.status, head).end(bytes);
  return undefined;
}

async function sendPieces(
  response: ServerResponse,
  pieces: AsyncIterable<string | Buffer>,
): Promise<void> {
  response.setTimeout(STUCK_MS);
  response.flushHeaders();
  await pipeline(pieces, response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  });
}

/** Names and values by turns: Node writes them as they are, where it would look up and copy those of an object. */
function headOf({ headers }: Answer, type: string): OutgoingHttpHeader[] {
  const own = headers === undefined ? [] : inLine(headers);
  return [...SECURE, "content-type", type, ...own];
}

function inLine(headers: OutgoingHttpHeaders): readonly OutgoingHttpHeader[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [name, value],
  );
}
