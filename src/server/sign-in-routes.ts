import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import { newSecret, signIn, signInByCode } from "../ledger/sessions.ts";
import { USER_ROLES } from "../ledger/tables.ts";
import { type IdentityProvider, RETURN_PATH, type SignInFlow } from "./identity-provider.ts";
import type { Proxies } from "./proxies.ts";
import { type Answer, type Route, route } from "./route.ts";
import { cookieIn, cookieName, type SessionBook, setCookie } from "./session-book.ts";
import { tryLimit } from "./try-limit.ts";

/** What signing in works with. */
export interface SignInOptions {
  readonly ledger: Ledger;
  readonly sessions: SessionBook;
  /** Absent: people sign in by codes alone. */
  readonly provider: IdentityProvider | undefined;
  /** Whether people come by https. */
  readonly secure: boolean;
  /** Those that people come through. */
  readonly proxies: Proxies;
  readonly random: (bytes: number) => Buffer;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
}

/** From one address, by each way of signing in. */
const TRIES = { most: 30, everyMs: 60_000 };
/** How long somebody may take at the provider. */
const FLOW_SECONDS = 600;
const FLOW = /^[\w-]{43}\.[\w-]{43}\.[\w-]{43}\.[\w-]{0,700}$/;
/** A page of this server: a path that no browser takes for another host. */
const OWN_PAGE = /^\/(?![/\\])[\w\-./?=&%~#]{0,500}$/;

const whoShape = z.object({ user: z.string(), role: z.enum(USER_ROLES) });

/** The routes by which people sign in and out. */
export function signInRoutes(options: SignInOptions): readonly Route[] {
  const limit = tryLimit(TRIES, options.clock);
  // Each way by itself: who guesses codes keeps nobody from the provider.
  const assertAnother = (request: IncomingMessage, way: string): void =>
    limit.assertAnother(`${way} ${options.proxies.addressOf(request)}`);
  return [
    route({
      method: "GET",
      path: "/v1/sign-in",
      caller: "anyone",
      summary: "Send a browser to the identity provider",
      query: z.strictObject({
        to: z
          .string()
          .regex(OWN_PAGE)
          .optional()
          .describe("the page of this server to come back to"),
      }),
      answer(request, { query }) {
        assertAnother(request, "leave");
        return leave(options, query.to ?? "");
      },
    }),
    {
      method: "GET",
      path: RETURN_PATH,
      caller: "anyone",
      summary: "Where the identity provider sends a browser back to",
      answers: whoShape,
      answer(request) {
        assertAnother(request, "return");
        return comeBack(request, options);
      },
    },
    route({
      method: "POST",
      path: "/v1/session",
      caller: "anyone",
      summary: "Sign in by a code of `stillwatch user sign-in`",
      body: z.strictObject({ code: z.string().min(1).max(200) }),
      answers: whoShape,
      async answer(request, { body }) {
        assertAnother(request, "code");
        const id = newSecret(options.random);
        const { ledger, sessions } = options;
        await signInByCode(ledger, { code: body.code, id, limits: sessions.limits });
        return welcome(request, id, options);
      },
    }),
    {
      method: "GET",
      path: "/v1/session",
      caller: { right: "look" },
      summary: "Who is signed in",
      answers: whoShape,
      answer: async ({ headers }) => who(options.sessions.idIn(headers.cookie) ?? "", options),
    },
    {
      method: "DELETE",
      path: "/v1/session",
      caller: { right: "look" },
      summary: "Sign out",
      async answer({ headers }) {
        const { sessions } = options;
        await sessions.end(sessions.idIn(headers.cookie) ?? "");
        return { status: 200, body: {}, headers: { "set-cookie": sessions.cookieOf(undefined) } };
      },
    },
  ];
}

async function leave({ provider, secure }: SignInOptions, page: string): Promise<Answer> {
  if (provider === undefined) throw new StillwatchError("SW_SIGN_IN_OFF");
  const { flow, to } = await provider.begin();
  const { state, nonce, verifier } = flow;
  const kept = [state, nonce, verifier, Buffer.from(page).toString("base64url")].join(".");
  const cookie = setCookie(cookieName("sign-in", secure), kept, { secure, seconds: FLOW_SECONDS });
  return { status: 303, body: {}, headers: { location: to.href, "set-cookie": cookie } };
}

/** Only the browser that left with a flow can come back with it. */
async function comeBack(request: IncomingMessage, options: SignInOptions): Promise<Answer> {
  const { provider, ledger, sessions, secure, random } = options;
  if (provider === undefined) throw new StillwatchError("SW_SIGN_IN_OFF");
  const name = cookieName("sign-in", secure);
  const kept = cookieIn(request.headers.cookie, name, FLOW)?.split(".");
  if (kept === undefined)
    throw new StillwatchError("SW_SIGN_IN_FAILED", { reason: "it was not begun in this browser" });
  const [state = "", nonce = "", verifier = "", page = ""] = kept;
  const flow: SignInFlow = { state, nonce, verifier };
  const parameters = new URLSearchParams((request.url ?? "").split("?")[1] ?? "");
  const vouched = await provider.finish(parameters, flow);
  const id = newSecret(random);
  await signIn(ledger, { ...vouched, id, limits: sessions.limits });
  const answer = await welcome(request, id, options);
  const done = setCookie(name, undefined, { secure, seconds: 0 });
  const cookies = [sessions.cookieOf(id), done];
  const to = Buffer.from(page, "base64url").toString();
  return OWN_PAGE.test(to)
    ? { status: 303, body: {}, headers: { "set-cookie": cookies, location: to } }
    : { ...answer, headers: { "set-cookie": cookies } };
}

/** Makes a new session count, and ends the one that the browser had. */
async function welcome(
  { headers }: IncomingMessage,
  id: string,
  options: SignInOptions,
): Promise<Answer> {
  const { sessions } = options;
  const before = sessions.idIn(headers.cookie);
  if (before === undefined) await sessions.refresh();
  else await sessions.end(before);
  return { ...who(id, options), headers: { "set-cookie": sessions.cookieOf(id) } };
}

function who(id: string, { sessions }: SignInOptions): Answer {
  const user = sessions.userOf(id);
  if (user === undefined) throw new StillwatchError("SW_SIGN_IN_NEEDED");
  return { status: 200, body: { user: user.name, role: user.role } };
}
