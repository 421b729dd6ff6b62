import type { GatheringKey, GroupDetail } from "../core/assessment.ts";
import { type Markup, html, trusted } from "./markup.ts";
import { counted, grouped } from "./wording.ts";

/** Keys of a kind that are drawn, a bar each. */
const BARS_SHOWN = 40;
const BAR = 6;
const HEIGHT = 24;

/** What the accounts share that brought them together: which kinds of keys, how many accounts have each, and how many elsewhere do. */
export function groupGathering({ gathering }: GroupDetail, accounts: number): Markup {
  const { keys, required, whole } = gathering;
  if (keys.length === 0) return html``;
  const kinds = [...Map.groupBy(keys, ({ kind }) => kind)];
  const all = keys.length === 1 ? "this key" : `these ${grouped(keys.length)} keys`;
  const least = keys.length === 1 ? "carries" : `carries at least ${grouped(required)} of`;
  return html`<h4>What gathered it</h4>
    <p>
      ${whole ? `The accounts were brought together by what they have in common: ${all}. All that they send is looked at.` : `An exchange is looked at where it ${least} ${all}.`}
    </p>
    <table class="keys">
      <caption class="hidden">
        Keys that gathered the group
      </caption>
      <thead>
        <tr>
          <th scope="col">What is shared</th>
          <th scope="col" class="number">Accounts of the group</th>
          <th scope="col" class="number">Accounts elsewhere</th>
          <th scope="col"><span class="hidden">Share of the group, key by key</span></th>
        </tr>
      </thead>
      <tbody>
        ${kinds.map(([kind, own]) => kindRow(kind, own, accounts))}
      </tbody>
    </table>
    <p class="note">
      Keys are fingerprints: what they were made of can't be read back. What gathered a group adds
      nothing to its evidence.
      <span class="wide"
        >Each bar is a key, its height the share of the group's accounts that have it.</span
      >
    </p>`;
}

function kindRow(kind: string, keys: readonly GatheringKey[], accounts: number): Markup {
  const [one, several] = KIND_WORDS[kind] ?? [kind, kind];
  return html`<tr>
    <th scope="row">${counted(keys.length, one, several)}</th>
    <td class="number">${range(keys.map(({ members }) => members))} of ${grouped(accounts)}</td>
    <td class="number">${range(keys.map(({ others }) => others))}</td>
    <td>${bars(keys.slice(0, BARS_SHOWN), accounts)}</td>
  </tr>`;
}

function bars(keys: readonly GatheringKey[], accounts: number): Markup {
  const drawn = keys.map(({ members }, at) => {
    const height = Math.max(1, Math.round(Math.min(1, members / accounts) * HEIGHT));
    return `M${at * BAR} ${HEIGHT}v${-height}h${BAR - 2}v${height}z`;
  });
  return html`<svg viewBox="0 0 ${BARS_SHOWN * BAR} ${HEIGHT}" aria-hidden="true" focusable="false">
    <path class="neutral" d="${trusted(drawn.join(""))}" />
  </svg>`;
}

/** `3`, or `3 to 160`. */
function range(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? grouped(least) : `${grouped(least)} to ${grouped(most)}`;
}

const KIND_WORDS: Readonly<Record<string, readonly [one: string, several: string]>> = {
  shingle: ["piece of the prompts", "pieces of the prompts"],
  head: ["opening of the prompts", "openings of the prompts"],
  tail: ["ending of the prompts", "endings of the prompts"],
  system: ["system prompt", "system prompts"],
  systemShingle: ["piece of the system prompt", "pieces of the system prompt"],
  tools: ["set of tools", "sets of tools"],
  profile: ["set of settings", "sets of settings"],
  item: ["whole prompt", "whole prompts"],
  client: ["client string", "client strings"],
  network: ["network", "networks"],
  payment: ["means of payment", "means of payment"],
  phone: ["phone", "phones"],
  device: ["device", "devices"],
  mail: ["mail domain", "mail domains"],
  echo: [
    "answer issued to one and presented by another",
    "answers issued to one and presented by another",
  ],
};
