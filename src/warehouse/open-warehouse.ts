import { readFileSync } from "node:fs";
import { Agent } from "node:http";
import { createConnection } from "node:net";
import { resolve } from "node:path";
import { ClickHouseLogLevel, createClient } from "@clickhouse/client";
import type { ClickHouseClient } from "@clickhouse/client";
import { StillwatchError } from "../core/errors.ts";
import { explainFailure, isBroken, isDamage, isStuck } from "./explain-failure.ts";
import { migrate, type MigrationTarget } from "./migrate.ts";
import { readBytes } from "./read-bytes.ts";
import { partsAside, setAsideDamaged, type SetAsidePart } from "./set-aside-parts.ts";
import { sqlFolder } from "./statement.ts";
import type { AnyStatement, ParametersOf, RowOf } from "./statement.ts";
import type { TableName } from "./statements.gen.ts";
import { type Endpoint, WarehouseChild } from "./warehouse-child.ts";

/** Where the data live. `dataDir` for the embedded engine (default `./stillwatch-data`), or `url` of a ClickHouse server. */
export interface WarehouseOptions {
  readonly dataDir?: string;
  readonly url?: string;
  /** What the embedded engine may use in all, bytes; 3 GB by default. Approximate. */
  readonly memoryBytes?: number;
  /** Queries that may run at once; 4 by default. */
  readonly sessions?: number;
  /** The longest a statement may run, seconds; 1,800 by default. */
  readonly maxExecutionSeconds?: number;
  /** Folder of numbered migrations; the package's `sql/schema` by default. */
  readonly schemaFolder?: string;
  /**
   * Hears of all parts of tables that stand aside because they are damaged: at once where there are any, and when a
   * statement met one, which fails; the next can read the rest. Without it nothing is set aside while the engine runs.
   */
  readonly onAside?: (parts: readonly SetAsidePart[]) => void;
  /** The one folder, absolute, in which the embedded engine may write and read backups; none by default. */
  readonly backups?: string;
}

/** The engine that holds traffic and features. Every statement fails with SW_WAREHOUSE_FAILED (its name, never its data) or SW_WAREHOUSE_GONE. */
export interface Warehouse {
  /** All rows of a SELECT. UInt64 and Int64 come as decimal strings, times as `YYYY-MM-DD hh:mm:ss.mmm` in UTC. */
  rows<S extends AnyStatement>(
    statement: S,
    parameters: ParametersOf<S>,
  ): Promise<readonly RowOf<S>[]>;
  /** Runs a statement that answers nothing: INSERT … SELECT, ALTER, DDL. */
  run<S extends AnyStatement>(statement: S, parameters: ParametersOf<S>): Promise<void>;
  /** A SELECT's answer as RowBinary, in pieces of any length, no faster than they are read. Leaving the loop ends the query. */
  bytes<S extends AnyStatement>(statement: S, parameters: ParametersOf<S>): AsyncIterable<Buffer>;
  /** Inserts rows as one block; names of fields are names of columns. */
  insert(table: TableName, rows: readonly object[]): Promise<void>;
  /** Where the embedded engine is, for `joinWarehouse`; undefined where the engine is a server's. */
  readonly engine: Engine | undefined;
  /** Waits for running statements, five seconds at most, and ends the process. */
  close(): Promise<void>;
}

/** The process of an embedded engine, as far as clients need it. */
export interface Engine extends Pick<WarehouseChild, "endpoint" | "kill"> {
  /** Why the last process ended, in words. */
  whyEnded(): string | Promise<string>;
}

const SECONDS = 1_800;
const SESSIONS = 4;
/** Settings that make both engines answer alike. */
const SETTINGS = {
  session_timezone: "UTC",
  output_format_json_quote_64bit_integers: 1,
  output_format_json_named_tuples_as_objects: 1,
  date_time_input_format: "best_effort",
} as const;

/**
 * Starts the warehouse process on a data folder (or connects to a server) and applies the migrations.
 * Throws SW_DATA_LOCKED when another process has the folder, SW_DATA_UNUSABLE, SW_WAREHOUSE_FAILED (migrations).
 */
export async function openWarehouse(options: WarehouseOptions): Promise<Warehouse> {
  const seconds = options.maxExecutionSeconds ?? SECONDS;
  const child = options.url === undefined ? startedBy(options, seconds) : undefined;
  const connection =
    child === undefined
      ? remote(options.url!, seconds)
      : embedded(child, options.sessions, seconds);
  const damage = { met: (): Promise<void> => Promise.resolve() };
  const { warehouse, target } = warehouseOver(connection, {
    engine: child,
    onDamage: () => damage.met(),
    close: async () => {
      await child?.close();
      await connection.close();
    },
  });
  try {
    await migrate(target, options.schemaFolder ?? resolve(sqlFolder(), "schema"));
    if (options.onAside !== undefined) damage.met = await watchParts(target, options.onAside);
  } catch (error) {
    await warehouse.close();
    throw error;
  }
  return warehouse;
}

/**
 * A second way to a warehouse that another thread has opened. Its statements run at the same time as that one's, and its
 * answers are read here, not there. Closing it leaves the engine running.
 */
export function joinWarehouse(engine: Engine): Warehouse {
  const connection = embedded(engine, undefined, SECONDS);
  const close = (): Promise<void> => connection.close();
  return warehouseOver(connection, { engine, onDamage: () => Promise.resolve(), close }).warehouse;
}

/** What a connection makes of statements, and of bare texts for those that set the engine up. */
function warehouseOver(
  connection: Connection,
  {
    engine,
    onDamage,
    close,
  }: Pick<Warehouse, "engine"> & {
    readonly onDamage: () => Promise<void>;
    readonly close: () => Promise<void>;
  },
): { readonly warehouse: Warehouse; readonly target: MigrationTarget } {
  const call = caller(connection, onDamage);
  const ask = (name: string, text: string, parameters: unknown): Promise<readonly unknown[]> =>
    call(name, async (client) => {
      const answer = await client.query({
        query: text,
        format: "JSONEachRow",
        query_params: parameters as Record<string, unknown>,
      });
      return answer.json();
    });
  const command = (name: string, text: string, parameters: unknown): Promise<void> =>
    call(name, async (client) => {
      await client.command({ query: text, query_params: parameters as Record<string, unknown> });
    });
  const textOf = statementTexts();
  return {
    warehouse: {
      rows: async <S extends AnyStatement>(statement: S, parameters: ParametersOf<S>) =>
        (await ask(statement.name, textOf(statement), parameters)) as readonly RowOf<S>[],
      run: (statement, parameters) => command(statement.name, textOf(statement), parameters),
      bytes: (statement, parameters) =>
        readBytes(call, statement.name, textOf(statement), parameters as Record<string, unknown>),
      insert: async (table, rows) => {
        if (rows.length === 0) return;
        await call(table, (client) =>
          client.insert({ table, values: rows, format: "JSONEachRow" }),
        );
      },
      engine,
      close,
    },
    target: {
      command: (name, text, parameters = {}) => command(name, text, parameters),
      ask: async (name, text, parameters = {}) =>
        (await ask(name, text, parameters)) as Record<string, unknown>[],
    },
  };
}

/** Runs something on the engine under a statement's name; its errors are StillwatchErrors. */
export type Call = <T>(name: string, use: (client: ClickHouseClient) => Promise<T>) => Promise<T>;

interface Connection {
  client(): Promise<ClickHouseClient>;
  /** Called when a connection broke; returns why, as far as known. */
  broken(cause: unknown): Promise<string>;
  close(): Promise<void>;
}

/** Tells of parts that stand aside already; what it answers sets damaged ones aside and tells of them, once at a time. */
async function watchParts(
  target: MigrationTarget,
  onAside: (parts: readonly SetAsidePart[]) => void,
): Promise<() => Promise<void>> {
  let known = 0;
  const tell = async (): Promise<void> => {
    const parts = await partsAside(target);
    if (parts.length > known) onAside(parts);
    known = parts.length;
  };
  await tell();
  let searching = false;
  return async () => {
    if (searching) return;
    searching = true;
    await setAsideDamaged(target)
      .then(tell)
      // The statement's own error is thrown anyway.
      .catch(() => {});
    searching = false;
  };
}

function caller(connection: Connection, onDamage: () => Promise<void>): Call {
  return async (name, use) => {
    const client = await connection.client();
    try {
      return await use(client);
    } catch (error) {
      if (isDamage(error)) await onDamage();
      if (!isBroken(error)) throw explainFailure(name, error);
      throw new StillwatchError("SW_WAREHOUSE_GONE", { reason: await connection.broken(error) });
    }
  };
}

function startedBy(options: WarehouseOptions, maxExecutionSeconds: number): WarehouseChild {
  return new WarehouseChild({
    dataDir: resolve(options.dataDir ?? "stillwatch-data"),
    sessions: options.sessions ?? SESSIONS,
    memoryBytes: options.memoryBytes ?? 3_000_000_000,
    maxExecutionSeconds,
    ...(options.backups === undefined ? {} : { backups: options.backups }),
  });
}

function embedded(engine: Engine, sessions = SESSIONS, maxExecutionSeconds: number): Connection {
  let known = "";
  let last: ClickHouseClient | undefined;
  return {
    async client() {
      const endpoint = await engine.endpoint();
      // A process's own: none has the secret of another.
      if (endpoint.secret === known && last !== undefined) return last;
      const before = last;
      known = endpoint.secret;
      last = connect(endpoint, maxExecutionSeconds, sessions * 4);
      await before?.close();
      return last;
    },
    async broken(cause) {
      if (isStuck(cause)) engine.kill("it no longer answered");
      // The end of the process is known a moment after the end of its socket.
      await new Promise((wake) => setTimeout(wake, 50));
      const why = await engine.whyEnded();
      return why === "it was closed" ? "its connection broke" : why;
    },
    close: () => last?.close() ?? Promise.resolve(),
  };
}

function remote(url: string, maxExecutionSeconds: number): Connection {
  const client = createClient({
    url,
    request_timeout: (maxExecutionSeconds + 60) * 1_000,
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: { ...SETTINGS, max_execution_time: maxExecutionSeconds },
  });
  return {
    client: () => Promise.resolve(client),
    broken: async (cause) => (cause instanceof Error ? cause.message : String(cause)),
    close: () => client.close(),
  };
}

function connect(endpoint: Endpoint, maxExecutionSeconds: number, open: number): ClickHouseClient {
  const { address, secret } = endpoint;
  const agent = new Agent({ keepAlive: true, maxSockets: open });
  if ("socket" in address)
    agent.createConnection = () => createConnection({ path: address.socket });
  return createClient({
    url: "port" in address ? `http://127.0.0.1:${address.port}` : "http://warehouse",
    username: "stillwatch",
    password: secret,
    http_agent: agent,
    request_timeout: (maxExecutionSeconds + 60) * 1_000,
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: SETTINGS,
  });
}

/** Reads each statement's file once. */
function statementTexts(): (statement: AnyStatement) => string {
  const texts = new Map<string, string>();
  return ({ file }) => {
    const known = texts.get(file);
    if (known !== undefined) return known;
    const text = readFileSync(resolve(sqlFolder(), file), "utf8");
    texts.set(file, text);
    return text;
  };
}
