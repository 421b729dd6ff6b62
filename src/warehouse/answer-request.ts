import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { formatException, readException, statusOf } from "./engine-exception.ts";
import type { EngineException } from "./engine-exception.ts";
import { readRequest } from "./read-request.ts";
import type { EngineRequest } from "./read-request.ts";
import type { PooledSession, SessionPool } from "./session-pool.ts";

/** What a request needs: the pool, one session aside for KILL QUERY, and the settings that always hold. */
export interface Engine {
  readonly pool: SessionPool;
  readonly control: PooledSession;
  /** Settings put on every query unless the request sets them; `max_execution_time` can only be lowered. */
  readonly settings: ReadonlyMap<string, string>;
}

/** Answers one request of ClickHouse's HTTP interface: ping, query, insert. Never rejects. */
export async function answerRequest(
  engine: Engine,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (incoming.url ?? "/").split("?", 1)[0];
  if (path === "/ping") return void response.end("Ok.\n");
  if (path !== "/") return refuse(response, 404, "There is no such page.\n");
  try {
    const request = await readRequest(incoming);
    const pooled = await engine.pool.acquire();
    if (response.destroyed) return engine.pool.release(pooled);
    await runOnSession(engine, pooled, request, response);
  } catch (error) {
    fail(response, readException(error));
  }
}

/** Runs the query and gives the session back, or replaces it after any error or abort. */
async function runOnSession(
  engine: Engine,
  pooled: PooledSession,
  request: EngineRequest,
  response: ServerResponse,
): Promise<void> {
  let settled = false;
  const token = crypto.randomUUID();
  const settle = (clean: boolean): void => {
    if (settled) return;
    settled = true;
    if (clean) engine.pool.release(pooled);
    else engine.pool.replace(pooled);
  };
  response.once("close", () => {
    if (settled) return;
    settle(false);
    cancel(engine.control, token);
  });
  try {
    prepare(pooled, request, settingsOf(engine, request, token));
    await run(pooled, request, response, () => settled);
    settle(!request.settings.has("readonly"));
    response.end();
  } catch (error) {
    settle(false);
    fail(response, readException(error));
  }
}

function settingsOf(engine: Engine, request: EngineRequest, token: string): Map<string, string> {
  const settings = new Map([...engine.settings, ...request.settings, ["log_comment", token]]);
  const longest = Number(engine.settings.get("max_execution_time"));
  const asked = Number(request.settings.get("max_execution_time"));
  settings.set("max_execution_time", String(asked > 0 && asked < longest ? asked : longest));
  return settings;
}

/**
 * Puts settings and parameter values on the session. A value is one escaped literal of a SET, never part of the query:
 * the engine substitutes it, typed, into the parsed query. (chDB's own binding keeps one parameter state for the whole
 * process and so runs one bound INSERT at a time.)
 */
function prepare(
  pooled: PooledSession,
  request: EngineRequest,
  settings: ReadonlyMap<string, string>,
): void {
  if (request.database !== "default")
    throw new Error("Code: 81. DB::Exception: There is one database here. (UNKNOWN_DATABASE)");
  forgetParameters(pooled, request);
  const changes: string[] = [];
  for (const [name, value] of settings)
    if (pooled.settings.get(name) !== value) changes.push(`${word(name)} = ${literal(value)}`);
  for (const name of pooled.settings.keys())
    if (!settings.has(name)) changes.push(`${word(name)} = DEFAULT`);
  for (const [name, value] of request.parameters)
    changes.push(`param_${word(name)} = ${literal(value)}`);
  if (changes.length > 0) pooled.session.query(`SET ${changes.join(", ")}`);
  pooled.settings.clear();
  for (const [name, value] of settings) pooled.settings.set(name, value);
  for (const name of request.parameters.keys()) pooled.parameters.add(name);
}

/** A value that an earlier query left behind must never stand in for one this query forgot. */
function forgetParameters(pooled: PooledSession, request: EngineRequest): void {
  for (const [, name] of request.query.matchAll(/\{\s*(\w+)\s*:/g))
    if (name !== undefined && pooled.parameters.has(name) && !request.parameters.has(name))
      throw new Error(
        `Code: 456. DB::Exception: Substitution \`${name}\` is not set. (UNKNOWN_QUERY_PARAMETER)`,
      );
}

async function run(
  pooled: PooledSession,
  request: EngineRequest,
  response: ServerResponse,
  stopped: () => boolean,
): Promise<void> {
  const started = process.hrtime.bigint();
  response.setHeader("X-ClickHouse-Query-Id", request.queryId);
  response.setHeader("X-ClickHouse-Server-Display-Name", "stillwatch");
  const insert =
    /^\s*INSERT\s+INTO\s+(?:TABLE\s+)?([\w.`]+)\s*(?:\(([^)]*)\))?\s+FORMAT\s+(\w+)\s*;?\s*$/i.exec(
      request.query,
    );
  if (insert !== null) {
    const written = await insertRows(pooled, request, insert);
    return summarize(response, started, { written_rows: written });
  }
  if (await stream(pooled, request, response, stopped)) return;
  const result = await pooled.session.queryAsync(request.query, { format: request.format });
  summarize(response, started, { read_rows: result.rowsRead, read_bytes: result.bytesRead });
  response.write(result.bytes());
}

async function insertRows(
  pooled: PooledSession,
  request: EngineRequest,
  [, table = "", columns, format = ""]: RegExpExecArray,
): Promise<number> {
  const result = await pooled.session.insert({
    table: table.replaceAll("`", ""),
    values: request.data,
    format: format as "JSONEachRow",
    ...(columns === undefined
      ? {}
      : { columns: columns.split(",").map((column) => column.trim().replaceAll("`", "")) }),
  });
  return result.rowsWritten;
}

/** Streams a SELECT's answer as fast as the reader takes it. False if the engine can't stream this kind of statement. */
async function stream(
  pooled: PooledSession,
  request: EngineRequest,
  response: ServerResponse,
  stopped: () => boolean,
): Promise<boolean> {
  const chunks = open(pooled, request);
  if (chunks === undefined) return false;
  for await (const chunk of chunks) {
    if (stopped()) break;
    const bytes = chunk.raw();
    if (!response.headersSent) announceStream(response, request);
    if (!response.write(bytes))
      await Promise.race([once(response, "drain"), once(response, "close")]);
    if (stopped()) break;
  }
  if (!response.headersSent) announceStream(response, request);
  return true;
}

function open(pooled: PooledSession, request: EngineRequest) {
  try {
    return pooled.session.queryStream(request.query, { format: request.format });
  } catch (error) {
    if (/Streaming query is not supported/.test(readException(error).message)) return undefined;
    throw error;
  }
}

function announceStream(response: ServerResponse, request: EngineRequest): void {
  response.setHeader("X-ClickHouse-Format", request.format);
  response.setHeader("X-ClickHouse-Timezone", "UTC");
  response.setHeader("X-ClickHouse-Exception-Tag", crypto.randomUUID().slice(0, 16));
  summarize(response, process.hrtime.bigint(), {});
  response.flushHeaders();
}

function summarize(
  response: ServerResponse,
  started: bigint,
  figures: Readonly<Record<string, number>>,
): void {
  const summary: Record<string, string> = {
    read_rows: "0",
    read_bytes: "0",
    written_rows: "0",
    written_bytes: "0",
    total_rows_to_read: "0",
    result_rows: "0",
    result_bytes: "0",
    elapsed_ns: String(process.hrtime.bigint() - started),
  };
  for (const [name, value] of Object.entries(figures)) summary[name] = String(value);
  response.setHeader("X-ClickHouse-Summary", JSON.stringify(summary));
}

/** Reports an exception: as the answer, or, once rows have left, as the marked block that ClickHouse ends a stream with. */
function fail(response: ServerResponse, exception: EngineException): void {
  if (response.destroyed) return;
  const text = `${formatException(exception)}\n`;
  if (!response.headersSent) {
    response.setHeader("X-ClickHouse-Exception-Code", exception.code || 1000);
    return refuse(response, statusOf(exception.code), text);
  }
  const tag = String(response.getHeader("X-ClickHouse-Exception-Tag"));
  const marker = "\r\n__exception__\r\n";
  const length = Buffer.byteLength(text);
  response.write(`${marker}${tag}\r\n${text}${length} ${tag}${marker}`, () => response.destroy());
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader("Content-Type", "text/plain; charset=UTF-8");
  response.end(text);
}

/** Stops a query whose reader has gone. Best effort: `max_execution_time` ends it otherwise. */
function cancel(control: PooledSession, token: string): void {
  control.session
    .queryAsync(`KILL QUERY WHERE Settings['log_comment'] = ${literal(token)} ASYNC`)
    .catch(() => undefined);
}

function literal(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&").replaceAll("\0", "\\0")}'`;
}

function word(name: string): string {
  if (/^\w{1,100}$/.test(name)) return name;
  throw new Error("Code: 115. DB::Exception: That is no name of a setting. (UNKNOWN_SETTING)");
}
