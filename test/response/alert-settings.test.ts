import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXAMPLE_ALERTS, readAlertSettings } from "../../src/response/alert-settings.ts";

const folder = mkdtempSync(join(tmpdir(), "stillwatch-alerts-"));
const SECRET = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
const ENVIRONMENT = {
  STILLWATCH_WEBHOOK_SECRET: SECRET,
  OTHER: `whsec_${Buffer.alloc(32, 8).toString("base64")}`,
  SHORT: "whsec_c2hvcnQ=",
  CHAT: "https://chat.test/hook/abc",
};
const read = (text: string) => {
  const file = join(folder, "alerts.yaml");
  writeFileSync(file, text);
  return readAlertSettings(file, ENVIRONMENT);
};
const webhook = (...lines: readonly string[]): string =>
  `webhooks:\n  - name: a\n${lines.map((line) => `    ${line}\n`).join("")}`;

describe("an alerts file", () => {
  it("takes secrets and secret addresses from the environment, two secrets while they change", () => {
    const settings = read(
      `${webhook("url: https://a.test/hook", "secret_env: STILLWATCH_WEBHOOK_SECRET", "next_secret_env: OTHER")}  - {name: b, format: slack, url_env: CHAT}\n`,
    );
    const [a, b] = settings.webhooks;
    expect(a?.secrets).toEqual([SECRET, ENVIRONMENT.OTHER]);
    expect([b?.url.href, b?.secrets]).toEqual([ENVIRONMENT.CHAT, []]);
    expect(settings).toMatchObject({ nameAccounts: false, gatherMinutes: 5, quiet: undefined });
  });

  it("that is the example can be read, also with everything in it that is commented out", () => {
    expect(read(EXAMPLE_ALERTS).webhooks).toHaveLength(1);
    const whole = EXAMPLE_ALERTS.replaceAll(/^( *)# (?=[\w-]+:|  )/gm, "$1").replace(
      /^ *# - name/m,
      "  - name",
    );
    expect(() => read(whole.replace("STILLWATCH_WEBHOOK_NEXT_SECRET", "OTHER"))).toThrow(
      "webhook chat: STILLWATCH_SLACK_URL is not set.",
    );
  });

  it.each([
    ["secret_env: STILLWATCH_WEBHOOK_SECRET", "give url or url_env"],
    ["url: https://a.test", "give secret_env"],
    ["url: https://a.test\n    secret_env: NOWHERE", "NOWHERE is not set"],
    ["url: https://a.test\n    secret_env: SHORT", "SHORT holds no secret: whsec_"],
    ["url: http://a.test\n    secret_env: OTHER", "must begin with https://"],
    ["url: file:///etc/passwd\n    secret_env: OTHER", "must begin with https://"],
    ["url: https://u:p@a.test\n    secret_env: OTHER", "its address holds a password"],
    ["url: nonsense\n    secret_env: OTHER", "its address is no URL"],
    ["url: https://a.test\n    format: slack\n    secret_env: OTHER", "leave out the secrets"],
  ])("is refused where a webhook says %j", (line, reason) => {
    expect(() => read(webhook(line))).toThrow(reason);
  });

  it("is refused with line and key where it does not have the form", () => {
    const fine = webhook("url: https://a.test", "secret_env: OTHER");
    const quiet = (zone: string) =>
      `quiet_hours:\n  from: "22:00"\n  to: "07:00"\n  time_zone: ${zone}\n`;
    expect(read(fine + quiet("Asia/Kolkata")).quiet?.through).toBe("high");
    expect(() => read(fine + quiet("Mars/Olympus"))).toThrow(/line 8: quiet_hours.time_zone: name/);
    expect(() => read(`${fine}  - {name: a, url_env: CHAT}\n`)).toThrow("names must differ");
    expect(() => read(`secret: abc\n${fine}`)).toThrow("line 1: secret: no such key.");
  });
});
