import { z } from "zod";
import { StillwatchError } from "../core/errors.ts";
import type { CommandRow } from "../ledger/tables.ts";
import type { AccountService } from "./outbox-settings.ts";
import { signWebhook } from "./sign-webhook.ts";

/** What an account service says of a command, or why it said nothing of use. */
export type CommandAnswer =
  | { readonly state: "applied" | "sent" }
  | { readonly state: "refused"; readonly reason: string }
  | { readonly state: "again"; readonly reason: string; readonly waitMs?: number };

/** How a service is reached. */
export interface CallOptions {
  readonly service: AccountService;
  readonly now: Date;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
  /** How long an attempt may take, milliseconds; 10,000 by default. */
  readonly attemptMs?: number | undefined;
}

const ATTEMPT_MS = 10_000;
const MOST_ANSWER_BYTES = 16_000_000;
const MOST_PAGES = 10_000;
/** With these a service says that it will never do it; anything else may be a mistake that passes. */
const REFUSALS: ReadonlySet<number> = new Set([409, 410, 422]);

const answerShape = z.object({
  state: z.enum(["applied", "sent", "refused"]).optional(),
  reason: z.string().optional(),
});

const pageShape = z.object({
  commands: z.array(
    z.object({
      id: z.string(),
      state: z.enum(["applied", "refused", "pending"]),
      reason: z.string().optional(),
    }),
  ),
  after: z.string().min(1).nullish(),
});

/** What a service did with a command. */
export type ReconciledCommand = z.infer<typeof pageShape>["commands"][number];

/** What a command says; the same at each try. */
export function commandBody(row: CommandRow, lifted: string | null): string {
  const { number, id, command, account, decision, case_number, reason_code, expires } = row;
  return JSON.stringify({
    type: "stillwatch.command",
    timestamp: row.queued,
    data: {
      version: 1,
      id,
      sequence: number,
      command,
      account,
      decision: `d${decision}`,
      case: `c${case_number}`,
      reason_code,
      expires,
      lifts: lifted,
    },
  });
}

/** Posts a command once, signed. Redirects are not followed. Never throws. */
export async function sendCommand(
  { id, body }: { readonly id: string; readonly body: string },
  options: CallOptions,
): Promise<CommandAnswer> {
  try {
    const response = await call(options.service.url, { id, body, method: "POST" }, options);
    const { status, headers } = response;
    const said = answerShape.safeParse(parsed(await textOf(response)));
    const answer = said.success ? said.data : {};
    const reason = (answer.reason ?? `it answered ${status}`).slice(0, 300);
    const taken = status >= 200 && status < 300;
    if (REFUSALS.has(status) || (taken && answer.state === "refused"))
      return { state: "refused", reason };
    if (taken)
      return {
        state:
          answer.state === "sent" || (status === 202 && answer.state === undefined)
            ? "sent"
            : "applied",
      };
    const seconds = Number(headers.get("retry-after") ?? Number.NaN);
    return { state: "again", reason, ...(seconds > 0 ? { waitMs: seconds * 1_000 } : {}) };
  } catch (error) {
    return { state: "again", reason: reasonOf(error) };
  }
}

/** Asks what became of commands since a time (ISO 8601), page by page. Throws SW_COMMANDS_UNANSWERED. */
export async function* askCommands(
  since: string,
  options: CallOptions,
): AsyncGenerator<readonly ReconciledCommand[]> {
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const url = new URL(options.service.url);
    url.searchParams.set("since", since);
    if (after !== undefined) url.searchParams.set("after", after);
    const found = await askPage(url, options);
    yield found.commands;
    if (!found.after || found.after === after) return;
    after = found.after;
  }
}

async function askPage(url: URL, options: CallOptions): Promise<z.infer<typeof pageShape>> {
  const unanswered = (reason: string): StillwatchError =>
    new StillwatchError("SW_COMMANDS_UNANSWERED", { reason });
  let response: Response;
  let text: string;
  try {
    const id = `ask_${options.now.getTime()}`;
    response = await call(url, { id, body: "", method: "GET" }, options);
    text = await textOf(response);
  } catch (error) {
    throw unanswered(reasonOf(error));
  }
  if (response.status !== 200) throw unanswered(`it answered ${response.status}`);
  const page = pageShape.safeParse(parsed(text));
  if (page.success) return page.data;
  throw unanswered("its answer is no list of commands");
}

function call(
  url: URL,
  { id, body, method }: { id: string; body: string; method: "GET" | "POST" },
  { service, now, signal, attemptMs = ATTEMPT_MS }: CallOptions,
): Promise<Response> {
  const timestamp = Math.floor(now.getTime() / 1_000);
  return fetch(url, {
    method,
    headers: {
      "content-type": "application/json",
      "user-agent": "stillwatch",
      "webhook-id": id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": signWebhook({ id, timestamp, body }, service.secrets),
    },
    ...(method === "POST" ? { body } : {}),
    redirect: "manual",
    signal: AbortSignal.any([signal, AbortSignal.timeout(attemptMs)]),
  });
}

/** The answer's text; empty where it is longer than any that is of use. */
async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MOST_ANSWER_BYTES) return "";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as Error;
  if (name === "TimeoutError") return "it did not answer in time";
  if (name === "AbortError") return "the server was ended";
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? name;
}
