import type { Assessment, Evidence, Member, Role, Technique } from "../../core/assessment.ts";
import { TELLING_BITS } from "../members-of.ts";

/** Share of members that carry other people's traffic too from which a pool is a proxy's. */
const PROXY_SHARE = 0.1;

/**
 * Techniques of MITRE ATLAS (5.6) in the order of an attack's stages, with the signals whose telling findings speak for
 * each. `members`: their roles speak for it. `assessment`: that somebody operates them does.
 */
const SPEAKING: readonly (readonly [id: string, by: readonly string[]])[] = [
  // Establish Accounts: means shared between payers; standbys that signed up before they were needed.
  ["AML.T0021", ["payment", "succession", "signup"]],
  // Valid Accounts: stolen keys.
  ["AML.T0012", ["members"]],
  // AI Service Proxies: a pool in which a conversation goes on through another account, that replaces what is banned, or that strangers share.
  ["AML.T0008.005", ["echo", "succession", "members"]],
  // LLM Prompt Crafting.
  ["AML.T0065", ["template", "elicitation"]],
  // AI Model Inference API Access: many accounts at one door.
  ["AML.T0040", ["assessment"]],
  // Extract AI Model: inputs chosen, outputs collected.
  ["AML.T0024.002", ["template", "elicitation", "capture", "coverage", "worklist"]],
  // AI Intellectual Property Theft: what is taken is what the model was built for.
  ["AML.T0048.004", ["elicitation", "capture", "coverage", "grading"]],
];

/** A relay takes access, and no copy of the model has been shown. */
const OF_RELAYS: ReadonlySet<string> = new Set(["AML.T0008.005", "AML.T0012", "AML.T0040"]);

/** The techniques that a group's evidence speaks for; none where it is neither campaign nor relay. */
export function techniquesOf(
  assessment: Assessment,
  evidence: readonly Evidence[],
  members: readonly Member[],
): readonly Technique[] {
  if (assessment !== "campaign" && assessment !== "relay") return [];
  const isTelling = (f: Evidence): boolean =>
    f.bits >= TELLING_BITS || f.found_group || f.describes;
  const telling = new Set(evidence.filter(isTelling).map(({ signal }) => signal));
  const having = (role: Role): number => members.filter((m) => m.role === role).length;
  const roles: Readonly<Record<string, boolean>> = {
    "AML.T0012": having("compromised") > 0,
    "AML.T0008.005": assessment === "relay" || having("mixed") >= PROXY_SHARE * members.length,
  };
  const speaks = (id: string, by: string): boolean =>
    by === "assessment" || (by === "members" ? roles[id] === true : telling.has(by));
  return SPEAKING.filter(([id]) => assessment === "campaign" || OF_RELAYS.has(id))
    .map(([id, by]) => ({ id, by: by.filter((one) => speaks(id, one)) }))
    .filter(({ by }) => by.length > 0);
}
