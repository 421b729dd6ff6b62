import { DAY, type Draft } from "./world.ts";

/** A model that comes out in a world's window. */
export interface Release {
  readonly model: string;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
}

/** Share of ordinary accounts on a larger model that ever change to the new one, and the mean time they take. */
const ADOPTION = { share: 0.5, mean: 5 * DAY };
/** Models whose users change. */
const LARGER: ReadonlySet<string> = new Set(["orion-4", "orion-4-deep"]);

/** Moves ordinary traffic to released models as customers do: half of the accounts on a larger model, some on the first day, most within two weeks. Which and when depends on the account and the release alone; an operation's own requests stay as they are. */
export function adoptReleases(releases: readonly Release[]): (draft: Draft, time: number) => Draft {
  if (releases.length === 0) return (draft) => draft;
  return (draft, time) => {
    if (draft.campaign !== undefined || !LARGER.has(draft.model)) return draft;
    const taken = releases.findLast(
      ({ at, model }) => time >= at + DAY / 24 && time >= at + delay(draft.account, model),
    );
    return taken === undefined ? draft : { ...draft, model: taken.model };
  };
}

/** Time from the release to the account's change; infinite for those who never change. */
function delay(account: string, model: string): number {
  let h = 0x811c9dc5;
  for (const text of [account, model])
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  const u = ((h ^ (h >>> 13)) >>> 0) / 4294967296;
  return u >= ADOPTION.share
    ? Number.POSITIVE_INFINITY
    : -ADOPTION.mean * Math.log(1 - u / ADOPTION.share);
}
