import { describe, expect, it } from "vitest";
import { parseListenAddress } from "../../src/cli/listen-address.ts";
import { isLoopback } from "../../src/core/loopback.ts";

describe("an address to listen on", () => {
  it.each([
    ["8700", "127.0.0.1", 8700],
    ["localhost:0", "localhost", 0],
    ["0.0.0.0:65535", "0.0.0.0", 65_535],
    ["[::1]:80", "::1", 80],
  ])("is read: %s", (text, host, port) => {
    expect(parseListenAddress(text)).toEqual({ host, port });
  });

  it.each(["", "host", ":80", "1.2.3.4:", "80:host", "::1:80", "x:65536", "[x]:1"])(
    "is refused: %j",
    (text) => {
      expect(() => parseListenAddress(text)).toThrow(/not an address/);
    },
  );

  it("is this machine's own or not", () => {
    expect(["127.0.0.1", "localhost", "::1"].every(isLoopback)).toBe(true);
    expect(["0.0.0.0", "::", "10.0.0.1", "127.example.org"].some(isLoopback)).toBe(false);
  });
});
