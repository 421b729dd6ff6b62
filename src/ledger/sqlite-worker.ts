/**
 * The thread that owns the SQLite file: a commit waits for the disk, and another process's lock, without the server's
 * own thread waiting too. Answers `SqliteRequest`s in the order they come, each by one `SqliteAnswer`.
 */
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { SqliteAnswer, SqliteRequest } from "./sqlite-dialect.ts";

/** How long a statement waits for another process to end its transaction, ms. */
const BUSY_MS = 10_000;

/** Several statements: a migration. `prepare` would take the first and drop the rest. */
const SEVERAL = /;\s*\S/;

const database = new DatabaseSync(workerData as string, { timeout: BUSY_MS });
// FULL: a commit is on disk before it is answered. secure_delete: what is deleted is overwritten, keys above all.
database.exec(
  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF",
);

parentPort?.on("message", (request: SqliteRequest) => {
  if (request.sql === undefined) {
    database.close();
    process.exit(0);
  }
  parentPort?.postMessage(answer(request.sql, request.parameters), []);
});

function answer(sql: string, parameters: SqliteRequest["parameters"]): SqliteAnswer {
  try {
    if (parameters.length === 0 && SEVERAL.test(sql)) {
      database.exec(sql);
      return { rows: [], changes: 0 };
    }
    const statement = database.prepare(sql);
    return statement.columns().length > 0
      ? { rows: statement.all(...parameters), changes: 0 }
      : { rows: [], changes: Number(statement.run(...parameters).changes) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
