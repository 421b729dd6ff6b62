import type { IncomingMessage } from "node:http";

/** A query as it came over ClickHouse's HTTP interface, nothing interpreted yet. */
export interface EngineRequest {
  readonly query: string;
  /** Rows to insert, when the query itself came in the URL. */
  readonly data: Buffer;
  readonly queryId: string;
  readonly database: string;
  readonly format: string;
  readonly settings: ReadonlyMap<string, string>;
  /** Parameter values in the escaped text form of the HTTP interface, by name. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** Names in the URL that are no settings of the engine. */
const NOT_SETTINGS = new Set([
  "query",
  "query_id",
  "database",
  "default_format",
  "session_id",
  "session_timeout",
  "session_check",
  "user",
  "password",
  "role",
  "quota_key",
  "wait_end_of_query",
  "buffer_size",
  "compress",
  "decompress",
  "enable_http_compression",
  "send_progress_in_http_headers",
  "http_headers_progress_interval_ms",
]);

/** Reads URL and body; parameters may come in the URL or as parts of a multipart body. Throws on a broken multipart body. */
export async function readRequest(incoming: IncomingMessage): Promise<EngineRequest> {
  const url = new URL(incoming.url ?? "/", "http://warehouse");
  const body = await readBody(incoming);
  const entries = [...url.searchParams];
  const type = incoming.headers["content-type"] ?? "";
  const multipart = type.startsWith("multipart/form-data");
  if (multipart) entries.push(...(await readMultipart(body, type)));
  const fields = new Map(entries);
  const inUrl = fields.get("query");
  const settings = new Map<string, string>();
  const parameters = new Map<string, string>();
  for (const [name, value] of entries) {
    if (name.startsWith("param_")) parameters.set(name.slice("param_".length), value);
    else if (!NOT_SETTINGS.has(name)) settings.set(name, value);
  }
  return {
    query: inUrl ?? body.toString("utf8"),
    data: inUrl === undefined || multipart ? Buffer.alloc(0) : body,
    queryId: fields.get("query_id") ?? crypto.randomUUID(),
    database: fields.get("database") ?? "default",
    format: fields.get("default_format") ?? "TabSeparated",
    settings,
    parameters,
  };
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

async function readMultipart(body: Buffer, type: string): Promise<[string, string][]> {
  const form = await new Response(new Uint8Array(body), {
    headers: { "content-type": type },
  }).formData();
  return [...form].map(([name, value]) => [name, typeof value === "string" ? value : ""]);
}
