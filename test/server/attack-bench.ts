import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { moveCase, reviewCase } from "../../src/ledger/move-case.ts";
import { openCaseFor } from "../../src/ledger/open-cases.ts";
import { type Ledger, openLedger } from "../../src/ledger/open-ledger.ts";
import { preserveEvidence } from "../../src/ledger/preserve-evidence.ts";
import { signIn } from "../../src/ledger/sessions.ts";
import type { UserRole } from "../../src/ledger/tables.ts";
import { setUser } from "../../src/ledger/users.ts";
import { openPeople } from "../../src/server/open-people.ts";
import { openServer } from "../../src/server/open-server.ts";
import type { Route } from "../../src/server/route.ts";
import { serveDecisions } from "../../src/server/serve-decisions.ts";
import { SESSION_LIMITS } from "../../src/server/sign-in-settings.ts";
import { createToken, openTokenBook, type TokenBook } from "../../src/server/tokens.ts";
import { ledgerFolder } from "../ledger/ledger-bench.ts";
import { reviewed } from "../ledger/reviewed.ts";
import { names, sampleGroup } from "../ledger/sample-group.ts";

const NOW = new Date("2026-05-01T12:00:00.000Z");
/** Within what a step, or a look at evidence, may last. */
export const LATER = "2026-05-02T12:00:00.000Z";
/** Why somebody does something. */
export const reason = "one crew";
/** The type of a body of JSON. */
export const JSON_TYPE = { "content-type": "application/json" };
const USERS: Readonly<Record<string, UserRole>> = {
  root: "admin",
  ana: "reviewer",
  bo: "responder",
  cyd: "responder",
  dan: "reviewer",
  cleo: "counsel",
};

/** What was answered. */
export interface Said {
  readonly status: number;
  readonly said: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A server of people's and gateways' routes to be attacked: case c1 of 30 accounts, confirmed by ana who reviewed them; case c2 of 3. */
export interface AttackBench {
  readonly url: string;
  readonly ledger: Ledger;
  readonly routes: readonly Route[];
  readonly tokens: TokenBook;
  /** Of scope `decisions:read`. */
  readonly token: string;
  /** What went wrong that nobody foresaw. */
  readonly failures: readonly unknown[];
  /** What a page of the server sends for somebody who is signed in. */
  own(user: string): { readonly cookie: string; readonly "x-stillwatch": string };
  send(call: string, init?: RequestInit): Promise<Said>;
  /** A call by somebody who is signed in. */
  ask(user: string, call: string, body?: object): Promise<Said>;
  /** A call by the gateway. */
  askAs(call: string, body: string | Buffer, headers?: Record<string, string>): Promise<Said>;
  /** Sends bytes that no client would, with the token for TOKEN; the status of each answer. */
  raw(bytes: string): Promise<readonly number[]>;
  close(): Promise<void>;
}

/** Opens it, with everybody signed in. */
export async function openAttackBench(): Promise<AttackBench> {
  const dataDir = ledgerFolder();
  const failures: unknown[] = [];
  const cookies = new Map<string, string>();
  const now = () => NOW;
  const [clock, onFailure] = [() => performance.now(), (error: unknown) => failures.push(error)];
  const ledger = await openLedger({ dataDir, now });
  await fill(ledger);
  const { token } = await createToken(ledger, { name: "gateway", scopes: ["decisions:read"] });
  const tokens = await openTokenBook(ledger, onFailure);
  const onTokens = () => tokens.refresh();
  const people = await openPeople({ ledger, onTokens, random: randomBytes, clock, onFailure });
  const decisions = await serveDecisions({ dataDir, now, clock, onFailure });
  const routes = [...people.routes, ...decisions.routes];
  const common = { host: "127.0.0.1", port: 0, requestMs: 2_000, tokens, onFailure };
  const server = await openServer({ ...people.doors, ...common, routes });
  for (const name of Object.keys(USERS)) {
    const id = randomBytes(32).toString("base64url");
    await signIn(ledger, { name, id, limits: SESSION_LIMITS });
    cookies.set(name, `stillwatch-session=${id}`);
  }
  await people.doors.sessions?.refresh();
  const send = async (call: string, init: RequestInit = {}): Promise<Said> => {
    const [method = "", path = ""] = call.split(" ");
    const answer = await fetch(server.url + path, { method, ...init });
    const said = await answer.text();
    const body = said.startsWith("{") ? (JSON.parse(said) as Said["body"]) : {};
    return { status: answer.status, said, body };
  };
  const own = (user: string) => ({ cookie: cookies.get(user)!, "x-stillwatch": "1" });
  return {
    url: server.url,
    ledger,
    routes,
    tokens,
    token,
    failures,
    own,
    send,
    ask: (user, call, body) =>
      send(call, {
        headers: { ...own(user), ...(body && JSON_TYPE) },
        ...(body && { body: JSON.stringify(body) }),
      }),
    askAs: (call, body, headers = JSON_TYPE) =>
      send(call, {
        headers: { authorization: `Bearer ${token}`, ...headers },
        body: typeof body === "string" ? body : new Uint8Array(body),
      }),
    async raw(bytes) {
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1").on("error", () => {});
      socket.write(bytes.replace("TOKEN", token));
      const answers = (await text(socket)).matchAll(/^HTTP\/1\.1 (\d{3}) /gm);
      return [...answers].map(([, status]) => Number(status));
    },
    async close() {
      await server.close();
      await decisions.close();
      await people.close();
      await tokens.close();
      await ledger.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

async function fill(ledger: Ledger): Promise<void> {
  for (const [name, role] of Object.entries(USERS))
    await setUser(ledger, { name, role, by: "root" });
  await openCaseFor(ledger, sampleGroup(names(30)));
  await openCaseFor(ledger, sampleGroup(names(3, "b"), { lineage: "g2" }));
  const content = { prompt: "A secret prompt." };
  const kept = { account: "a1", time: NOW.toISOString(), cited: true, withText: true };
  await preserveEvidence(ledger, 1, [{ ...kept, content, exchange: "ex_1" }]);
  await reviewed(ledger, 1);
  await reviewCase(ledger, { number: 1, by: "ana" });
  await moveCase(ledger, { number: 1, move: { to: "confirmed" }, by: "ana", reason });
}
