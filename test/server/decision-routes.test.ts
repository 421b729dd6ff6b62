import { afterEach, describe, expect, it } from "vitest";
import { stepAcknowledged } from "../../src/ledger/acknowledgements.ts";
import { liftDecision } from "../../src/ledger/decisions.ts";
import type { Ledger } from "../../src/ledger/open-ledger.ts";
import { readCase } from "../../src/ledger/read-cases.ts";
import { readPage } from "../../src/response/decision-page.ts";
import { openDecisions } from "../../src/response/open-decisions.ts";
import { decisionStream } from "../../src/server/decision-stream.ts";
import { openServer } from "../../src/server/open-server.ts";
import { serveDecisions } from "../../src/server/serve-decisions.ts";
import type { TokenBook } from "../../src/server/tokens.ts";
import { confirmedCase, limit } from "../ledger/feed-tests.ts";
import { ledgerBench, type LedgerPlace } from "../ledger/ledger-bench.ts";
import { names } from "../ledger/sample-group.ts";

const bench = ledgerBench();
const NO_TOKENS: TokenBook = { any: () => false, admit: () => "unknown" };
const closing: (() => Promise<void>)[] = [];
const lift = { decision: 1, by: "ana", reason: "an appeal" };

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function openNode({ dataDir }: LedgerPlace, tokens = NO_TOKENS): Promise<string> {
  const onFailure = (error: unknown) => {
    throw error;
  };
  const now = () => new Date(0);
  const decisions = await serveDecisions({ dataDir, now, clock: () => 0, onFailure });
  closing.push(() => decisions.close());
  const { routes } = decisions;
  const server = await openServer({ host: "127.0.0.1", port: 0, routes, tokens, onFailure });
  closing.push(() => server.close());
  return server.url;
}

async function limitedAccounts(count: number): Promise<readonly [LedgerPlace, Ledger]> {
  const place = await bench.place();
  const ledger = await place.open();
  await confirmedCase(ledger, names(count));
  await limit(ledger);
  return [place, ledger];
}

const json = async (url: string, init: RequestInit = {}) =>
  (await (await fetch(url, init)).json()) as { readonly action?: string };
const pageAt = async (url: string, { keys }: Ledger) =>
  readPage(await (await fetch(url)).text(), keys.auditKeys);

/** Server-sent events, one after the other. */
async function* eventsAt(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url, { headers: { accept: "text/event-stream", ...headers } });
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  let text = "";
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const found = /^event: decisions\nid: (\d+)\ndata: (.*)$/.exec(text.slice(0, end));
      yield { id: Number(found?.[1]), data: found?.[2] ?? "" };
      text = text.slice(end + 2);
    }
  }
}

describe("the decision service", () => {
  it("acknowledges what it has loaded, and takes other gateways' word for theirs", async () => {
    const [place, ledger] = await limitedAccounts(2);
    const url = await openNode(place);
    const said = async () => {
      const { decisions } = await readCase(ledger, 1);
      const { gateways, acknowledged } = (await stepAcknowledged(ledger, decisions))!;
      return [acknowledged, gateways];
    };
    await expect.poll(said).toEqual([1, 1]);
    const { sequence } = await pageAt(`${url}/v1/decisions`, ledger);
    const headers = { "content-type": "application/json" };
    const tell = (number: number) => {
      const body = JSON.stringify({ gateway: "edge-1", sequence: number });
      return json(`${url}/v1/decisions/acknowledgements`, { method: "POST", headers, body });
    };
    expect(await tell(1)).toEqual({ gateway: "edge-1", sequence: 1 });
    expect(await said()).toEqual([1, 2]);
    await tell(sequence);
    expect(await said()).toEqual([2, 2]);
    await liftDecision(ledger, lift);
    await expect.poll(said).toEqual([1, 2]);
  });

  it("tells a gateway what to do for an account, asked in the address or in a body", async () => {
    const [place] = await limitedAccounts(2);
    const url = await openNode(place);
    const limited = {
      action: "limit",
      reason: "harvest",
      expires: "1970-01-02T00:00:00.000Z",
      case: "c1",
      directive: null,
      decision: "d1",
    };
    expect(await json(`${url}/v1/decision?account=a1&model=orion-4&key=`)).toEqual(limited);
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ account: "a2", key: "key_4" });
    expect(await json(`${url}/v1/decision`, { method: "POST", headers, body })).toEqual(limited);
    const unknown = [
      ["account=b%201", "none"],
      ["key=a1", "account_unknown"],
      ["person=a1", "account_unknown"],
    ];
    for (const [question, because] of unknown)
      expect(await json(`${url}/v1/decision?${question}`)).toMatchObject({
        action: "allow",
        reason: because,
      });
  });

  it("refuses a question that names nobody, or names them by another word, rather than allow", async () => {
    const [place] = await limitedAccounts(1);
    const url = await openNode(place);
    for (const bad of ["", "?model=orion-4", "?account=", "?acount=a1", "?account=a1&account=b"])
      expect(await json(`${url}/v1/decision${bad}`), bad).toMatchObject({
        status: 422,
        code: "SW_ASKED_INVALID",
      });
    for (const bad of ["-1", "1.5", "x"])
      expect(await json(`${url}/v1/decisions?since=${bad}`)).toMatchObject({ status: 422 });
  });

  it("answers nobody without the scope once a token exists", async () => {
    const [place] = await limitedAccounts(1);
    const url = await openNode(place, { any: () => true, admit: () => "scope" });
    for (const path of ["/v1/decision?account=a1", "/v1/decisions"]) {
      const headers = { authorization: "Bearer sw_0123456789" };
      expect((await fetch(url + path)).status).toBe(403);
      expect((await fetch(url + path, { headers })).status).toBe(403);
    }
  });

  it("says the same on every server of a ledger, a moment after anybody decided or lifted it", async () => {
    const [place, ledger] = await limitedAccounts(2);
    const nodes = [await openNode(place), await openNode(place)];
    const actions = () =>
      Promise.all(nodes.map(async (url) => (await json(`${url}/v1/decision?account=a1`)).action));
    expect(await actions()).toEqual(["limit", "limit"]);
    await liftDecision(ledger, lift);
    await expect.poll(actions).toEqual(["allow", "allow"]);
    await limit(ledger, ["a1"]);
    await expect.poll(actions).toEqual(["limit", "limit"]);
  });

  it("gives all that holds as one signed page, and what changed since to who has it", async () => {
    const [place, ledger] = await limitedAccounts(450);
    const url = await openNode(place);
    const all = await pageAt(`${url}/v1/decisions`, ledger);
    expect(all).toMatchObject({ version: 1, since: 0, time: "1970-01-01T00:00:00.000Z" });
    expect(all.entries).toHaveLength(450);
    await liftDecision(ledger, { ...lift, accounts: ["a7"] });
    const since = () => pageAt(`${url}/v1/decisions?since=${all.sequence}`, ledger);
    await expect.poll(async () => (await since()).entries.length).toBe(1);
    expect(await since()).toMatchObject({
      since: all.sequence,
      sequence: all.sequence + 1,
      entries: [{ account: "a7", decision: "d1", action: "allow" }],
    });
    for (const gone of [1, 999])
      expect(await pageAt(`${url}/v1/decisions?since=${gone}`, ledger)).toMatchObject({
        since: 0,
        entries: { length: 449 },
      });
  });

  it("streams what changes from then on, and goes on where a reader was", async () => {
    const [place, ledger] = await limitedAccounts(1200);
    const url = await openNode(place);
    const { sequence: begin } = await pageAt(`${url}/v1/decisions`, ledger);
    const read = ({ data }: { data: string }) => readPage(data, ledger.keys.auditKeys);
    const stream = eventsAt(`${url}/v1/decisions?since=${begin}`);
    const next = async () => read((await stream.next()).value!);
    expect(await next()).toMatchObject({ since: begin, sequence: begin, entries: [] });
    await liftDecision(ledger, lift);
    const pages = [await next(), await next(), await next()];
    expect(pages.map(({ entries }) => entries.length)).toEqual([500, 500, 200]);
    expect(pages.map(({ sequence }) => sequence - begin)).toEqual([0, 0, 1]);
    await stream.return(undefined);
    await limit(ledger, ["a1"]);
    const later = eventsAt(`${url}/v1/decisions`, { "last-event-id": String(begin + 1) });
    const missed: string[] = [];
    for await (const event of later) {
      missed.push(...read(event).entries.map(({ action }) => action));
      if (event.id === begin + 2) break;
    }
    expect(missed).toEqual(["limit"]);
    for (const from of ["1", "999", "x"]) {
      const headers = { accept: "text/event-stream", "last-event-id": from };
      const answer = await fetch(`${url}/v1/decisions`, { headers });
      expect([answer.status, await answer.json()]).toMatchObject([
        410,
        { code: "SW_DECISIONS_GONE" },
      ]);
    }
  });

  it("shows a reader that it lives, and drops one that is further behind than is remembered", async () => {
    const [place, ledger] = await limitedAccounts(3);
    const decisions = await openDecisions({
      ledger: await place.open(),
      now: ledger.now,
      clock: () => 0,
      staleAfterMs: 1,
      remembered: 2,
      pollMs: 20,
      onFailure: () => {},
    });
    closing.push(() => decisions.close());
    const { sequence } = decisions;
    const options = { since: sequence, keys: ledger.keys, heartbeatMs: 20 };
    const [quick, slow] = [decisionStream(decisions, options), decisionStream(decisions, options)];
    await slow.next();
    for (let beats = 0; beats < 3; beats++)
      expect((await quick.next()).value).toContain(`id: ${sequence}\n`);
    await liftDecision(ledger, lift);
    await expect.poll(() => decisions.sequence).toBe(sequence + 1);
    expect(await slow.next()).toEqual({ value: undefined, done: true });
    expect(await quick.next()).toEqual({ value: undefined, done: true });
  });

  it("ends a reader's stream when the server ends", async () => {
    const [place, ledger] = await limitedAccounts(1);
    const url = await openNode(place);
    const { sequence } = await pageAt(`${url}/v1/decisions`, ledger);
    const stream = eventsAt(`${url}/v1/decisions?since=${sequence}`);
    await stream.next();
    const ended = stream.next().catch(() => "cut");
    for (const close of closing.splice(0).toReversed()) await close();
    expect(await ended).toBe("cut");
  });
});
