/** What the engine said when it refused a query. `code` is ClickHouse's own number; 0 when there was none. */
export interface EngineException {
  readonly code: number;
  readonly type: string;
  readonly message: string;
}

/** Reads code and type from an engine's message, `Code: 47. DB::Exception: … (UNKNOWN_IDENTIFIER)`. Never throws. */
export function readException(error: unknown): EngineException {
  const said = error instanceof Error ? error.message : String(error);
  const message = said.replace(/^Query failed: /, "");
  const code = Number(/Code: (\d+)\./.exec(message)?.[1] ?? 0);
  const type = [...message.matchAll(/\(([A-Z][A-Z0-9_]{2,})\)/g)].at(-1)?.[1] ?? "UNKNOWN";
  return { code, type, message };
}

/** The same text as ClickHouse's HTTP interface would send it, so that any client parses it. */
export function formatException(exception: EngineException): string {
  return /^Code: \d+\./.test(exception.message)
    ? exception.message
    : `Code: ${exception.code || 1000}. DB::Exception: ${exception.message} (${exception.type})`;
}

const STATUS: ReadonlyMap<number, number> = new Map([
  ...[6, 26, 27, 36, 38, 41, 42, 43, 44, 53, 62, 69, 70, 72, 117, 130, 386, 456, 457].map(
    (code) => [code, 400] as const,
  ),
  ...[16, 46, 47, 60, 81, 115].map((code) => [code, 404] as const),
  [159, 408],
  [164, 403],
  [497, 403],
  [48, 501],
]);

/** HTTP status of an engine code, after ClickHouse's own table; 500 for the rest. */
export function statusOf(code: number): number {
  return STATUS.get(code) ?? 500;
}
