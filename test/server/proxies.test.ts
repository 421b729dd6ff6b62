import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { parseProxies } from "../../src/cli/proxies.ts";
import { proxiesAt } from "../../src/server/proxies.ts";

describe("proxies in front of a server", () => {
  const proxies = proxiesAt(["127.0.0.1", "10.0.0.0/8", "fd00::/8"]);
  it.each([
    ["who comes by none is where he is", "203.0.113.9", "198.51.100.1", "203.0.113.9"],
    ["who comes by one is where it says", "127.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["by one that has two kinds of address", "::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["by two", "fd00::1", "203.0.113.9, 10.1.2.3", "203.0.113.9"],
    ["what callers wrote themselves is not read", "10.1.2.3", "8.8.8.8,203.0.113.9", "203.0.113.9"],
    ["one that says nothing", "10.1.2.3", undefined, "10.1.2.3"],
    ["one that says nothing of use", "10.1.2.3", "203.0.113.9, unknown", "10.1.2.3"],
    ["one that asks itself", "10.1.2.3", "10.1.2.4", "10.1.2.4"],
  ])("tell who asks: %s", (_, remoteAddress, said, address) => {
    const headers = said === undefined ? {} : { "x-forwarded-for": said };
    expect(
      proxies.addressOf({ headers, socket: { remoteAddress } as IncomingMessage["socket"] }),
    ).toBe(address);
  });

  it("are named by addresses and networks", () => {
    expect(parseProxies("10.0.0.7, fd00::/8,::1")).toEqual(["10.0.0.7", "fd00::/8", "::1"]);
    for (const wrong of ["", "10.0.0.7,", "proxy", "10.0.0.0/33", "fd00::/129", "10.0.0.0/", "1/8"])
      expect(() => parseProxies(wrong), wrong).toThrow("--proxy");
  });
});
