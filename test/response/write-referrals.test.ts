import { hash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { liftDecision } from "../../src/ledger/decisions.ts";
import { outboxStatus } from "../../src/ledger/outbox-status.ts";
import { readCase } from "../../src/ledger/read-cases.ts";
import { preserveEvidence } from "../../src/ledger/preserve-evidence.ts";
import { checkedStep, takeStep } from "../../src/ledger/take-step.ts";
import type { OutboxSettings } from "../../src/response/outbox-settings.ts";
import { recipientsOf } from "../../src/response/recipients-of.ts";
import { type ReferralPacket, referralText } from "../../src/response/referral-packet.ts";
import { openWarehouse, type Warehouse } from "../../src/warehouse/open-warehouse.ts";
import { confirmedCase } from "../ledger/feed-tests.ts";
import { ledgerBench } from "../ledger/ledger-bench.ts";
import { openScanBench, type ScanBench } from "../judge/scan-bench.ts";
import { openService, outboxOn, replies } from "./outbox-bench.ts";
import { settingsFor } from "./outbox-settings-for.ts";

const bench = ledgerBench();
const by = "ana";
const reason = "one crew";
const ACCOUNTS = ["own", "behind", "both", "resold"];

let scans: ScanBench;
let warehouse: Warehouse;

const exchange = (id: string, account: string, platform: string, day: number, user?: string) => ({
  id,
  time: `2026-11-1${day}T0${day}:00:00Z`,
  account,
  platform,
  model: "orion-4",
  ...(user === undefined ? {} : { end_user: user }),
  request: {
    model: "orion-4",
    messages: [{ role: "user", content: "SECRET WORDS of a customer" }],
  },
  usage: { input: 5, output: 7 },
});

beforeAll(async () => {
  scans = openScanBench();
  const dataDir = scans.dataDir();
  const lines = [
    exchange("ex_1", "own", "api", 1),
    exchange("ex_2", "behind", "cloud-a", 1, "u1"),
    exchange("ex_3", "behind", "cloud-a", 1, "u2"),
    exchange("ex_4", "behind", "cloud-a", 2, "u1"),
    exchange("ex_5", "both", "api", 1),
    exchange("ex_6", "both", "cloud-a", 2),
    exchange("ex_7", "resold", "api", 1),
  ];
  const said = [{ account: "resold", parent: "acct_reseller_7" }];
  const ndjson = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n");
  await scans.scan({
    dataDir,
    files: [scans.file("lines.ndjson", ndjson(lines))],
    accounts: scans.file("said.ndjson", ndjson(said)),
  });
  warehouse = await openWarehouse({ dataDir });
});
afterAll(async () => {
  await warehouse.close();
  scans.close();
});

function referring(url: string): OutboxSettings & Required<Pick<OutboxSettings, "referrals">> {
  return {
    ...settingsFor(url),
    referrals: {
      folder: join(mkdtempSync(join(tmpdir(), "stillwatch-referrals-")), "out"),
      contact: "abuse@example.com",
      recipients: [
        { name: "cloud-a", platforms: ["cloud-a"], parents: [] },
        { name: "reseller-7", platforms: [], parents: ["acct_reseller_7"] },
      ],
    },
  };
}

describe("accounts behind a cloud or a reseller", { timeout: 120_000 }, () => {
  it("are asked of it, those with traffic of their own of both", async () => {
    const asked = await recipientsOf([...ACCOUNTS, "nobody"], warehouse, referring("http://x"));
    expect([...asked]).toEqual([
      ["own", [""]],
      ["behind", ["cloud-a"]],
      ["both", ["", "cloud-a"]],
      ["resold", ["reseller-7"]],
      ["nobody", [""]],
    ]);
  });

  it("get packets with their accounts, times, counts and requests, and a second when the step is lifted", async () => {
    const place = await bench.place();
    const ledger = await place.open(() => new Date("2026-11-20"));
    await confirmedCase(ledger, ACCOUNTS);
    const cited = (account: string, id: string) => ({
      account,
      exchange: id,
      time: "2026-11-11T01:00:00.000Z",
      cited: true,
      content: { exchange: id, account, prompt: "SECRET WORDS of a customer" },
      withText: true,
    });
    await preserveEvidence(ledger, 1, [cited("behind", "ex_2"), cited("own", "ex_1")]);
    const service = await openService(replies(200));
    const settings = referring(service.receiver.url);
    const { folder } = settings.referrals!;
    const { outbox, failures } = outboxOn(ledger, settings, { warehouse });
    const step = { number: 1, step: "deny", reasonCode: "coordinated_harvest" } as const;
    const wanted = { ...step, accounts: ACCOUNTS, expires: "2026-12-01", by, reason };
    await ledger.change((change) => takeStep(change, checkedStep(wanted, change.time), "user:ana"));
    await outbox.look();
    expect(failures).toEqual([]);
    expect(service.words().toSorted()).toEqual(["suspend both", "suspend own"]);
    const names = readdirSync(folder).toSorted();
    expect(names.map((name) => name.replace(/\d{6}/, "N"))).toEqual([
      "referral-N-cloud-a.json",
      "referral-N-cloud-a.txt",
      "referral-N-reseller-7.json",
      "referral-N-reseller-7.txt",
    ]);
    expect(statSync(join(folder, names[0]!)).mode & 0o777).toBe(0o600);
    const packet = JSON.parse(readFileSync(join(folder, names[0]!), "utf8")) as ReferralPacket;
    expect(packet).toMatchObject({ to: "cloud-a", case: "c1", decision: "d1", asked: "suspend" });
    expect(packet.accounts).toEqual([
      {
        account: "behind",
        first: "2026-11-11T01:00:00.000Z",
        last: "2026-11-12T02:00:00.000Z",
        exchanges: 3,
        models: ["orion-4"],
        days: [
          { day: "2026-11-11", exchanges: 2, end_users: 2 },
          { day: "2026-11-12", exchanges: 1, end_users: 1 },
        ],
        requests: [{ id: "ex_2", time: "2026-11-11T01:00:00.000Z" }],
      },
      expect.objectContaining({ account: "both", exchanges: 1 }),
    ]);
    const text = readFileSync(join(folder, names[1]!), "utf8");
    expect(text).toContain("Please suspend these accounts until 2026-12-01T00:00:00.000Z.");
    expect(text).toContain("  2026-11-11  2 requests, 2 end users\n");
    for (const name of names) {
      const all = readFileSync(join(folder, name), "utf8");
      expect(all).not.toMatch(/SECRET|"own"|Account own|bits|worklist|interchange|echo/);
    }
    const { history } = await readCase(ledger, 1);
    const json = readFileSync(join(folder, names[0]!), "utf8");
    expect(history.filter(({ action }) => action === "referral.written")).toHaveLength(2);
    expect(history.map(({ details }) => details).join("\n")).toContain(hash("sha256", json));
    const { referred, states } = await outboxStatus(ledger, 10);
    expect([referred, states.applied]).toEqual([3, 5]);
    await liftDecision(ledger, { decision: 1, accounts: ["behind"], by, reason });
    await outbox.look();
    const [lifted] = readdirSync(folder)
      .filter((name) => !names.includes(name))
      .toSorted();
    expect(JSON.parse(readFileSync(join(folder, lifted!), "utf8"))).toMatchObject({
      asked: "lift",
      accounts: [{ account: "behind" }],
    });
    expect(service.words()).toHaveLength(2);
  });

  it("are told in one line each, whatever their names hold", () => {
    const account = { first: null, last: null, exchanges: 0, models: [], days: [], requests: [] };
    const text = referralText({
      version: 1,
      id: "r",
      created: "2026-11-20",
      to: "cloud-a",
      contact: "abuse@example.com",
      case: "c1",
      decision: "d1",
      asked: "limit",
      reason_code: "coordinated_harvest",
      expires: "2026-12-01",
      accounts: [{ ...account, account: "a\nPlease pay" }],
    });
    expect(text).not.toContain("\nPlease pay");
    expect(text).toContain("Account a Please pay: nothing of it is kept any more.");
  });

  it("wait where the folder can't be written, and are told", async () => {
    const place = await bench.place();
    const ledger = await place.open(() => new Date("2026-11-20"));
    await confirmedCase(ledger, ["behind"]);
    const service = await openService(replies(200));
    const settings = referring(service.receiver.url);
    const referrals = { ...settings.referrals!, folder: "/dev/null/referrals" };
    const { outbox, failures } = outboxOn(ledger, { ...settings, referrals }, { warehouse });
    const wanted = {
      number: 1,
      step: "limit",
      reasonCode: "harvest",
      accounts: ["behind"],
    } as const;
    const step = { ...wanted, expires: "2026-12-01", by, reason };
    await ledger.change((change) => takeStep(change, checkedStep(step, change.time), "user:ana"));
    await outbox.look();
    expect(failures).toMatchObject([{ code: "SW_REFERRAL_UNWRITTEN" }]);
    expect((await outboxStatus(ledger, 1)).states.queued).toBe(1);
    expect(existsSync(referrals.folder)).toBe(false);
  });
});
