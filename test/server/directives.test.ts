import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepLastScan, readLastScan } from "../../src/judge/last-scan.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import { signIn } from "../../src/ledger/sessions.ts";
import type { UserRole } from "../../src/ledger/tables.ts";
import { setUser } from "../../src/ledger/users.ts";
import type { Serving } from "../../src/server/serve.ts";
import { SESSION_LIMITS } from "../../src/server/sign-in-settings.ts";
import { SCOPES, type Scope } from "../../src/server/tokens.ts";
import { runHere } from "../cli/run-here.ts";
import { exchange, NOW } from "../ingest/intake-bench.ts";
import { sampleGroup } from "../ledger/sample-group.ts";
import { makeToken } from "./make-token.ts";
import { answerShapes } from "./people-bench.ts";
import { serveLocally } from "./serve-locally.ts";

const dataDir = join(mkdtempSync(join(tmpdir(), "stillwatch-directives-")), "data");
const CLASS = "quite_a_special_class";
const METHOD = "by a very special letter";
const tokens = new Map<string, string>();
let serving: Serving | undefined;
let shapes: ReturnType<typeof answerShapes>;

/** `stillwatch directive …` in a process of its own. */
async function directive(...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["src/cli/main.ts", "directive", ...words, "--data", dataDir, "--as", "cleo"],
    { cwd: join(import.meta.dirname, "../..") },
  );
  return stdout;
}

/** A session's id of a person. */
const sessionOf = (name: string): string => name.padEnd(43, "x");

/** Makes cleo counsel, and signs her in; ana may look at cases. */
async function signInCounsel(): Promise<void> {
  const ledger = await openLedger({ dataDir, now: () => NOW });
  for (const [name, role] of Object.entries({ root: "admin", cleo: "counsel", ana: "viewer" }))
    await setUser(ledger, { name, role: role as UserRole, by: "root" });
  await signIn(ledger, { name: "cleo", id: sessionOf("cleo"), limits: SESSION_LIMITS });
  await ledger.close();
  await expect.poll(async () => (await ask("/v1/directives", "cleo")).status).toBe(200);
}

/** Asks by a scope's token, or as a person who is signed in; the answer must be as the server's own description says. */
async function ask(path: string, by: string | undefined, body?: object) {
  const method = body === undefined ? "GET" : "POST";
  const answer = await fetch(`${serving!.url}${path}`, {
    method,
    headers: {
      ...(by !== undefined && headersOf(by)),
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const said = (await answer.json()) as Record<string, unknown>;
  shapes.assertFits({ method, path, status: answer.status }, said);
  return { status: answer.status, said };
}

function headersOf(by: string) {
  const token = tokens.get(by);
  return token === undefined
    ? { cookie: `stillwatch-session=${sessionOf(by)}`, "x-stillwatch": "1" }
    : { authorization: `Bearer ${token}` };
}

const decision = (account = "acct_1", person = "ana") =>
  ask(`/v1/decision?account=${account}&person=${person}&model=orion-4`, "decisions:read");

beforeAll(async () => {
  serving = await serveLocally(dataDir);
  shapes = answerShapes((await (await fetch(`${serving.url}/v1/openapi.json`)).json()) as object);
});
afterAll(() => serving?.close());

describe("directives of a running server", () => {
  it("are nobody's business before the first token is made", async () => {
    for (const path of ["/v1/directives", "/v1/directives/audit/verification"])
      expect((await ask(path, undefined)).status).toBe(401);
    for (const scope of SCOPES)
      tokens.set(scope, (await makeToken(dataDir, { name: scope, scopes: [scope] })).token);
    await expect.poll(async () => (await decision()).status).toBe(200);
  });

  it("set by another process turn people away within a moment, and say why", async () => {
    expect((await decision()).said).toMatchObject({ action: "allow" });
    const line = { account: "acct_1", person: "ana", class: CLASS, method: METHOD };
    const file = join(dataDir, "..", "attestations.ndjson");
    writeFileSync(file, JSON.stringify({ ...line, expires: "2100-01-01" }));
    const words = ["--models", "orion-4", "--class", CLASS, "--words", "By order 12/26."];
    const here = ["--data", dataDir, "--as", "cleo"];
    const added = await runHere("directive", "add", ...words, "--unknown", "allow", ...here);
    expect(added.stdout).toContain("dir1 is a draft.");
    await runHere("directive", "attest", "--file", file, ...here);
    expect((await decision()).said).toMatchObject({ action: "allow" });
    expect(await directive("enforce", "dir1")).toContain("dir1 is in force from now on");
    const denied = { action: "deny", reason: "directive", directive: "dir1", case: null };
    await expect.poll(async () => (await decision()).said).toMatchObject(denied);
    expect((await decision("acct_1", "bo")).said).toMatchObject({ action: "allow" });
    const { said } = await ask("/v1/directives/in-force", "decisions:read");
    expect(said["directives"]).toMatchObject([
      { directive: "dir1", models: ["orion-4"], words: "By order 12/26." },
    ]);
    expect(JSON.stringify(said)).not.toContain(CLASS);
  });

  it("are read and written with the scopes of directives, and no other", async () => {
    const attestation = { account: "acct_1", person: "bo", class: CLASS, method: METHOD };
    const attestations = [{ ...attestation, expires: "2100-01-01" }];
    const routes: readonly (readonly [path: string, scope: Scope, body?: object])[] = [
      ["/v1/directives", "directives:read"],
      ["/v1/directives/dir1", "directives:read"],
      ["/v1/directives/audit/verification", "directives:read"],
      ["/v1/directives", "directives:write", {}],
      ["/v1/directives/dir1/exemptions", "directives:write", {}],
      ["/v1/directives/dir1/dry-run", "directives:read"],
      ["/v1/directives/dir1/refusals", "directives:read"],
      ["/v1/directives/attestations", "directives:write", { attestations }],
      ["/v1/directives/dir1/enforce", "directives:write", {}],
      ["/v1/directives/dir1/lift", "directives:write", { reason: "x" }],
    ];
    for (const [path, scope, body] of routes) {
      expect((await ask(path, undefined, body)).status, path).toBe(401);
      for (const other of SCOPES)
        if (other !== scope) expect((await ask(path, other, body)).status, path).toBe(403);
    }
    const odd = { attestations: [{ ...attestation, expires: "soon" }] };
    const refused = await ask("/v1/directives/attestations", "directives:write", odd);
    expect(refused.status).toBe(422);
    expect(refused.said["detail"]).toContain("attestations.0.expires");
    const taken = await ask("/v1/directives/attestations", "directives:write", { attestations });
    expect(taken).toMatchObject({ status: 200, said: { taken: 1 } });
    expect((await decision("acct_1", "bo")).said).toMatchObject({ action: "deny" });
    const again = await ask("/v1/directives/dir1/enforce", "directives:write", {});
    expect(again.said["code"]).toBe("SW_DIRECTIVE_STATE");
    const run = await ask("/v1/directives/dir1/dry-run", "directives:read");
    expect(run.said).toMatchObject({ directive: "dir1", loses: [], days: 0 });
  });

  it("are drafted, shown, put in force and pass by over HTTP as by command", async () => {
    const write = (path: string, body: object) =>
      ask(`/v1/directives${path}`, "directives:write", body);
    const said = { class: CLASS, models: ["orion-4"], words: "By order 12/27." };
    const drafted = await write("", { ...said, ends: "2099-01-01" });
    expect(drafted).toMatchObject({
      status: 201,
      said: { number: 2, state: "draft", unknowns: "deny", ends: "2099-01-01T00:00:00.000Z" },
    });
    expect(drafted.said["populations"]).toEqual(["customers", "staff", "tools"]);
    expect((await ask("/v1/directives/dir2", "directives:read")).said).toEqual(drafted.said);
    expect((await write("", { ...said, models: [] })).said["code"]).toBe("SW_DIRECTIVE_INVALID");
    expect((await write("", { ...said, begins: "soon" })).said["detail"]).toContain("body.begins");
    expect((await decision("acct_1", "cy")).said).toMatchObject({ action: "allow" });
    expect((await write("/dir2/enforce", {})).said).toMatchObject({ state: "in_force" });
    const unknown = { action: "deny", reason: "directive_unknown", directive: "dir2" };
    expect((await decision("acct_1", "cy")).said).toMatchObject(unknown);
    await signInCounsel();
    const licence = { person: "cy", until: "2099-01-01", reason: "licence" };
    const exempt = (change: object) =>
      ask("/v1/directives/dir2/exemptions", "cleo", { ...licence, ...change });
    expect((await exempt({ account: "acct_1" })).said).toMatchObject({
      exemptions: [{ scope: "account", name: "acct_1", person: "cy", made_by: "user:cleo" }],
    });
    expect((await decision("acct_1", "cy")).said).toMatchObject({ action: "allow" });
    for (const odd of [{}, { account: "a", organization: "o" }, { account: "a", reason: "" }])
      expect((await exempt(odd)).status).toBe(422);
    await exempt({ organization: "org_2", person: undefined });
    expect((await exempt({ account: "acct_1", until: "1999-01-01" })).status).toBe(200);
    expect((await decision("acct_1", "cy")).said).toMatchObject(unknown);
    await write("/dir2/lift", { reason: "lifted" });
    expect((await exempt({ account: "acct_1" })).said["code"]).toBe("SW_DIRECTIVE_STATE");
    const checked = await ask("/v1/directives/audit/verification", "directives:read");
    expect(checked.said).toMatchObject({ checkpoints: 1, problems: [] });
  });

  it("restore access as they are lifted, and list whom they turned away", async () => {
    await decision();
    const lifted = await ask("/v1/directives/dir1/lift", "directives:write", { reason: "lifted" });
    expect((await decision()).said).toMatchObject({ action: "allow" });
    const refusals = lifted.said["refusals"] as readonly { person: string; count: number }[];
    expect(refusals.map(({ person }) => person).toSorted()).toEqual(["ana", "bo"]);
    expect(refusals.every(({ count }) => count > 0)).toBe(true);
    expect((await ask("/v1/directives/in-force", "decisions:read")).said["directives"]).toEqual([]);
    const audit = await runHere("directive", "audit", "export", "--data", dataDir);
    expect(audit.stdout).toMatch(/"directive\.lifted","actor":"token:tok_\w+"/);
    expect((await runHere("directive", "audit", "verify", "--data", dataDir)).code).toBe(0);
  });

  it("leave no trace of what is attested in a scan, its cases and their audit", async () => {
    const lines = [1, 8, 15].map((number) => exchange(number, { end_user: "ana" }));
    const sent = await fetch(`${serving!.url}/v1/exchanges`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${tokens.get("intake:write")}`,
        "content-type": "application/x-ndjson",
      },
      body: lines.map((line) => JSON.stringify(line)).join("\n"),
    });
    expect(sent.status).toBe(200);
    await serving!.close();
    serving = undefined;
    const here = ["--data", dataDir];
    const scan = await runHere("scan", "--json", "-", "--no-power", ...here);
    expect(JSON.parse(scan.stdout)).toMatchObject({ exchanges: 3 });
    const group = sampleGroup(["acct_1"]);
    const last = readLastScan(dataDir);
    keepLastScan(dataDir, { ...last, result: { ...last.result, groups: [group] } });
    const said = [
      scan,
      await runHere("case", "open", ...here),
      await runHere("case", "show", "c1", "--as", "ana", "--json", ...here),
      await runHere("audit", "export", ...here),
    ];
    expect(said[2]?.stdout).toContain("acct_1");
    expect(said[3]?.stdout).toContain("case.reviewed");
    for (const { stdout, stderr } of said)
      for (const secret of [CLASS, METHOD, "dir1"]) expect(stdout + stderr).not.toContain(secret);
  });
});
