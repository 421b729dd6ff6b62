import { z } from "zod";
import { ASSESSMENTS, type Group, type ScanResult } from "../core/assessment.ts";
import { counted, grouped } from "../core/counted.ts";
import { strongestFacts } from "../core/strongest-facts.ts";
import { type Alert, type Change, severityOf } from "./alert.ts";
import { accountTraces, groupThatHas, matchTold } from "./match-told.ts";

/** What was last told of a group. */
export const toldGroupShape = z.strictObject({
  /** See `Traces`. */
  group: z.string(),
  traces: z.array(z.string()).readonly(),
  sequence: z.int(),
  assessment: z.enum(ASSESSMENTS),
  /** Its accounts, a count. */
  accounts: z.int(),
  /** False once it was withdrawn, or told as part of another. */
  open: z.boolean(),
  /** Ticks in a row at which it was not flagged any more, and nothing was told of that yet. */
  absent: z.int(),
});
type ToldGroup = z.infer<typeof toldGroupShape>;
/** By alert id. */
export type ToldGroups = Readonly<Record<string, ToldGroup>>;

/** How alerts are written. */
export interface AlertWording {
  /** `{group}` stands for the group's id. Null: no link. */
  readonly link: string | null;
  readonly nameAccounts: boolean;
  /** End of the tick, ISO 8601. */
  readonly time: string;
}

/** What is worth telling of a result, and what has then been told. */
export interface Telling {
  readonly alerts: readonly Alert[];
  readonly told: ToldGroups;
}

/** A group grew materially when it has this many more accounts than were last told, or half as many again. */
const GROWN_BY = 100;
const GROWN_SHARE = 0.5;
/** A group that stops being flagged is withdrawn at this tick in a row: at one tick it may be told as another's part. */
const ABSENT_TICKS = 2;
const MOST_NAMED = 100;

interface News {
  readonly change: Change;
  readonly words: string;
}

/**
 * What a result says that was not told before. One group is one alert with a growing sequence: told when it is first
 * flagged, and again when its accounts grew by half or by a hundred since it was last told, when its assessment
 * changed, when it was merged with another that had been told or split from one, and when it is no longer flagged at
 * two ticks in a row. Groups that were never flagged are not told.
 */
export function alertsOf(told: ToldGroups, result: ScanResult, wording: AlertWording): Telling {
  const alerts: Alert[] = [];
  const after: Record<string, ToldGroup> = { ...told };
  const open = Object.values(told).filter((before) => before.open);
  const mayBeTold = (group: Group): boolean =>
    isFlagged(group) || open.some((before) => before.group === group.id);
  const groups = result.groups.filter(mayBeTold);
  const matched = matchTold(told, groups);
  for (const group of groups) {
    const alert = matched.get(group) ?? freeId(group.id, after);
    const before = matched.has(group) ? told[alert] : undefined;
    if (!isFlagged(group) && before?.open !== true) continue;
    const news = newsOf(group, before, open);
    if (news.length > 0) {
      const sequence = (before?.sequence ?? 0) + 1;
      alerts.push(groupAlert(group, news, { ...wording, alert, sequence }));
      after[alert] = toldOf(group, sequence);
    } else if (before !== undefined) {
      after[alert] = { ...before, group: group.id, absent: 0 };
    }
  }
  const present = new Set(matched.values());
  for (const [alert, before] of Object.entries(told)) {
    if (!before.open || present.has(alert)) continue;
    const into = groupThatHas(before, groups.filter(isFlagged));
    if (into === undefined && before.absent + 1 < ABSENT_TICKS) {
      after[alert] = { ...before, absent: before.absent + 1 };
      continue;
    }
    const sequence = before.sequence + 1;
    alerts.push(closingAlert(before, into, { ...wording, alert, sequence }));
    after[alert] = { ...before, sequence, open: false, absent: 0 };
  }
  return { alerts, told: after };
}

/** An alert's id: of its group, with a number where another group of that id was told. */
function freeId(group: string, taken: ToldGroups): string {
  let id = `group_${group}`;
  for (let number = 2; Object.hasOwn(taken, id); number++) id = `group_${group}_${number}`;
  return id;
}

function isFlagged({ assessment }: Group): boolean {
  return assessment === "campaign";
}

function newsOf(
  group: Group,
  before: ToldGroup | undefined,
  open: readonly ToldGroup[],
): readonly News[] {
  const { id, assessment } = group;
  const accounts = group.accounts.length;
  if (before?.open !== true) {
    const size = `${counted(accounts, "account")}, ${counted(group.exchanges, "exchange")} so far`;
    const again = before === undefined ? "" : " again";
    const origins = group.history.filter(({ event }) => event === "split");
    const split = open.find((one) => origins.some((line) => line.group === one.group));
    const words = `Group ${id} is flagged${again} as a ${assessment}: ${size}`;
    return [
      { change: "flagged", words },
      ...(split === undefined
        ? []
        : [{ change: "split" as const, words: `it split from group ${split.group}` }]),
    ];
  }
  const news: News[] = [];
  if (assessment !== before.assessment) {
    const words = `Group ${id} is now assessed as ${assessment}, not ${before.assessment} any more`;
    news.push({ change: "assessed", words });
  }
  const more = accounts - before.accounts;
  if (isFlagged(group) && (more >= GROWN_BY || more >= before.accounts * GROWN_SHARE)) {
    const words = `Group ${id} grew from ${grouped(before.accounts)} to ${counted(accounts, "account")}`;
    news.push({ change: "grew", words });
  }
  return news;
}

function toldOf({ id, assessment, accounts }: Group, sequence: number): ToldGroup {
  const traces = accountTraces(accounts);
  const size = accounts.length;
  return { group: id, traces, sequence, assessment, accounts: size, open: true, absent: 0 };
}

interface Numbered extends AlertWording {
  /** The alert's id. */
  readonly alert: string;
  readonly sequence: number;
}

function groupAlert(group: Group, news: readonly News[], wording: Numbered): Alert {
  const { id, assessment, accounts, exchanges, first_seen, last_seen, detected_at } = group;
  const changes = news.map(({ change }) => change);
  const heaviest = group.members
    .toSorted((a, b) => b.exchanges - a.exchanges || (a.account < b.account ? -1 : 1))
    .slice(0, MOST_NAMED);
  return {
    ...frame(id, changes, wording),
    title: news.map(({ words }) => words).join("; "),
    reasons: isFlagged(group)
      ? strongestFacts(group).map(({ sentence }) => sentence)
      : [group.reason],
    group: {
      id,
      assessment,
      accounts: accounts.length,
      exchanges,
      exchanges_before_alert: group.exchanges_before_alert,
      coordination_bits: group.coordination_bits,
      harvest_bits: group.harvest_bits,
      first_seen,
      last_seen,
      detected_at,
      ...(wording.nameAccounts ? { account_ids: heaviest.map(({ account }) => account) } : {}),
    },
  };
}

function closingAlert(before: ToldGroup, into: Group | undefined, wording: Numbered): Alert {
  const { group: id } = before;
  return into === undefined
    ? {
        ...frame(id, ["withdrawn"], wording),
        title: `Group ${id} is no longer flagged`,
        reasons: ["What was seen since speaks against it, or its traffic is not kept any more."],
        group: null,
      }
    : {
        ...frame(id, ["merged"], wording),
        title: `Group ${id} is now told as part of group ${into.id} (${into.assessment})`,
        reasons: [`Both are of much the same accounts; ${grouped(before.accounts)} were told.`],
        group: null,
      };
}

function frame(id: string, changes: readonly Change[], wording: Numbered) {
  const { alert, sequence, link, time } = wording;
  return {
    id: alert,
    sequence,
    class: "group" as const,
    severity: severityOf(changes),
    changes,
    time,
    link: link === null ? null : link.replaceAll("{group}", encodeURIComponent(id)),
    field: null,
    glass: null,
  };
}
