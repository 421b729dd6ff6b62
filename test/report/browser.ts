import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--remote-debugging-pipe",
];

/** A message of the Chrome DevTools Protocol. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, never>>;
  readonly result?: Readonly<Record<string, never>>;
  readonly error?: { readonly message: string };
}

export interface Page {
  readonly send: (method: string, params?: object) => Promise<Readonly<Record<string, never>>>;
  /** Evaluates an expression in the page and returns its value. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** Every event so far, in order. */
  readonly events: readonly Message[];
  readonly close: () => Promise<void>;
}

/** An expression that opens all of a report and draws it even where it is out of sight. */
export const UNFOLD = `new Promise((done) => {
  for (const one of document.querySelectorAll("details")) {
    one.style.contentVisibility = "visible";
    one.open = true;
  }
  setTimeout(done, 300);
})`;

/** Starts Chromium with one empty page, driven over a pipe. */
export async function openPage(): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), "stillwatch-browser-"));
  const child = spawn("/usr/bin/chromium", [...FLAGS, `--user-data-dir=${profile}`], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const [input, output] = [child.stdio[3] as Writable, child.stdio[4] as Readable];
  const waiting = new Map<number, (message: Message) => void>();
  const events: Message[] = [];
  let pending = "";
  output.setEncoding("utf8").on("data", (text: string) => {
    const parts = (pending + text).split("\0");
    pending = parts.pop() ?? "";
    for (const part of parts) {
      const message = JSON.parse(part) as Message;
      if (message.id === undefined) events.push(message);
      else waiting.get(message.id)?.(message);
    }
  });
  let id = 0;
  const call = async (method: string, params: object, sessionId?: string) => {
    id += 1;
    const own = id;
    const answered = new Promise<Message>((resolve) => waiting.set(own, resolve));
    input.write(`${JSON.stringify({ id: own, method, params, sessionId })}\0`);
    const { error, result } = await answered;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  };
  const { targetId } = await call("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await call("Target.attachToTarget", { targetId, flatten: true });
  const send = (method: string, params: object = {}) => call(method, params, sessionId);
  for (const domain of ["Page", "Network", "Runtime", "Log"]) await send(`${domain}.enable`);
  return {
    send,
    events,
    evaluate: async (expression) => {
      const { result } = await send("Runtime.evaluate", {
        expression,
        returnByValue: true,
        awaitPromise: true,
      });
      return (result as unknown as { value: unknown }).value;
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      await call("Browser.close", {});
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
