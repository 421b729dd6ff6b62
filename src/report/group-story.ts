import type { Group, HistoryLine } from "../core/assessment.ts";
import { type Markup, html } from "./markup.ts";
import { bits, counted, minute, percent } from "./wording.ts";

const LINES_SHOWN = 24;

/** The group through time, and what ties it to other groups: its history, operators, pools, and earlier groups that it resembles. */
export function groupStory(group: Group): Markup {
  const shown = group.history.slice(0, LINES_SHOWN);
  const hidden = group.history.length - shown.length;
  return html`<h4>What happened</h4>
    <ul class="plain">
      ${shown.map((line) => html`<li>${minute(line.time)} ${happened(line)}</li>`)}
      ${hidden > 0 ? html`<li>and ${counted(hidden, "more event")}, all in the JSON</li>` : undefined}
    </ul>
    ${relations(group)}`;
}

function relations({ operators, ties, operation, similar }: Group): Markup {
  if (operators.length + ties.length + similar.length === 0) return html``;
  return html`<h4>Operators and operations</h4>
    <ul class="plain">
      ${operators.map(
        ({ id, accounts, exchanges }) =>
          html`<li>
            Operator <bdi>${id}</bdi>, told apart by its work and whom it is dealt to:
            ${counted(accounts.length, "account")}, ${counted(exchanges, "exchange")}.
          </li>`,
      )}
      ${ties.map(
        (tie) =>
          html`<li>
            One operation (<bdi>${operation}</bdi>) with group <bdi>${tie.group}</bdi>,
            ${bits(tie.bits)} bits of ${tie.signal}: ${tie.sentence}
          </li>`,
      )}
      ${similar.map(
        (one) =>
          html`<li>
            Resembles the earlier group <bdi>${one.group}</bdi>: prompts ${percent(one.skeleton)},
            what is asked for ${percent(one.capabilities)}, techniques ${percent(one.techniques)},
            hours and pace ${percent(one.cadence)}. This describes and is no evidence.
          </li>`,
      )}
    </ul>`;
}

function happened({ event, accounts, group }: HistoryLine): Markup {
  const other = group === null ? undefined : html` <bdi>${group}</bdi>`;
  return html`${counted(accounts, "account")} ${EVENT_WORDS[event]}${other}`;
}

const EVENT_WORDS: Readonly<Record<HistoryLine["event"], string>> = {
  joined: "began",
  left: "sent the last request",
  suspended: "suspended",
  flagged: "so far when it was flagged",
  merged: "found to be the same as those of",
  split: "split from",
};
