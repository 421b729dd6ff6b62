import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openWarehouse } from "../../src/warehouse/open-warehouse.ts";
import { WarehouseChild } from "../../src/warehouse/warehouse-child.ts";
import type { Endpoint } from "../../src/warehouse/warehouse-child.ts";
import {
  burn,
  emptyFolder,
  EVER,
  note,
  NOTES_SQL,
  one,
  openNotes,
  readNotes,
  warehouseProcesses,
} from "./notes-warehouse.ts";

describe("the process", () => {
  test("is started again after it was killed, with everything that was acknowledged", async () => {
    const warehouse = await openNotes();
    for (let id = 0; id < 20; id++) await warehouse.insert("notes" as never, [note(id)]);
    const inFlight = warehouse.rows(burn, {}).catch((error: unknown) => error);
    await new Promise((wake) => setTimeout(wake, 300));
    const [pid] = warehouseProcesses(process.pid);
    process.kill(pid ?? 0, "SIGKILL");
    expect(await inFlight).toMatchObject({
      code: "SW_WAREHOUSE_GONE",
      message: expect.stringContaining("signal SIGKILL"),
    });
    expect(await warehouse.rows(readNotes, { since: EVER })).toHaveLength(20);
    expect(warehouseProcesses(process.pid)).not.toContain(pid);
  });

  test("ends with its parent, even when that is killed", async () => {
    const folder = emptyFolder();
    const holder = spawn(
      process.execPath,
      [fileURLToPath(new URL("fixtures/hold-open.ts", import.meta.url)), folder],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await once(holder.stdout, "data");
    const [pid] = warehouseProcesses(holder.pid ?? 0);
    expect(pid).toBeGreaterThan(0);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await gone(pid ?? 0);
    const warehouse = await openNotes({ dataDir: folder });
    expect(await warehouse.rows(one, {})).toEqual([{ one: 1 }]);
  });

  test("has its folder to itself: a second one is refused", async () => {
    const dataDir = emptyFolder();
    const warehouse = await openNotes({ dataDir });
    await expect(openNotes({ dataDir })).rejects.toMatchObject({
      code: "SW_DATA_LOCKED",
      details: { path: dataDir },
    });
    expect(await warehouse.rows(one, {})).toEqual([{ one: 1 }]);
    await warehouse.close();
    const next = await openNotes({ dataDir });
    expect(await next.rows(one, {})).toEqual([{ one: 1 }]);
  });

  test("says what is wrong with a folder that can't be used", async () => {
    const file = join(emptyFolder(), "file");
    writeFileSync(file, "");
    await expect(openNotes({ dataDir: file })).rejects.toMatchObject({ code: "SW_DATA_UNUSABLE" });
  });

  test("leaves nothing to do after closing", async () => {
    const warehouse = await openNotes();
    await warehouse.close();
    await warehouse.close();
    expect(warehouseProcesses(process.pid)).toEqual([]);
    await expect(warehouse.rows(one, {})).rejects.toMatchObject({ code: "SW_WAREHOUSE_GONE" });
  });
});

describe("migrations", () => {
  test("are applied once and remembered in the folder", async () => {
    const dataDir = emptyFolder();
    const schemaFolder = join(emptyFolder(), "schema");
    cpSync(join(NOTES_SQL, "schema"), schemaFolder, { recursive: true });
    const first = await openNotes({ dataDir, schemaFolder });
    await first.insert("notes" as never, [note(1)]);
    await first.close();
    writeFileSync(
      join(schemaFolder, "003-more.sql"),
      "-- More.\nALTER TABLE notes ADD COLUMN more UInt8",
    );
    const second = await openNotes({ dataDir, schemaFolder });
    expect(await second.rows(readNotes, { since: EVER })).toHaveLength(1);
    await second.close();
    const third = await openNotes({ dataDir, schemaFolder });
    expect(await third.rows(one, {})).toEqual([{ one: 1 }]);
  });

  test("are refused when one that was applied has been edited", async () => {
    const dataDir = emptyFolder();
    const schemaFolder = join(emptyFolder(), "schema");
    cpSync(join(NOTES_SQL, "schema"), schemaFolder, { recursive: true });
    await (await openNotes({ dataDir, schemaFolder })).close();
    writeFileSync(join(schemaFolder, "002-counts.sql"), "-- Edited.\nSELECT 1");
    await expect(openNotes({ dataDir, schemaFolder })).rejects.toThrow(
      "The warehouse refused 002-counts: it was applied to this data folder and has been edited since; add a new migration instead",
    );
  });
});

describe("ClickHouse's HTTP interface", () => {
  test("answers ping, and says no without the secret", async () => {
    const { ask, endpoint } = await open();
    expect(await ask("/ping")).toMatchObject({ status: 200, body: "Ok.\n" });
    expect(await send(endpoint, "/ping", "", "wrong")).toMatchObject({ status: 403 });
  });

  test("listens in a folder that only its user may enter", async () => {
    const { endpoint } = await open();
    const socket = "socket" in endpoint.address ? endpoint.address.socket : "";
    expect(statSync(dirname(socket)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(socket))).toEqual(["warehouse.sock"]);
  });

  test("gives an exception its status, its code and its text", async () => {
    const { ask } = await open();
    const cases = [
      ["SELEC 1", 400, "62"],
      ["SELECT * FROM nowhere", 404, "60"],
      ["SELECT nothing", 404, "47"],
      ["SELECT throwIf(1)", 500, "395"],
      ["SELECT {x:UInt8}", 400, "456"],
    ] as const;
    for (const [query, status, code] of cases) {
      const answer = await ask("/", query);
      expect([answer.status, answer.headers["x-clickhouse-exception-code"]]).toEqual([
        status,
        code,
      ]);
      expect(answer.body).toMatch(new RegExp(`^Code: ${code}\\. DB::Exception: `));
    }
    expect(await ask("/?no_such_setting=1", "SELECT 1")).toMatchObject({ status: 404 });
    expect(await ask("/?database=other", "SELECT 1")).toMatchObject({ status: 404 });
  });

  test("takes typed parameters from the URL or from a multipart body", async () => {
    const { ask, endpoint } = await open();
    const inUrl = await ask("/?param_x=it%27s&query=SELECT%20%7Bx:String%7D%20FORMAT%20CSV");
    expect(inUrl.body).toBe('"it\'s"\n');
    const body = [
      "--b",
      'Content-Disposition: form-data; name="query"',
      "",
      "SELECT {x:Array(UInt8)} FORMAT CSV",
      "--b",
      'Content-Disposition: form-data; name="param_x"',
      "",
      "[1,2]",
      "--b--",
      "",
    ].join("\r\n");
    const type = "multipart/form-data; boundary=b";
    expect(await send(endpoint, "/", body, endpoint.secret, type)).toMatchObject({
      body: '"[1,2]"\n',
    });
  });

  test("keeps a request's settings to that request", async () => {
    const { ask } = await open();
    const query = "SELECT getSetting('max_threads'), getSetting('max_execution_time')";
    expect((await ask("/?max_threads=7&max_execution_time=5", query)).body).toBe("7\t5\n");
    const after = (await ask("/?max_execution_time=500000", query)).body;
    expect(after).toMatch(/^\d\d?\t60\n$/);
    expect(after).not.toMatch(/^7\t/);
  });

  test("is spoken on loopback where a socket's path would be too long, to the client of a server", async () => {
    const deep = join(emptyFolder(), "x".repeat(120));
    mkdirSync(deep);
    vi.stubEnv("TMPDIR", deep);
    const { endpoint } = await open();
    vi.unstubAllEnvs();
    const port = "port" in endpoint.address ? endpoint.address.port : 0;
    const url = `http://stillwatch:${endpoint.secret}@127.0.0.1:${port}`;
    const warehouse = await openNotes({ url });
    await warehouse.insert("notes" as never, [note(1)]);
    expect(await warehouse.rows(readNotes, { since: EVER })).toHaveLength(1);
    await expect(
      openWarehouse({ url: url.replace(endpoint.secret, "wrong"), schemaFolder: NOTES_SQL }),
    ).rejects.toThrow("The warehouse refused migrations: AUTHENTICATION_FAILED (516)");
  });

  test("counts inserted rows in the summary", async () => {
    const { ask } = await open();
    await ask("/", "CREATE TABLE t (a UInt8, b String) ENGINE = MergeTree ORDER BY a");
    const answer = await ask(
      "/?query=INSERT%20INTO%20t%20(a,b)%20FORMAT%20JSONEachRow",
      '{"a":1,"b":"x"}\n{"a":2}\n',
    );
    expect(JSON.parse(String(answer.headers["x-clickhouse-summary"]))).toMatchObject({
      written_rows: "2",
    });
    expect((await ask("/", "SELECT * FROM t ORDER BY a FORMAT CSV")).body).toBe('1,"x"\n2,""\n');
  });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function open(): Promise<{
  endpoint: Endpoint;
  ask: (path: string, body?: string) => Promise<Answer>;
}> {
  const child = new WarehouseChild({
    dataDir: emptyFolder(),
    sessions: 1,
    memoryBytes: 1_000_000_000,
    maxExecutionSeconds: 60,
  });
  onTestFinished(() => child.close());
  const endpoint = await child.endpoint();
  return { endpoint, ask: (path, body = "") => send(endpoint, path, body, endpoint.secret) };
}

async function send(
  endpoint: Endpoint,
  path: string,
  body: string,
  secret: string,
  type = "text/plain",
): Promise<Answer> {
  const socketPath = "socket" in endpoint.address ? endpoint.address.socket : "";
  const headers = { "content-type": type };
  const sent = request({ socketPath, path, method: "POST", headers, auth: `stillwatch:${secret}` });
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, body: text };
}

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((wake) => setTimeout(wake, 20));
  }
}
