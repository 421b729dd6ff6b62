const ISO_LATEST = 8.64e15;

/**
 * A time as ISO 8601 in UTC from a number, or digits, of seconds, milliseconds, microseconds or nanoseconds since
 * 1970, told apart by size (seconds below 10¹¹, that is until the year 5138). Other text is handed on: the
 * warehouse reads or refuses it.
 */
export function isoTime(value: unknown): string | undefined {
  if (typeof value === "string" && !/^\d{9,20}(\.\d+)?$/.test(value)) return value;
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number !== "number" || !(number > 0)) return undefined;
  const milliseconds =
    number < 1e11
      ? number * 1e3
      : number < 1e14
        ? number
        : number < 1e17
          ? number / 1e3
          : number / 1e6;
  return milliseconds < ISO_LATEST ? new Date(milliseconds).toISOString() : undefined;
}
