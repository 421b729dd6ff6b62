import type { Group, ScanResult } from "../core/assessment.ts";
import type { ScanOutcome } from "../judge/scan.ts";
import { axisMap } from "./axis-map.ts";
import { type GroupBriefInput, groupBrief } from "./group-brief.ts";
import { groupSection } from "./group-section.ts";
import { flaggedTable, otherGroups, otherTable } from "./group-tables.ts";
import { headline } from "./headline.ts";
import { htmlPage } from "./html-page.ts";
import { type Markup, html } from "./markup.ts";
import { method } from "./method.ts";
import { strongestFacts } from "../core/strongest-facts.ts";
import { flaggedGroups, judgedBy, minute } from "./wording.ts";

/** What a report is made of. */
export interface ScanReportInput {
  readonly outcome: ScanOutcome;
  readonly title: string;
  /** Shown as the time of making; the only part that two reports of one outcome differ in. */
  readonly generatedAt: Date;
}

/** This many flagged groups begin open; the others open on a click, so that a page with hundreds stays quick. */
const OPEN_GROUPS = 5;
/** After this many the sections wait as text until they are opened. */
const READY_GROUPS = 10;
/** Groups that are not flagged and have a section of their own; the rest stand in their table. */
const MOST_OTHERS = 200;

/** One HTML file that needs nothing else: what was found, how sure, and why. Grows with groups, not with accounts. */
export function renderScanReport({ outcome, title, generatedAt }: ScanReportInput): string {
  const { result } = outcome;
  const flagged = flaggedGroups(result.groups);
  const others = otherGroups(result.groups);
  const clearest = clearestGroup(flagged);
  const known = knownOf(outcome);
  const sections = flagged.map((group, at) =>
    groupSection({
      ...known(group),
      anchor: `group-${at + 1}`,
      title: `Group ${at + 1}`,
      open: at < OPEN_GROUPS,
      deferred: at >= READY_GROUPS,
      brief: group !== clearest,
    }),
  );
  const otherSections = others.slice(0, MOST_OTHERS).map((group, at) =>
    groupSection({
      ...known(group),
      anchor: `other-${at + 1}`,
      title: group.assessment.slice(0, 1).toUpperCase() + group.assessment.slice(1),
      open: false,
      deferred: flagged.length + at >= READY_GROUPS,
      brief: false,
    }),
  );
  const brief = clearest && briefCard(flagged.indexOf(clearest) + 1, known(clearest));
  return htmlPage({
    title,
    skip: "To the findings",
    contents: [
      { id: "in-short", name: "In short" },
      ...(result.groups.length === 0 ? [] : [{ id: "map", name: "Map" }]),
      ...(flagged.length === 0 ? [] : [{ id: "flagged", name: "Flagged groups" }]),
      { id: "other", name: "Other groups" },
      { id: "method", name: "Method and error" },
    ],
    main: html` ${headline(result, flagged, brief)} ${mapSection(result, flagged)}
      ${flaggedSection(flagged.length, html`${flaggedTable(flagged)}${sections}`)}
      <section aria-labelledby="other">
        <h2 id="other">Groups that are not flagged</h2>
        ${otherTable(others, MOST_OTHERS)} ${otherSections}
      </section>
      <section aria-labelledby="method">
        <h2 id="method">Method and error</h2>
        ${method(outcome)}
      </section>`,
    footer: html`Made by the software at ${minute(generatedAt.toISOString())} UTC; judged by
    ${judgedBy(result)}. The software flags; a named person confirms or explains. This page holds
    account ids and may hold parts of prompts: treat it as confidential.`,
  });
}

/** What is known of a group beside what the result says of it. */
function knownOf({ result, details, texts }: ScanOutcome): (group: Group) => GroupBriefInput {
  const detailOf = new Map(details.map((detail) => [detail.id, detail]));
  return (group) => ({ group, detail: detailOf.get(group.id), texts, to: result.window.to });
}

/** The flagged group that most channels speak of, up to three that could confirm each other; of several the strongest. */
function clearestGroup(flagged: readonly Group[]): Group | undefined {
  const channels = new Map(flagged.map((group) => [group, strongestFacts(group).length]));
  return flagged.toSorted((a, b) => channels.get(b)! - channels.get(a)!)[0];
}

function briefCard(place: number, input: GroupBriefInput): Markup {
  return html`<div class="brief-card">
    <h3>The clearest group in brief: <a href="#group-${place}">group ${place}</a></h3>
    <p class="note">
      Findings of different channels stand apart: what would fake one leaves the others as they are.
    </p>
    ${groupBrief(input)}
  </div>`;
}

function mapSection(result: ScanResult, flagged: readonly Group[]): Markup {
  if (result.groups.length === 0) return html``;
  return html`<section aria-labelledby="map">
    <h2 id="map">All groups on both axes</h2>
    ${axisMap(result, flagged)}
  </section>`;
}

function flaggedSection(count: number, content: Markup): Markup {
  if (count === 0) return html``;
  return html`<section aria-labelledby="flagged">
    <div class="bar-heading">
      <h2 id="flagged">Flagged ${count === 1 ? "group" : "groups"}</h2>
      ${count > 1 ? html`<button type="button" id="fold" hidden>Open all groups</button>` : undefined}
    </div>
    ${content}
  </section>`;
}
