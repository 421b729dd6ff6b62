import { once } from "node:events";
import { extname } from "node:path";
import type { SQLInputValue } from "node:sqlite";
import { Worker } from "node:worker_threads";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";

/** What the thread is asked; without `sql`, to end. */
export interface SqliteRequest {
  readonly sql?: string;
  readonly parameters: readonly SQLInputValue[];
}

/** What the thread answers. `changes` counts the rows that were written. */
export type SqliteAnswer =
  | { readonly rows: readonly unknown[]; readonly changes: number }
  | { readonly failure: string };

/** Kysely on a SQLite file, by Node's own SQLite in a thread of its own. Transactions take the write lock at once. */
export function sqliteDialect(path: string): Dialect {
  return {
    createDriver: () => sqliteDriver(path),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    // It says that there is one connection; Kysely then lets one transaction or statement use it at a time.
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

function sqliteDriver(path: string): Driver {
  const file = new URL(`./sqlite-worker${extname(import.meta.url)}`, import.meta.url);
  let thread: SqliteThread | undefined;
  const say = (text: string) => async (connection: DatabaseConnection) => {
    await connection.executeQuery(CompiledQuery.raw(text));
  };
  return {
    async init() {
      thread = await startThread(file, path);
    },
    async acquireConnection() {
      if (thread === undefined) throw new Error("The ledger is closed.");
      return thread.connection;
    },
    beginTransaction: say("BEGIN IMMEDIATE"),
    commitTransaction: say("COMMIT"),
    rollbackTransaction: say("ROLLBACK"),
    async releaseConnection() {},
    async destroy() {
      await thread?.end();
      thread = undefined;
    },
  };
}

interface SqliteThread {
  readonly connection: DatabaseConnection;
  end(): Promise<void>;
}

async function startThread(file: URL, path: string): Promise<SqliteThread> {
  const worker = new Worker(file, { workerData: path });
  const waiting: { answered(answer: SqliteAnswer): void; ended(error: Error): void }[] = [];
  let over: Error | undefined;
  const end = (error: Error): void => {
    over ??= error;
    for (const one of waiting.splice(0)) one.ended(over);
  };
  worker.on("message", (answer: SqliteAnswer) => waiting.shift()?.answered(answer));
  worker.on("error", end);
  worker.on("exit", () => end(new Error("the thread of the ledger's file ended")));
  const ask = (request: SqliteRequest): Promise<SqliteAnswer> =>
    new Promise((answered, ended) => {
      if (over !== undefined) {
        ended(over);
        return;
      }
      waiting.push({ answered, ended });
      worker.postMessage(request, []);
    });
  await ask({ sql: "SELECT 1", parameters: [] });
  worker.unref();
  return {
    connection: {
      async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
        worker.ref();
        try {
          const answer = await ask({ sql, parameters: parameters as readonly SQLInputValue[] });
          if ("failure" in answer) throw new Error(answer.failure);
          return { rows: answer.rows as R[], numAffectedRows: BigInt(answer.changes) };
        } finally {
          worker.unref();
        }
      },
      streamQuery() {
        throw new Error("The ledger reads in pages, not in streams.");
      },
    },
    async end() {
      if (over !== undefined) return;
      const ended = once(worker, "exit");
      worker.ref();
      worker.postMessage({ parameters: [] } satisfies SqliteRequest, []);
      await ended;
    },
  };
}
