import type { Group } from "../core/assessment.ts";
import { ASSESSMENTS } from "../core/assessment.ts";
import { type Markup, html } from "./markup.ts";
import { ASSESSMENT_MEANING, bits, counted, grouped, minute, smallNumber } from "./wording.ts";

const ROWS_SHOWN = 1000;

/** The flagged groups in one table, each a link to its section; nothing where there is only one. */
export function flaggedTable(flagged: readonly Group[]): Markup {
  if (flagged.length < 2) return html``;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Flagged groups">
    <table class="list">
      <caption class="hidden">
        Flagged groups
      </caption>
      <thead>
        <tr>
          <th scope="col">Group</th>
          ${["Accounts", "Exchanges", "Before alert", "Flagged (UTC)", "Coordination bits", "Harvest bits", "q"].map((name) => html`<th scope="col" class="number">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${flagged.map(
          (group, at) =>
            html`<tr>
              <th scope="row">
                <a href="#group-${at + 1}">${at + 1} <bdi>${group.id}</bdi></a>
              </th>
              ${numbers([grouped(group.accounts.length), grouped(group.exchanges), grouped(group.exchanges_before_alert), minute(group.detected_at), bits(group.coordination_bits), bits(group.harvest_bits), smallNumber(group.q_value)])}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The groups that are not flagged, by assessment, larger ones first. */
export function otherGroups(groups: readonly Group[]): readonly Group[] {
  return groups
    .filter((group) => group.assessment !== "campaign")
    .toSorted(
      (a, b) =>
        ASSESSMENTS.indexOf(a.assessment) - ASSESSMENTS.indexOf(b.assessment) ||
        b.accounts.length - a.accounts.length ||
        (a.id < b.id ? -1 : 1),
    );
}

/** These groups with what their assessment means and the reason; the first `linked` have a section of their own. */
export function otherTable(others: readonly Group[], linked: number): Markup {
  if (others.length === 0) return html`<p>No other group was found.</p>`;
  const kinds = ASSESSMENTS.filter((kind) => others.some((group) => group.assessment === kind));
  const hidden = others.length - ROWS_SHOWN;
  return html`<dl class="kinds">
      ${kinds.map(
        (kind) =>
          html`<div>
            <dt>${grouped(others.filter((group) => group.assessment === kind).length)} ${kind}</dt>
            <dd>${ASSESSMENT_MEANING[kind]}</dd>
          </div>`,
      )}
    </dl>
    ${others.length > 12 ? html`<p class="filter"><label for="filter">Show only rows with</label> <input id="filter" type="search" data-filters="others" autocomplete="off" /> <span id="filter-count" role="status"></span></p>` : undefined}
    <div class="scroll" tabindex="0" role="region" aria-label="Other groups">
      <table class="list" id="others">
        <caption class="hidden">
          Groups that are not flagged
        </caption>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col">Assessment</th>
            ${["Accounts", "Exchanges", "Coord. bits", "Harvest bits"].map((name) => html`<th scope="col" class="number">${name}</th>`)}
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          ${others.slice(0, ROWS_SHOWN).map(
            (group, at) =>
              html`<tr>
                <th scope="row">
                  ${at < linked ? html`<a href="#other-${at + 1}"><bdi>${group.id}</bdi></a>` : html`<bdi>${group.id}</bdi>`}
                </th>
                <td>${group.assessment}</td>
                ${numbers([grouped(group.accounts.length), grouped(group.exchanges), bits(group.coordination_bits), bits(group.harvest_bits)])}
                <td>${group.reason === "" ? "–" : group.reason}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${hidden > 0 ? html`<p class="note">and ${counted(hidden, "more group")}, all in the JSON.</p>` : undefined}`;
}

function numbers(values: readonly string[]): Markup {
  return html`${values.map((value) => html`<td class="number">${value}</td>`)}`;
}
