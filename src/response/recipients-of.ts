import type { Warehouse } from "../warehouse/open-warehouse.ts";
import { accountDoors } from "../warehouse/statements.gen.ts";
import type { OutboxSettings } from "./outbox-settings.ts";

/**
 * Who is to be asked about accounts: the provider's own service (""), each recipient whose platforms they came through, and
 * for a reseller's accounts the reseller alone. An account of which nothing is known is the provider's own.
 */
export async function recipientsOf(
  accounts: readonly string[],
  warehouse: Pick<Warehouse, "rows">,
  { referrals }: Pick<OutboxSettings, "referrals">,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const own = [""];
  const asked = new Map<string, readonly string[]>(accounts.map((account) => [account, own]));
  const recipients = referrals?.recipients ?? [];
  if (recipients.length === 0) return asked;
  const foreign = new Set(recipients.flatMap(({ platforms }) => platforms));
  for (const { account, parent, platforms } of await warehouse.rows(accountDoors, { accounts })) {
    const reseller = recipients.find(({ parents }) => parent !== "" && parents.includes(parent));
    const through = recipients.filter((one) => platforms.some((p) => one.platforms.includes(p)));
    const isOwn = platforms.some((platform) => !foreign.has(platform)) || platforms.length === 0;
    const names = through.map(({ name }) => name);
    asked.set(
      account,
      reseller === undefined ? [...(isOwn ? own : []), ...names] : [reseller.name],
    );
  }
  return asked;
}
