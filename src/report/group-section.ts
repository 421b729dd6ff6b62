import type { Group } from "../core/assessment.ts";
import { activityMatrix } from "./activity-matrix.ts";
import { evidenceWaterfall } from "./evidence-waterfall.ts";
import { type GroupBriefInput, groupBrief } from "./group-brief.ts";
import { groupContent } from "./group-content.ts";
import { groupGathering } from "./group-gathering.ts";
import { groupMembers } from "./group-members.ts";
import { groupStory } from "./group-story.ts";
import { groupTemplate } from "./group-template.ts";
import { type Markup, html, trusted } from "./markup.ts";
import { timelineChart } from "./timeline-chart.ts";
import { ASSESSMENT_MEANING, bits, counted, day, grouped, minute, smallNumber } from "./wording.ts";

/** What a section is made of. */
export interface GroupSectionInput extends GroupBriefInput {
  /** The section's id in the page, and its heading before the group's own id. */
  readonly anchor: string;
  readonly title: string;
  readonly open: boolean;
  /** True keeps the section as plain text until it is opened: the browser then builds only what is looked at. */
  readonly deferred: boolean;
  /** False where the group isn't flagged, or is told in brief elsewhere on the page. */
  readonly brief: boolean;
}

/** Everything the report says of one group. Groups that begin closed have coarser pictures, to keep the file small. */
export function groupSection(input: GroupSectionInput): Markup {
  const { group, anchor, title, open, deferred } = input;
  const body = groupBody(input);
  const flagged = group.assessment === "campaign" ? " flagged" : "";
  return html`<details class="group${flagged}" id="${anchor}" ${open ? html` open` : undefined}>
    <summary>
      <h3>${title} <bdi class="id">${group.id}</bdi></h3>
      <span class="brief"
        >${counted(group.accounts.length, "account")} ·
        ${counted(group.exchanges, "exchange")}</span
      >
    </summary>
    ${deferred ? deferredBody(body) : body}
  </details>`;
}

function groupBody({ group, detail, texts, to, open, brief }: GroupSectionInput): Markup {
  const size = open ? { rows: 200, bins: 560 } : { rows: 50, bins: 120 };
  return html` <p class="statement">${statement(group)}</p>
    <dl class="figures">
      ${figure("Coordination", `${bits(group.coordination_bits)} bits`)}
      ${figure("Harvest", `${bits(group.harvest_bits)} bits`)}
      ${figure("q", smallNumber(group.q_value))}
      ${group.detected_at === null ? undefined : figure("Before the alert", counted(group.exchanges_before_alert, "exchange"))}
      ${figure("Tokens", `${compact(group.input_tokens)} in (${compact(group.cached_tokens)} cached), ${compact(group.output_tokens)} out`)}
      ${worth(group)}
    </dl>
    ${
      brief
        ? html`<h4>In brief</h4>
            ${groupBrief({ group, detail, texts, to })}`
        : undefined
    }
    <h4>Evidence</h4>
    <p class="note">
      Each bar begins where the one before it ended. The band is the middle 90 % of the reference
      population, the line its median, the dot this group.
    </p>
    ${evidenceWaterfall(group)}
    ${detail === undefined ? undefined : [timelineChart(detail, group, Math.min(size.bins, 240)), activityMatrix(detail, size), groupGathering(detail, group.accounts.length)]}
    ${groupTemplate(group, texts)} ${groupContent(group, texts)} ${groupMembers(group)}
    ${groupStory(group)}`;
}

/** Markup that waits in a data block, which is never run; the page's script puts it in place when the group is opened. */
function deferredBody(body: Markup): Markup {
  return html`${trusted(`<script type="text/plain">${body.markup}</script>`)}
    <noscript
      ><p>
        The details of this group need the page's script; they are in the JSON as well.
      </p></noscript
    >`;
}

function statement(group: Group): string {
  const span =
    day(group.first_seen) === day(group.last_seen)
      ? `on ${day(group.first_seen)}`
      : `from ${day(group.first_seen)} to ${day(group.last_seen)}`;
  const sent = `${counted(group.accounts.length, "account")} sent ${counted(group.exchanges, "exchange")} ${span}.`;
  if (group.assessment !== "campaign") {
    return `${sent} Not flagged: ${group.assessment}. ${group.reason === "" ? ASSESSMENT_MEANING[group.assessment] : group.reason}`;
  }
  const why = group.reason === "" ? "" : ` ${group.reason}`;
  return `${sent} The software flagged them at ${minute(group.detected_at)} UTC, after ${counted(group.exchanges_before_alert, "exchange")}.${why} No person has confirmed this yet.`;
}

function figure(name: string, value: string): Markup {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** Money, as far as prices or bills are known. */
function worth({ money }: Group): Markup {
  const { list_price: list, currency, billed, unpriced_exchanges: unpriced } = money;
  const rest = unpriced === 0 ? "" : `, ${counted(unpriced, "exchange")} without a price`;
  return html`${list === null ? undefined : figure("List price", `${grouped(list)} ${currency ?? ""}${rest}`)}
  ${billed === null ? undefined : figure("Billed", grouped(billed))}`;
}

function compact(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)} G`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  return grouped(value);
}
