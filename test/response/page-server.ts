import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as bodyOf } from "node:stream/consumers";
import type { LedgerKeys } from "../../src/ledger/ledger-keys.ts";
import { type PageContent, writePage } from "../../src/response/decision-page.ts";
import type { Decision } from "../../src/response/decision-table.ts";

/** A server that says what a test tells it to, signed. */
export interface PageServer {
  readonly url: string;
  /** What it is asked: `all`, `from 5`, or the body of a question or an acknowledgement. */
  readonly asked: readonly string[];
  /** What it answers: all there is, and each question; without an answer it fails. */
  all: PageContent;
  answer: Decision | undefined;
  /** The models that it says are under a directive. */
  directed: readonly string[];
  /** Where it sends whoever asks, if anywhere. */
  redirect: string | undefined;
  /** Numbers it remembers nothing after are gone. */
  remembersFrom: number;
  /** Sends a page to who listens; where a forger is given, what it makes of the signed text. */
  send(page: PageContent, by?: LedgerKeys, forge?: (text: string) => string): void;
  /** What is made of the signed text of all there is. */
  forge: (text: string) => string;
  /** Drops who listens. */
  drop(): void;
  close(): Promise<void>;
}

/** Opens one on a free port. */
export async function openPageServer(all: PageContent, keys: LedgerKeys): Promise<PageServer> {
  const listeners = new Set<ServerResponse>();
  const asked: string[] = [];
  const text = (page: PageContent, by = keys): string => [...writePage(page, by)].join("");
  const http = createServer((request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (server.redirect !== undefined) {
      response.writeHead(307, { location: server.redirect + request.url }).end();
      return;
    }
    if (request.url === "/v1/directives/in-force") {
      response.end(JSON.stringify({ directives: [{ models: server.directed }] }));
    } else if (request.url === "/v1/decisions/acknowledgements") {
      asked.push(await bodyOf(request));
      response.end("{}");
    } else if (request.url === "/v1/decision") {
      asked.push(await bodyOf(request));
      response.writeHead(server.answer === undefined ? 503 : 200);
      response.end(JSON.stringify(server.answer));
    } else if (request.headers.accept !== "text/event-stream") {
      asked.push("all");
      response.end(server.forge(text(server.all)));
    } else {
      const from = Number(request.headers["last-event-id"]);
      asked.push(`from ${from}`);
      const isGone = from < server.remembersFrom;
      response.writeHead(isGone ? 410 : 200, { "content-type": "text/event-stream" });
      if (isGone) response.end();
      else listeners.add(response.once("close", () => listeners.delete(response)));
      response.flushHeaders();
    }
  };
  await new Promise<void>((done) => void http.listen(0, "127.0.0.1", done));
  const server: PageServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    asked,
    all,
    answer: undefined,
    redirect: undefined,
    directed: [],
    remembersFrom: 0,
    forge: (signed) => signed,
    send(page, by, forge = (signed) => signed) {
      const event = `event: decisions\nid: ${page.sequence}\ndata: ${forge(text(page, by))}\n\n`;
      for (const listener of listeners) listener.write(event);
    },
    drop() {
      for (const listener of listeners) listener.destroy();
    },
    close: () =>
      new Promise((done) => {
        http.close(() => done());
        http.closeAllConnections();
      }),
  };
  return server;
}
