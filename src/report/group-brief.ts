import type { Evidence, Group, GroupDetail } from "../core/assessment.ts";
import { accountStrips } from "./account-strips.ts";
import { roleName } from "./group-members.ts";
import { type InnocentReading, innocentReading } from "./innocent-reading.ts";
import { type Markup, html } from "./markup.ts";
import { redactText } from "./redact-text.ts";
import { referenceRange } from "./reference-range.ts";
import { type Run, mostAlike, sideBySide } from "./side-by-side.ts";
import { runningWords } from "./still-running.ts";
import { strongestFacts } from "../core/strongest-facts.ts";
import { bits, counted, grouped, percent } from "./wording.ts";

const HEAVIEST_SHOWN = 5;
const READ_CHARACTERS = 1600;
const NAMED_AGAINST = 3;

/** What a group in brief is made of. */
export interface GroupBriefInput {
  readonly group: Group;
  readonly detail: GroupDetail | undefined;
  readonly texts: ReadonlyMap<string, string>;
  /** End of the traffic that was read. */
  readonly to: string | null;
}

/** A flagged group for somebody with a minute: the facts, what else it could be, who uses most, and whether it still runs. */
export function groupBrief({ group, detail, texts, to }: GroupBriefInput): Markup {
  const facts = strongestFacts(group);
  return html`<ol class="facts">
      ${facts.map((finding) => fact(finding, detail, texts))}
    </ol>
    ${facts.length < 3 ? html`<p class="note">Only ${counted(facts.length, "channel")} of evidence ${facts.length === 1 ? "speaks" : "speak"} here, where three could confirm each other.</p>` : undefined}
    <div class="columns">
      <div>${otherReading(innocentReading(group))}</div>
      <div>
        <h4>Is it still running?</h4>
        <p>${runningWords(group, detail, to)}</p>
        ${heaviest(group)}
      </div>
    </div>`;
}

function fact(
  finding: Evidence,
  detail: GroupDetail | undefined,
  texts: ReadonlyMap<string, string>,
): Markup {
  return html`<li>
    <p class="kind">
      <b>${finding.axis}</b>, ${finding.channel}: ${finding.signal}, ${bits(finding.bits)} bits
    </p>
    <p>${finding.sentence}</p>
    ${referenceRange(finding)}${exhibit(finding, detail, texts)}
  </li>`;
}

/** What shows a finding best: two requests, or two accounts' hours where it is about when they send. */
function exhibit(
  finding: Evidence,
  detail: GroupDetail | undefined,
  texts: ReadonlyMap<string, string>,
): Markup {
  const { signal, channel } = finding;
  if (detail !== undefined && (channel === "time" || signal === "succession")) {
    return accountStrips(detail, signal === "succession" ? "first and last" : "busiest");
  }
  return pair(finding, texts);
}

/** Two of the exchanges behind a finding, side by side where text was kept: the two that are most alike. */
function pair(finding: Evidence, texts: ReadonlyMap<string, string>): Markup {
  const { examples } = finding;
  if (examples.length === 0) return html`<p class="note">No single exchange shows it.</p>`;
  const read = finding.channel === "identity" ? [] : examples.filter((id) => texts.has(id));
  if (read.length < 2) {
    return html`<p class="note">
      For example
      ${examples.slice(0, 2).map((id, at) => html`${at > 0 ? " and " : ""}<code><bdi>${id}</bdi></code>`)}.
    </p>`;
  }
  const redacted = read.map((id) => redactText(texts.get(id) ?? "", READ_CHARACTERS));
  const alike = mostAlike(redacted);
  const ids = alike.map((at) => read[at]!);
  const [a, b] = sideBySide(redacted[alike[0]]!, redacted[alike[1]]!);
  const marked = a.concat(b).some(({ differs }) => differs);
  return html`<div class="pair">
      ${[a, b].map(
        (runs, at) =>
          html`<figure>
            <figcaption>
              <code><bdi>${ids[at] ?? ""}</bdi></code>
            </figcaption>
            <blockquote dir="auto">${runs.map(run)}</blockquote>
          </figure>`,
      )}
    </div>
    <p class="note">
      ${marked ? "What differs is marked; the rest is word for word the same. " : ""}${finding.signal === "echo" ? ECHO : ""}
    </p>`;
}

const ECHO =
  "Each carried an answer that another account had been given. Of a request only its own words are kept, not the history with that answer.";

function run({ text, differs }: Run): Markup {
  return differs ? html`<mark>${text}</mark> ` : html`${text} `;
}

function otherReading(reading: InnocentReading | undefined): Markup {
  if (reading === undefined) return html``;
  const { name, axis, explains, against, besides } = reading;
  const more = against.length - NAMED_AGAINST;
  return html`<h4>The best innocent reading</h4>
    <p>
      <b>${name.slice(0, 1).toUpperCase()}${name.slice(1)}.</b> It would account for
      ${listed(explains)}.
    </p>
    ${
      against.length === 0
        ? html`<p>
            <b>Nothing else that was weighed on ${axis} speaks against it.</b> Settle this reading
            before any step.
          </p>`
        : html`<p>It fails on what it doesn't account for:</p>
            <ul>
              ${against.slice(0, NAMED_AGAINST).map((finding) => html`<li><b>${finding.signal}</b>, ${bits(finding.bits)} bits: ${finding.sentence}</li>`)}
            </ul>
            ${more > 0 ? html`<p class="note">and on ${counted(more, "more finding")} below.</p>` : undefined}`
    }
    ${besides.length === 0 ? undefined : html`<p>It says nothing of ${listed(besides)} on the other axis.</p>`}`;
}

function listed(findings: readonly Evidence[]): Markup {
  return html`${findings.map(({ signal, bits: weight }, at) => html`${at === 0 ? "" : at === findings.length - 1 ? " and " : ", "}${signal} (${bits(weight)} bits)`)}`;
}

function heaviest({ members, exchanges }: Group): Markup {
  const shown = members
    .toSorted((a, b) => b.exchanges - a.exchanges || (a.account < b.account ? -1 : 1))
    .slice(0, HEAVIEST_SHOWN);
  return html`<table class="members">
    <caption>
      Heaviest use
    </caption>
    <thead>
      <tr>
        <th scope="col">Account</th>
        <th scope="col" class="number">Exchanges</th>
        <th scope="col" class="number">Of the group's</th>
      </tr>
    </thead>
    <tbody>
      ${shown.map(
        ({ account, role, exchanges: own }) =>
          html`<tr>
            <td><bdi>${account}</bdi> <small>${roleName(role)}</small></td>
            <td class="number">${grouped(own)}</td>
            <td class="number">${percent(own / Math.max(1, exchanges))}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
