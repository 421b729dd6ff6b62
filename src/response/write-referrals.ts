import { hash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { StillwatchError } from "../core/errors.ts";
import type { AuditEntry } from "../ledger/audit-chain.ts";
import type { Ledger } from "../ledger/open-ledger.ts";
import type { Settled } from "../ledger/outbox.ts";
import type { CommandRow } from "../ledger/tables.ts";
import { referredTraffic } from "../warehouse/statements.gen.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import type { OutboxSettings, Recipient } from "./outbox-settings.ts";
import { type ReferralPacket, type ReferredAccount, referralText } from "./referral-packet.ts";

/** Requests that a packet names of an account. */
const MOST_REQUESTS = 20;

/** What writing referrals needs. */
export interface ReferralOptions {
  readonly ledger: Ledger;
  readonly warehouse: Pick<Warehouse, "rows">;
  readonly referrals: NonNullable<OutboxSettings["referrals"]>;
}

/** What was written. */
export interface Written {
  readonly settled: readonly Settled[];
  /** One a packet, of its case. */
  readonly entries: readonly AuditEntry[];
}

/**
 * Writes a packet for each recipient, step and kind of command: JSON, and the same in words, for the owner alone. Written
 * again they are the same files. Throws SW_REFERRAL_UNWRITTEN.
 */
export async function writeReferrals(
  commands: readonly CommandRow[],
  options: ReferralOptions,
): Promise<Written> {
  const { referrals } = options;
  const groups = Map.groupBy(commands, ({ recipient, decision, command }) =>
    JSON.stringify([recipient, decision, command]),
  );
  const settled: Settled[] = [];
  const entries: AuditEntry[] = [];
  for (const some of groups.values()) {
    const { recipient: name, number } = some[0]!;
    const recipient = referrals.recipients.find((one) => one.name === name);
    if (recipient === undefined) {
      const note = `${name} is no recipient any more`;
      settled.push(...some.map((row) => ({ number: row.number, state: "failed", note }) as const));
      continue;
    }
    const id = `referral-${String(number).padStart(6, "0")}-${name}`;
    const packet = await packetOf(id, some, { ...options, recipient });
    const text = `${JSON.stringify(packet, undefined, 2)}\n`;
    await writeWhole(referrals.folder, `${id}.json`, text);
    await writeWhole(referrals.folder, `${id}.txt`, referralText(packet));
    entries.push({
      actor: "system:outbox",
      action: "referral.written",
      object: `case:${packet.case}`,
      details: {
        referral: id,
        to: name,
        decision: packet.decision,
        asked: packet.asked,
        accounts: some.length,
        sha256: hash("sha256", text),
      },
    });
    settled.push(
      ...some.map((row) => ({ number: row.number, state: "applied", note: id }) as const),
    );
  }
  return { settled, entries };
}

async function packetOf(
  id: string,
  commands: readonly CommandRow[],
  { ledger, warehouse, referrals, recipient }: ReferralOptions & { readonly recipient: Recipient },
): Promise<ReferralPacket> {
  const { command, decision, case_number, reason_code, expires, queued } = commands[0]!;
  const accounts = commands.map(({ account }) => account);
  // Of a reseller's accounts all is its, whatever door it came through.
  const platforms = recipient.parents.length > 0 ? [] : recipient.platforms;
  const rows = await warehouse.rows(referredTraffic, { accounts, platforms });
  const days = Map.groupBy(rows, ({ account }) => account);
  const evidence = await ledger.read((store) =>
    store
      .selectFrom("evidence")
      .select(["account", "exchange", "time"])
      .where("case_number", "=", case_number)
      .where("account", "in", accounts)
      .orderBy("time")
      .execute(),
  );
  const requests = Map.groupBy(evidence, ({ account }) => account);
  return {
    version: 1,
    id,
    created: queued,
    to: recipient.name,
    contact: referrals.contact,
    case: `c${case_number}`,
    decision: `d${decision}`,
    asked: command,
    reason_code,
    expires,
    accounts: accounts.map((account) =>
      accountOf(account, days.get(account) ?? [], requests.get(account) ?? []),
    ),
  };
}

function accountOf(
  account: string,
  days: readonly {
    readonly date: string;
    readonly exchanges: string;
    readonly end_users: string;
    readonly first: number;
    readonly last: number;
    readonly models: readonly string[];
  }[],
  requests: readonly { readonly exchange: string; readonly time: string }[],
): ReferredAccount {
  const at = (seconds: number | undefined): string | null =>
    seconds === undefined ? null : new Date(seconds * 1000).toISOString();
  return {
    account,
    first: at(days[0]?.first),
    last: at(days.at(-1)?.last),
    exchanges: days.reduce((sum, { exchanges }) => sum + Number(exchanges), 0),
    models: [...new Set(days.flatMap(({ models }) => models))].toSorted(),
    days: days.map(({ date, exchanges, end_users }) => ({
      day: date,
      exchanges: Number(exchanges),
      end_users: Number(end_users),
    })),
    requests: requests
      .slice(0, MOST_REQUESTS)
      .map(({ exchange, time }) => ({ id: exchange, time })),
  };
}

/** Whole or not at all. */
async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = await open(`${path}.part`, "w", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.part`, path);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? "unknown";
    throw new StillwatchError("SW_REFERRAL_UNWRITTEN", { folder, reason }, cause);
  }
}
