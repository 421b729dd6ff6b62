import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";

/** A PostgreSQL server that lives as long as a test file, on a socket in a folder of its own. */
export interface PostgresCluster {
  /** Makes an empty database and answers its URL. */
  database(): Promise<string>;
  /** Ends the server, as a machine that goes away does, and starts it again on what it had. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

/** Where Debian keeps the programs, the newest version last. */
const PROGRAMS = "/usr/lib/postgresql";

/** Starts a server from the system's own packages (Debian: `apt install postgresql`). It refuses to run as root, so root lends it another user. */
export async function startCluster(): Promise<PostgresCluster> {
  const version =
    readdirSync(PROGRAMS)
      .sort((a, b) => Number(a) - Number(b))
      .at(-1) ?? "";
  const program = (name: string) => join(PROGRAMS, version, "bin", name);
  const folder = mkdtempSync(join(tmpdir(), "stillwatch-pg-"));
  const user = process.getuid?.() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const how = { ...user, cwd: folder, env: { LC_ALL: "C.UTF-8" } };
  const initdb = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"];
  execFileSync(program("initdb"), initdb, { ...how, stdio: ["ignore", "ignore", "inherit"] });
  const settings = ["listen_addresses=", `unix_socket_directories=${folder}`, "fsync=off"];
  const begin = () => {
    const options = settings.flatMap((setting) => ["-c", setting]);
    const child = spawn(program("postgres"), ["-D", data, ...options], { ...how, stdio: "ignore" });
    return { child, ended: once(child, "exit") };
  };
  let server = begin();
  const end = async (): Promise<void> => {
    server.child.kill("SIGINT");
    await server.ended;
  };
  const answers = () => untilItAnswers(url("postgres"), () => server.child.exitCode !== null);
  const url = (name: string) => `postgresql://postgres@${encodeURIComponent(folder)}/${name}`;
  await answers();
  let made = 0;
  return {
    async database() {
      const name = `ledger_${++made}`;
      await ask(url("postgres"), `CREATE DATABASE ${name}`);
      return url(name);
    },
    pause: end,
    async resume() {
      server = begin();
      await answers();
    },
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs one statement on a connection of its own. */
export async function ask(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(text);
  } finally {
    await client.end();
  }
}

function idOf(flag: string): number {
  return Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
}

async function untilItAnswers(url: string, ended: () => boolean): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await ask(url, "SELECT 1");
      return;
    } catch (error) {
      if (tries === 300 || ended()) throw error;
      await wait(100);
    }
  }
}
