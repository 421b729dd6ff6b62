import type { RowOf } from "../warehouse/statement.ts";
import type { Warehouse } from "../warehouse/open-warehouse.ts";
import {
  sampleAccounts,
  sampleCoverage,
  sampleFields,
  sampleIds,
  sampleTexts,
  sampleTimes,
  sampleTurns,
} from "../warehouse/statements.gen.ts";
import type { InstallationSecret } from "./installation-secret.ts";
import type { Segment } from "./segment.ts";

/** What the landed lines of a sample show. Counts of exchanges where nothing else is said. */
export interface SampleFindings {
  readonly coverage: RowOf<typeof sampleCoverage>;
  readonly accounts: RowOf<typeof sampleAccounts>;
  readonly turns: RowOf<typeof sampleTurns>;
  /** `prompt` and `answer`; absent where there are none. */
  readonly texts: readonly RowOf<typeof sampleTexts>[];
  readonly times: RowOf<typeof sampleTimes>;
  readonly ids: {
    /** Lines whose id and part stood on an earlier line. */
    readonly repeats: number;
    /** Exchanges that another id has too: same account, time, messages and answer. */
    readonly twins: number;
    /** Different numbers among ids that end in one; how many have their next number here; the usual way to the next. */
    readonly numbers: number;
    readonly neighbours: number;
    readonly usual_gap: number;
  };
  /** Fields at the top of lines that nobody reads, with their lines; commonest first. */
  readonly unread: readonly { readonly field: string; readonly lines: number }[];
}

/** Fields at the top of a canonical line; of these `flags`, `session` and `endpoint` serve people only. */
const KNOWN_FIELDS = new Set(
  "id time part account credential organization platform region model endpoint session end_user http_status client request response usage billed flags dialect fingerprints".split(
    " ",
  ),
);

/** Asks the landing table, which must hold the segment's lines with their texts, and the accounts. */
export async function examineSample(
  warehouse: Warehouse,
  { path }: Segment,
  secret: InstallationSecret,
): Promise<SampleFindings> {
  const [coverage] = await warehouse.rows(sampleCoverage, { secret: secret.id });
  const [accounts] = await warehouse.rows(sampleAccounts, {});
  const [turns] = await warehouse.rows(sampleTurns, {});
  const [times] = await warehouse.rows(sampleTimes, {});
  const [ids] = await warehouse.rows(sampleIds, {});
  if (!coverage || !accounts || !turns || !times || !ids) throw new Error("each answers one row");
  const fields = await warehouse.rows(sampleFields, { path });
  return {
    coverage,
    accounts,
    turns,
    texts: await warehouse.rows(sampleTexts, {}),
    times,
    ids: { ...ids, repeats: ids.repeats ?? 0, twins: ids.twins ?? 0 },
    unread: fields.filter(({ field }) => !KNOWN_FIELDS.has(field)),
  };
}
