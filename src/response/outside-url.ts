import { isLoopback } from "../core/loopback.ts";

/**
 * An address that an operator named for us to send to, or what is wrong with it; never the text itself, which may be a
 * secret. Plain http is for this machine alone.
 */
export function outsideUrl(text: string): URL | string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return "its address is no URL";
  if (url.username !== "" || url.password !== "") return "its address holds a password";
  const here = isLoopback(url.hostname.replace(/^\[|\]$/g, ""));
  if (url.protocol === "https:" || (url.protocol === "http:" && here)) return url;
  return "its address must begin with https:// (http:// is for this machine alone)";
}
