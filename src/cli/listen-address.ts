import { StillwatchError } from "../core/errors.ts";

/** Reads `8700`, `127.0.0.1:8700`, `localhost:8700` or `[::1]:8700`; a port alone is this machine's. Throws SW_USAGE. */
export function parseListenAddress(text: string): { readonly host: string; readonly port: number } {
  const parts = /^(?:(\[[0-9a-f:.]+\]|[^:[\]]+):)?(\d{1,5})$/i.exec(text);
  const port = Number(parts?.[2] ?? Number.NaN);
  if (parts === null || port > 65_535) {
    throw new StillwatchError("SW_USAGE", {
      message: `--listen ${text}: not an address. Give a port such as 8700, or HOST:PORT.`,
    });
  }
  return { host: (parts[1] ?? "127.0.0.1").replace(/^\[|\]$/g, ""), port };
}
