import type { Role } from "../../core/assessment.ts";
import type { RowOf } from "../../warehouse/statement.ts";
import type { memberOrigins } from "../../warehouse/statements.gen.ts";

/** Where an account's exchanges come from: those that serve any flagged group, and the others. */
export type Origins = RowOf<typeof memberOrigins>;

/** An account whose traffic is mostly the group's is operated. */
export const OPERATED_SHARE = 0.5;
/** Exchanges of its own, and their share of all, from which a customer's own traffic can be told: fewer may be the group's that no rule meets. */
const LEAST_OWN = 5;
const LEAST_OWN_SHARE = 0.05;
/** The same where the client is another too, which the group's are not by chance. */
const LEAST_APART = 3;
/** Where the client is the same, nearly all of the own traffic comes from elsewhere, and nearly none of the group's from there. */
const WHOLLY_APART = 0.95;
/** Share of it from networks that the account uses again: a customer has places, a rotating proxy has none. */
const SETTLED = 0.7;

/** What is known of an account. `share`: of its exchanges that serve any flagged group. */
export interface RoleInput {
  readonly exchanges: number;
  readonly share: number;
  readonly origins: Origins | undefined;
  /** True where one hidden operator has been shown: the group is a campaign or a relay. */
  readonly operated: boolean;
  /** True where the group is a relay and no telling fact ties the account to it. */
  readonly untied: boolean;
}

/**
 * What an account is to a group. Uncertain where no operator was shown, or too little was sent. The end user of a relay
 * is whom the relay's kind of request gathered, and no tie. A key is taken for stolen where the account's own traffic
 * goes on, in the same days, from places and a client of its own; then by the larger share.
 */
export function roleOf({ exchanges, share, origins, operated, untied }: RoleInput): Role {
  if (!operated || exchanges < 2) return "uncertain";
  if (untied) return "end_user";
  if (origins !== undefined && isForeign(origins)) return "compromised";
  return share >= OPERATED_SHARE ? "operated" : "mixed";
}

/** True where what serves the group comes from elsewhere than the rest, while the rest goes on. */
function isForeign(origins: Origins): boolean {
  const [served, others] = [Number(origins.served), Number(origins.others)];
  const [elsewhere, apart] = [Number(origins.elsewhere), Number(origins.apart)];
  const isEnough = (own: number): boolean =>
    own >= LEAST_OWN && own >= LEAST_OWN_SHARE * (served + others);
  const goesOn =
    origins.first_other < origins.last_served && origins.last_other > origins.first_served;
  if (served < 2 || !goesOn) return false;
  if (Number(origins.located) === 0)
    return isEnough(others) && Number(origins.other_keys) >= WHOLLY_APART * others;
  const byClient = apart >= LEAST_APART && apart >= WHOLLY_APART * elsewhere;
  const byPlace =
    isEnough(elsewhere) &&
    elsewhere >= WHOLLY_APART * others &&
    Number(origins.shared) <= (1 - WHOLLY_APART) * served;
  return Number(origins.settled) >= SETTLED * elsewhere && (byClient || isEnough(apart) || byPlace);
}
