import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXAMPLE_COMMANDS, readOutboxSettings } from "../../src/response/outbox-settings.ts";
import { SECRET } from "./sample-ticks.ts";

const folder = mkdtempSync(join(tmpdir(), "stillwatch-commands-"));
const environment = { STILLWATCH_COMMANDS_SECRET: SECRET };

function read(text: string, given: Readonly<Record<string, string>> = environment) {
  const file = join(folder, "commands.yaml");
  writeFileSync(file, text);
  return readOutboxSettings(file, given);
}

const service = (url: string) =>
  `service:\n  url: ${url}\n  secret_env: STILLWATCH_COMMANDS_SECRET\n`;

describe("a commands file", () => {
  it("is read as its example has it, with what is commented out too", () => {
    expect(read(EXAMPLE_COMMANDS)).toMatchObject({
      service: { secrets: [SECRET] },
      steps: ["deny", "limit", "verify"],
      reconcileMinutes: 15,
      referrals: undefined,
    });
    const all = EXAMPLE_COMMANDS.replaceAll(/^# (?=(?:referrals| {2}))/gm, "");
    expect(read(all).referrals).toMatchObject({
      contact: "abuse@example.com",
      recipients: [
        { name: "cloud-a", platforms: ["cloud-a"], parents: [] },
        { name: "reseller-7", platforms: [], parents: ["acct_reseller_7"] },
      ],
    });
  });

  it.each([
    ["http://10.0.0.1/x", "must begin with https://"],
    ["https://user:pass@example.com/", "holds a password"],
    ["file:///etc/passwd", "must begin with https://"],
    ["nowhere", "is no URL"],
  ])("sends to no address such as %s", (url, why) => {
    expect(() => read(service(url))).toThrow(why);
  });

  it("says which secret is missing or none", () => {
    expect(() => read(service("https://x.test"), {})).toThrow(
      "STILLWATCH_COMMANDS_SECRET is not set",
    );
    const short = { STILLWATCH_COMMANDS_SECRET: "whsec_abc" };
    expect(() => read(service("https://x.test"), short)).toThrow("holds no secret");
    expect(() => read("steps: [watermark]")).toThrow(/commands.yaml, line 1/);
  });
});
