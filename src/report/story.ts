import type { Axis, Evidence, Group } from "../core/assessment.ts";
import { CAPABILITIES, ROLES } from "../core/assessment.ts";
import type { Explanation, LoneTraffic, SharedKeys } from "../core/explanation.ts";
import { printable } from "./printable.ts";
import {
  ASSESSMENT_MEANING,
  bits,
  counted,
  day,
  evidenceOn,
  judgedBy,
  minute,
  percent,
  referenceWords,
  ROLE_MEANING,
  smallNumber,
  TECHNIQUE_NAMES,
} from "./wording.ts";
import { wrapped } from "./wrapped.ts";

/** Bits from which an axis leans. */
const LEANING_BITS = 4;
/** What fewer than this share of all accounts share with anybody is rare. */
const RARE_SHARE = 0.05;
const NAMES_SHOWN = 8;

/** What a scan said of a group or an account, told in plain words in lines of at most `width`. */
export function story(explanation: Explanation, width: number): string {
  const { name, groups, memberships, alone, scanned_at } = explanation;
  const when = scanned_at === null ? "" : ` of ${minute(scanned_at)} UTC`;
  const parts = [
    ...memberships.map((member) => wrapped(belonging(printable(name), member, groups), width)),
    ...groups.map((group) => groupStory(group, width)),
    ...(alone === null ? [] : [loneStory(printable(name), alone, width)]),
    wrapped(
      `By the scan${when}, ${printable(judgedBy(explanation))}. The software flags; a person confirms or explains. Nothing has been done to any account.`,
      width,
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}

function belonging(
  name: string,
  { group: id, role, share }: Explanation["memberships"][number],
  groups: readonly Group[],
): string {
  const assessment = groups.find((group) => group.id === id)?.assessment ?? "";
  const look = role === "operated" ? "" : " It is to be looked at by itself before any step.";
  return `${name} is in group ${printable(id)} (${assessment}) as ${role.replace("_", " ")}: ${ROLE_MEANING[role]}. ${percent(share)} of its exchanges carry the group's keys.${look}`;
}

function groupStory(group: Group, width: number): string {
  const lines = [
    `Group ${printable(group.id)}: ${group.assessment}`,
    wrapped(ASSESSMENT_MEANING[group.assessment], width, "  "),
    wrapped(happened(group), width, "  "),
    ...(group.reason === "" ? [] : [wrapped(looked(group), width, "  ")]),
    wrapped(
      `The weaker of both axes counts: coordination ${bits(group.coordination_bits)} bits, harvest ${bits(group.harvest_bits)} bits. The least false-discovery rate that flags it: ${smallNumber(group.q_value)}.`,
      width,
      "  ",
    ),
    ...(["coordination", "harvest"] as const).flatMap((axis) => axisStory(group, axis, width)),
    "",
    wrapped(accountsOf(group), width, "  "),
    wrapped(askedFor(group), width, "  "),
    ...(group.techniques.length === 0 ? [] : [wrapped(techniques(group), width, "  ")]),
  ];
  return lines.join("\n");
}

function happened(group: Group): string {
  const sent = `${counted(group.accounts.length, "account")} sent ${counted(group.exchanges, "exchange")} from ${minute(group.first_seen)} to ${minute(group.last_seen)} UTC.`;
  if (group.detected_at === null) return `${sent} It was never flagged.`;
  const before = `${counted(group.exchanges_before_alert, "exchange")} (${percent(group.exchanges_before_alert / Math.max(1, group.exchanges))} of them)`;
  const what = group.assessment === "campaign" ? "flagged" : "first past the threshold";
  return `${sent} It was ${what} at ${minute(group.detected_at)} UTC, after ${before}.`;
}

/** `It looked like …, but …`: what the evidence leans to, and why it is not flagged. Of a flagged group the reason alone. */
function looked({ assessment, coordination_bits, harvest_bits, reason }: Group): string {
  if (assessment === "campaign") return printable(reason);
  const together = coordination_bits >= LEANING_BITS;
  const taking = harvest_bits >= LEANING_BITS;
  const what = together
    ? taking
      ? "one hidden operator making training data"
      : "one hidden operator"
    : taking
      ? "the making of training data"
      : "something worth a look";
  const said = printable(reason);
  return `It looked like ${what}, but: ${said.slice(0, 1).toLowerCase()}${said.slice(1)}`;
}

function axisStory(group: Group, axis: Axis, width: number): readonly string[] {
  const findings = evidenceOn(group, axis);
  if (findings.length === 0) return ["", `  ${axis}: no signal had anything to say.`];
  return [
    "",
    `  Evidence of ${axis}`,
    ...findings.flatMap((finding) => findingStory(finding, width)),
  ];
}

function findingStory(finding: Evidence, width: number): readonly string[] {
  const weight = finding.found_group
    ? "gathered the group, so it can't testify"
    : finding.describes
      ? "told, not weighed"
      : `${bits(finding.bits)} bits`;
  const { examples } = finding;
  return [
    wrapped(
      `${printable(finding.signal)} (${finding.channel}), ${weight}: ${printable(finding.sentence)}`,
      width,
      "    ",
    ),
    wrapped(referenceWords(finding), width, "      "),
    ...(examples.length === 0
      ? []
      : [wrapped(`Examples: ${examples.map(printable).join(", ")}.`, width, "      ")]),
  ];
}

function accountsOf({ members }: Group): string {
  const roles = ROLES.map((role) => ({ role, own: members.filter((m) => m.role === role) }));
  const said = roles
    .filter(({ own }) => own.length > 0)
    .map(({ role, own }) => {
      const names = own.slice(0, NAMES_SHOWN).map(({ account }) => printable(account));
      const rest = own.length - names.length;
      const all = `${names.join(", ")}${rest > 0 ? ` and ${counted(rest, "other")}` : ""}`;
      return `${own.length} ${role.replace("_", " ")} (${all})`;
    });
  return `Accounts: ${said.join("; ")}.`;
}

function askedFor({ capabilities }: Group): string {
  const shares = CAPABILITIES.filter((name) => capabilities[name].share > 0)
    .toSorted((a, b) => capabilities[b].share - capabilities[a].share)
    .map((name) => {
      const { share, low, high } = capabilities[name];
      return `${name} ${percent(share)} (${percent(low)} to ${percent(high)})`;
    });
  return shares.length === 0
    ? "What was asked for is not known."
    : `Asked for: ${shares.join(", ")}.`;
}

function techniques(group: Group): string {
  const named = group.techniques.map(({ id }) => `${id} ${TECHNIQUE_NAMES[id] ?? ""}`.trim());
  return `MITRE ATLAS: ${named.join(", ")}.`;
}

function loneStory(
  name: string,
  { exchanges, first_seen, last_seen, shared }: LoneTraffic,
  width: number,
): string {
  const sent = `${name} is in no group that something is said of. It sent ${counted(exchanges, "exchange")}, ${day(first_seen)} to ${day(last_seen)}.`;
  if (shared.length === 0)
    return wrapped(`${sent} It shares no key with any other account.`, width);
  return [
    wrapped(`${sent} What it shares with others:`, width),
    ...shared.map((keys) => wrapped(sharing(keys), width, "  ")),
    wrapped(
      "To share is no evidence: what counts is whether accounts that share behave as one.",
      width,
    ),
  ].join("\n");
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  shingle: "pieces of its prompts",
  head: "first words of its prompts",
  tail: "last words of its prompts",
  system: "its system prompt",
  systemShingle: "pieces of its system prompt",
  tools: "its set of tools",
  profile: "its settings",
  item: "whole prompts",
  client: "its client string",
  network: "its network",
  payment: "its means of payment",
  phone: "its phone",
  device: "its device",
};

function sharing({ kind, others, usual }: SharedKeys): string {
  const common = usual < RARE_SHARE ? "rare" : "common";
  return `${KIND_WORDS[kind] ?? kind}: with ${counted(others, "other")} (${common}: ${percent(usual)} of all accounts share such)`;
}
