import type { IncomingMessage } from "node:http";
import { BlockList, isIP, isIPv6 } from "node:net";

/** The proxies in front of a server, whose word of who asks through them is taken. */
export interface Proxies {
  /** Whether one of them is at an address. */
  has(address: string): boolean;
  /** Where a request comes from: the last address in `x-forwarded-for` at which no proxy of ours is. What stands before it anybody can have written. */
  addressOf(request: Pick<IncomingMessage, "headers" | "socket">): string;
}

/** Proxies at these addresses or networks (`10.0.0.7`, `10.0.0.0/8`, `fd00::/8`), in the form that `isProxyPlace` takes. */
export function proxiesAt(places: readonly string[]): Proxies {
  const ours = new BlockList();
  for (const place of places) {
    const [address = "", bits] = place.split("/");
    if (bits === undefined) ours.addAddress(address, familyOf(address));
    else ours.addSubnet(address, Number(bits), familyOf(address));
  }
  const has = (address: string): boolean =>
    isIP(address) !== 0 && ours.check(address, familyOf(address));
  return {
    has,
    addressOf({ headers, socket }) {
      const told = String(headers["x-forwarded-for"] ?? "").split(",");
      let address = socket.remoteAddress ?? "";
      while (has(address)) {
        const before = told.pop()?.trim() ?? "";
        if (isIP(before) === 0) break;
        address = before;
      }
      return address;
    },
  };
}

/** Whether a text is an address, or a network in CIDR's form. */
export function isProxyPlace(text: string): boolean {
  const [, address = "", bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(bits ?? 0) <= (version === 4 ? 32 : 128);
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv6(address) ? "ipv6" : "ipv4";
}
