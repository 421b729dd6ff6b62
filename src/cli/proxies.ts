import { StillwatchError } from "../core/errors.ts";
import { isProxyPlace } from "../server/proxies.ts";

/** Reads `10.0.0.7,fd00::/8`. Throws SW_USAGE. */
export function parseProxies(text: string): readonly string[] {
  const places = text.split(",").map((one) => one.trim());
  const wrong = places.find((one) => !isProxyPlace(one));
  if (wrong === undefined) return places;
  const message = `--proxy ${text}: ${wrong === "" ? "an empty address" : `${wrong} is no address`}. Give 10.0.0.7 or 10.0.0.0/8, several with commas.`;
  throw new StillwatchError("SW_USAGE", { message });
}
