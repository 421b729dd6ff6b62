import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSignInSettings } from "../../src/server/sign-in-settings.ts";

const folder = mkdtempSync(join(tmpdir(), "stillwatch-oidc-"));
const LEAST =
  "url: https://stillwatch.example.org\nissuer: https://login.example.org\nclient_id: x\n";

function read(text: string, environment: Readonly<Record<string, string>> = {}) {
  const file = join(folder, "oidc.yaml");
  writeFileSync(file, text);
  return readSignInSettings(file, environment);
}

describe("the settings of signing in", () => {
  it("take little, and let in only users of the ledger unless groups are named", () => {
    expect(read(LEAST)).toMatchObject({
      clientSecret: undefined,
      nameClaim: "email",
      scopes: ["openid", "email"],
      roles: undefined,
      limits: { idleMs: 1_800_000, wholeMs: 43_200_000 },
    });
    const roles = "roles:\n  admins: admin\n  everybody: viewer\n";
    expect(read(LEAST + roles).roles).toEqual([
      ["admins", "admin"],
      ["everybody", "viewer"],
    ]);
  });

  it("take the secret from the environment or from a file that only its owner reads", () => {
    const byName = `${LEAST}client_secret_env: OIDC_SECRET\n`;
    expect(read(byName, { OIDC_SECRET: "s3cret" }).clientSecret).toBe("s3cret");
    expect(() => read(byName)).toThrow("the environment has no OIDC_SECRET");
    const path = join(folder, "secret");
    const byFile = `${LEAST}client_secret_file: ${path}\n`;
    expect(() => read(byFile)).toThrow("can't be read (ENOENT)");
    writeFileSync(path, "s3cret\n", { mode: 0o600 });
    expect(read(byFile).clientSecret).toBe("s3cret");
    chmodSync(path, 0o640);
    expect(() => read(byFile)).toThrow("others may read");
    expect(() => read(`${byFile}client_secret_env: OIDC_SECRET\n`)).toThrow("not both");
  });

  it.each([
    ["a secret among them", `${LEAST}client_secret: s3cret\n`, "no such key"],
    ["a provider in plain text", LEAST.replace("https://login", "http://login"), "must be https"],
    ["a server in plain text", LEAST.replace("https://still", "http://still"), "must be https"],
    [
      "an address with a path",
      LEAST.replace("stillwatch.example.org", "x.org/y"),
      "without a path",
    ],
    ["a role that nobody has", `${LEAST}roles:\n  admins: king\n`, "roles.admins"],
  ])("refuse %s, with the line", (_, text, reason) => {
    expect(() => read(text)).toThrow(reason);
    expect(() => read(text)).toThrow(/line \d/);
    expect(() => read(text)).not.toThrow("s3cret");
  });
});
