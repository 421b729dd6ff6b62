import type { Span } from "../../../src/judge/judge-traffic.ts";
import { readTraffic, type TrafficRow } from "../../../src/judge/traffic-row.ts";
import { INTENT } from "../../../src/core/key-kind.ts";
import type { SampledExchange } from "../../../src/signals/slice.ts";
import type { Warehouse } from "../../../src/warehouse/open-warehouse.ts";
import { traffic } from "../../../src/warehouse/statements.gen.ts";

/** One request of a tenant; `first` where a conversation begins with it. What became of the conversation is told in `built`, `answerBytes` and `outputTokens`. */
export type WindowRequest = Pick<
  SampledExchange,
  "intent" | "built" | "finish" | "outputTokens" | "answerBytes" | "tokens"
> & { readonly first: boolean };

type Writable = { -readonly [K in keyof WindowRequest]: WindowRequest[K] };

/**
 * The requests by tenant (`o` and a declared organization's hash, or `a` and an account's; decimal), in the order they came.
 * `alone`: accounts (by hash) that are read by themselves, whatever their organization. One pass; all words in memory.
 */
export async function readTenants(
  warehouse: Warehouse,
  span: Span,
  alone: (account: bigint) => boolean,
): Promise<ReadonlyMap<string, readonly WindowRequest[]>> {
  const tenants = new Map<string, WindowRequest[]>();
  const begun = new Map<bigint, Writable>();
  await readTraffic(warehouse.bytes(traffic, { ...span, tick: 3600 }), (row) => {
    const root = row.turn === 0 ? undefined : begun.get(joined(row.parentLow, row.parentHigh));
    const request = requestOf(row, root === undefined);
    if (root !== undefined) {
      root.answerBytes += row.answerBytes;
      root.outputTokens += row.outputTokens;
      if ((row.intent & INTENT.spoken) !== 0) root.built = true;
    }
    begun.set(joined(row.chainLow, row.chainHigh), root ?? request);
    const organization = joined(row.organizationLow, row.organizationHigh);
    const account = joined(row.accountLow, row.accountHigh);
    const tenant = organization === 0n || alone(account) ? `a${account}` : `o${organization}`;
    const known = tenants.get(tenant);
    if (known === undefined) tenants.set(tenant, [request]);
    else known.push(request);
  });
  return tenants;
}

function requestOf(row: TrafficRow, first: boolean): Writable {
  return {
    first,
    intent: row.intent,
    built: false,
    finish: row.finish,
    outputTokens: row.outputTokens,
    answerBytes: row.answerBytes,
    tokens: row.tokens.slice(0, row.tokenCount),
  };
}

function joined(low: number, high: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
