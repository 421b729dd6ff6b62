import { type Dialect, PostgresDialect, PostgresQueryCompiler } from "kysely";
import pg from "pg";

/** Connections to the server; every change waits for the one before it anyway. */
const CONNECTIONS = 8;
const CONNECT_MS = 10_000;
/** Far longer than any statement here takes: a server that can't be reached any more is not waited for. */
const ANSWER_MS = 60_000;
/** A node that vanished within a change holds the others up for as long. */
const IDLE_MS = 20_000;

/** Kysely on a PostgreSQL server; with `schema`, in the one of that name, which must be there before a table is made. Whole numbers come as numbers: the ledger's stay far below 2⁵³. */
export function postgresDialect(url: string, schema?: string): Dialect {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    idle_in_transaction_session_timeout: IDLE_MS,
    keepAlive: true,
    application_name: "stillwatch",
    ...(schema !== undefined && { options: `-c search_path=${schema}` }),
    types: {
      getTypeParser: (oid, format) =>
        oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format),
    },
  });
  // A connection that breaks between two statements, in a pool or in the midst of a change, would end the process by an
  // error that nobody hears. It is replaced; the next statement says what is wrong, if it still is.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return new LedgerDialect({ pool });
}

class LedgerDialect extends PostgresDialect {
  override createQueryCompiler(): PostgresQueryCompiler {
    return new LedgerCompiler();
  }
}

/** PostgreSQL has no text with a NUL in it: somebody's id with one would fail what is written together with it, again and again. */
class LedgerCompiler extends PostgresQueryCompiler {
  protected override appendValue(value: unknown): void {
    super.appendValue(typeof value === "string" ? value.replaceAll("\0", "\ufffd") : value);
  }
}
