import type { Assessment, Evidence, Group, Role, ScanResult } from "../core/assessment.ts";
import { counted, grouped, percent } from "../core/counted.ts";

export { counted, grouped, percent };

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Bits with one decimal; a minus sign that is a minus sign, and never `-0.0`. */
export function bits(value: number): string {
  const text = Math.abs(value).toFixed(1);
  return value < 0 && text !== "0.0" ? `−${text}` : text;
}

/** A false-discovery rate or another small number, at two significant digits: `0.00034`, `1.2e-9`. */
export function smallNumber(value: number): string {
  if (value === 0) return "0";
  if (value >= 1) return String(Number(value.toPrecision(3)));
  return value < 1e-4 ? value.toExponential(1) : String(Number(value.toPrecision(2)));
}

/** A measured value as read by people: at most three significant digits, thousands in groups. */
export function measured(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value < 0) return `−${measured(-value)}`;
  if (value >= 1000) return grouped(value);
  if (value !== 0 && value < 0.001) return value.toExponential(1);
  return String(Number(value.toPrecision(3)));
}

/** `22 Apr 2026`, in UTC; a dash for null. */
export function day(time: string | null): string {
  if (time === null) return "–";
  const at = new Date(time);
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()] ?? ""} ${at.getUTCFullYear()}`;
}

/** `2026-04-22 03:14`, in UTC; a dash for null. */
export function minute(time: string | null): string {
  return time === null ? "–" : new Date(time).toISOString().slice(0, 16).replace("T", " ");
}

/** A stretch of seconds in the two largest units that say something: `1 h 20 min`, `45 s`, `12 days`. */
export function stretch(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return two(whole, 60, "min", 1, "s");
  if (whole < 172_800) return two(whole, 3600, "h", 60, "min");
  return counted(Math.round(whole / 86_400), "day");
}

function two(whole: number, large: number, name: string, small: number, rest: string): string {
  const left = Math.floor((whole % large) / small);
  return `${Math.floor(whole / large)} ${name}${left === 0 ? "" : ` ${left} ${rest}`}`;
}

/** What each assessment means, in one sentence for the person who reads it. */
export const ASSESSMENT_MEANING: Readonly<Record<Assessment, string>> = {
  campaign:
    "One hidden operator behind many accounts, and traffic that looks like the making of training data. Flagged.",
  relay:
    "One hidden operator behind many accounts, but the traffic looks like ordinary people's: most likely a resale or proxy service.",
  bulk: "Traffic that looks like the making of training data, from a declared customer. The reason names the agreement that covers it.",
  explained: "It looked suspicious, and a positive explanation is known.",
  undetermined: "Some evidence on both sides; what was seen does not decide it.",
  watch: "Too small or too new to be decided at this error rate. Not a finding.",
};

/** What each member role means. */
export const ROLE_MEANING: Readonly<Record<Role, string>> = {
  operated: "most of its traffic belongs to the group",
  mixed: "carries the group's traffic and other traffic as well",
  compromised: "a real customer's account whose key seems to be used by others",
  end_user: "a person whose requests pass through a relay",
  uncertain: "too little traffic to say",
};

/** MITRE ATLAS technique names for the ids the product uses (ATLAS 5.6). */
export const TECHNIQUE_NAMES: Readonly<Record<string, string>> = {
  "AML.T0005.001": "Train Proxy via Replication",
  "AML.T0008.005": "AI Service Proxies",
  "AML.T0012": "Valid Accounts",
  "AML.T0021": "Establish Accounts",
  "AML.T0024": "Exfiltration via AI Inference API",
  "AML.T0024.002": "Extract AI Model",
  "AML.T0035": "AI Artifact Collection",
  "AML.T0040": "AI Model Inference API Access",
  "AML.T0047": "AI-Enabled Product or Service",
  "AML.T0048.004": "AI Intellectual Property Theft",
  "AML.T0054": "LLM Jailbreak",
  "AML.T0065": "LLM Prompt Crafting",
};

/** What a result was judged by: `q 0.01, tick 1 h`, and every parameter that was not at its default. */
export function judgedBy(result: Pick<ScanResult, "q" | "tick_seconds" | "settings">): string {
  const changed = Object.entries(result.settings ?? {}).map(([key, value]) => `, ${key} ${value}`);
  return `q ${smallNumber(result.q)}, tick ${stretch(result.tick_seconds)}${changed.join("")}`;
}

/** A measured value beside its reference population, as a sentence. */
export function referenceWords({ value, reference }: Evidence): string {
  const { median, low, high, n } = reference;
  if (n === 0 && low === high) return `Here ${measured(value)}; there is no reference population.`;
  const range = `${measured(median)} (${measured(low)} to ${measured(high)}`;
  return n === 0
    ? `Here ${measured(value)}, against ${range}): a shipped constant, not measured here.`
    : `Here ${measured(value)}; usually ${range}; ${grouped(n)} measured).`;
}

/** The groups the product flags: those assessed `campaign`, most evidence first, ties by id. */
export function flaggedGroups(groups: readonly Group[]): readonly Group[] {
  return groups
    .filter((group) => group.assessment === "campaign")
    .toSorted((a, b) => weakerAxisBits(b) - weakerAxisBits(a) || (a.id < b.id ? -1 : 1));
}

/** The evidence that counts for a campaign: bits of the weaker of the two axes. */
export function weakerAxisBits(group: Group): number {
  return Math.min(group.coordination_bits, group.harvest_bits);
}

/** One axis's evidence: what testifies, what gathered the group, what is told only; most bits first, ties by signal. */
export function evidenceOn(group: Group, axis: Evidence["axis"]): readonly Evidence[] {
  return group.evidence
    .filter((finding) => finding.axis === axis)
    .toSorted(
      (a, b) =>
        Number(a.describes) - Number(b.describes) ||
        Number(a.found_group) - Number(b.found_group) ||
        b.bits - a.bits ||
        (a.signal < b.signal ? -1 : 1),
    );
}
