import type { LineSource } from "./exchange-lines.ts";
import { wordSource } from "./word-source.ts";

/** A world of short exchanges. */
export interface ShortWorld {
  readonly seed: number;
  readonly exchanges: number;
  readonly accounts: number;
  readonly campaigns: number;
  readonly campaignAccounts: number;
  /** Time of the first line and of the last, milliseconds. */
  readonly from: number;
  readonly until: number;
}

const CAMPAIGN_SHARE = 0.02;

/**
 * Lines of about 600 bytes in one dialect, in order of time. Most accounts ask in their own words, with a few habits
 * (opening words, client, network); the last accounts belong to campaigns that run a template over one list of items by
 * turns, in the middle third of the time. Two exchanges in a hundred are theirs. Accounts are `o1` and `c2-3`.
 */
export function shortLines(world: ShortWorld): LineSource {
  const words = wordSource(world.seed);
  const step = (world.until - world.from) / Math.max(1, world.exchanges);
  const openings = Array.from({ length: 400 }, () => words.text(24));
  const answers = Array.from({ length: 2048 }, () => words.text(150));
  const campaigns = Array.from({ length: world.campaigns }, () => ({
    before: words.text(110),
    after: words.text(70),
    sent: 0,
  }));
  let number = 0;
  const line = (account: string, client: string, asked: string): string => {
    const at = new Date(world.from + step * number).toISOString();
    const answer = answers[words.below(answers.length)] ?? "";
    const [low, high] = [20 + words.below(60), 20 + words.below(200)];
    return `{"id":"t${number++}","time":"${at}","account":"${account}","model":"orion-4",${client}"usage":{"input":${low},"output":${high}},"request":{"messages":[{"role":"user","content":"${asked}"}]},"response":{"choices":[{"message":{"content":"${words.hex(4)} ${answer}"},"finish_reason":"stop"}]}}\n`;
  };
  return () => {
    const passed = number / world.exchanges;
    const running = passed > 1 / 3 && passed < 2 / 3;
    if (running && words.below(1000) < CAMPAIGN_SHARE * 3000) {
      const which = words.below(campaigns.length);
      const campaign = campaigns[which];
      if (campaign !== undefined) {
        const member = words.below(world.campaignAccounts);
        const asked = `${campaign.before}item ${campaign.sent++} ${words.text(30)}${campaign.after}`;
        return line(`c${which}-${member}`, clientOf(which * 37 + member, member % 9), asked);
      }
    }
    // A few accounts make most of the traffic.
    const account = Math.floor(world.accounts * (words.below(1_000_000) / 1_000_000) ** 2);
    const opening = words.below(3) === 0 ? (openings[account % openings.length] ?? "") : "";
    return line(`o${account}`, clientOf(account, account % 31), opening + words.text(120));
  };
}

function clientOf(account: number, agent: number): string {
  return `"client":{"ip":"10.${account & 127}.${(account >> 7) & 255}.9","user_agent":"client/${agent}"},`;
}
