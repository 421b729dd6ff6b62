import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepLastScan, readLastScan } from "../../src/judge/last-scan.ts";
import type { Serving } from "../../src/server/serve.ts";
import { SCOPES, type Scope } from "../../src/server/tokens.ts";
import { runHere } from "../cli/run-here.ts";
import { exchange } from "../ingest/intake-bench.ts";
import { sampleGroup } from "../ledger/sample-group.ts";
import { makeToken } from "./make-token.ts";
import { serveLocally } from "./serve-locally.ts";

const dataDir = join(mkdtempSync(join(tmpdir(), "stillwatch-directives-")), "data");
const CLASS = "quite_a_special_class";
const METHOD = "by a very special letter";
const tokens = new Map<Scope, string>();
let serving: Serving | undefined;

/** `stillwatch directive …` in a process of its own. */
async function directive(...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["src/cli/main.ts", "directive", ...words, "--data", dataDir, "--as", "cleo"],
    { cwd: join(import.meta.dirname, "../..") },
  );
  return stdout;
}

async function ask(path: string, scope: Scope | undefined, body?: object) {
  const answer = await fetch(`${serving!.url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      ...(scope && { authorization: `Bearer ${tokens.get(scope)}` }),
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, said: (await answer.json()) as Record<string, unknown> };
}

const decision = (account = "acct_1", person = "ana") =>
  ask(`/v1/decision?account=${account}&person=${person}&model=orion-4`, "decisions:read");

beforeAll(async () => {
  serving = await serveLocally(dataDir);
});
afterAll(() => serving?.close());

describe("directives of a running server", () => {
  it("are nobody's business before the first token is made", async () => {
    expect((await ask("/v1/directives", undefined)).status).toBe(401);
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
