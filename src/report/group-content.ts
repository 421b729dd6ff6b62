import {
  CAPABILITIES,
  type Capability,
  type Group,
  type Share,
  type Technique,
} from "../core/assessment.ts";
import { type Markup, html } from "./markup.ts";
import { redactText } from "./redact-text.ts";
import { TECHNIQUE_NAMES, counted, percent } from "./wording.ts";

const EXAMPLES_SHOWN = 4;
const SNIPPET_CHARACTERS = 280;

const CAPABILITY_NAMES: Readonly<Record<Capability, string>> = {
  grading: "Grading and judging",
  reasoning: "Reasoning",
  agentic: "Agents at work",
  tools: "Tools",
  vision: "Images",
  code: "Code",
  analysis: "Data analysis",
  other: "Other",
};

/** What the group's exchanges ask for, the published techniques they resemble, and examples with their identifiers taken out. */
export function groupContent(group: Group, texts: ReadonlyMap<string, string>): Markup {
  return html`<div class="columns">
      <div>
        <h4>What is asked for</h4>
        <ul class="bars">
          ${CAPABILITIES.map((capability) => capabilityBar(capability, group.capabilities[capability]))}
        </ul>
      </div>
      <div>
        <h4>Techniques (MITRE ATLAS)</h4>
        ${
          group.techniques.length === 0
            ? html`<p>None matched.</p>`
            : html`<ul class="plain">
                ${group.techniques.map(technique)}
              </ul>`
        }
      </div>
    </div>
    ${examples(group, texts)}`;
}

function technique({ id, by }: Technique): Markup {
  const because = by.map((one) => TECHNIQUE_GROUNDS[one] ?? one).join(", ");
  return html`<li><code>${id}</code> ${TECHNIQUE_NAMES[id] ?? ""} <small>(${because})</small></li>`;
}

const TECHNIQUE_GROUNDS: Readonly<Record<string, string>> = {
  members: "the roles of its accounts",
  assessment: "one operator at the API",
};

function capabilityBar(capability: Capability, { share, low, high }: Share): Markup {
  const width = Math.round(Math.max(0, Math.min(1, share)) * 200);
  return html`<li>
    <span>${CAPABILITY_NAMES[capability]}</span
    ><svg viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="rail" width="200" height="10" />
      <rect class="neutral" width="${width}" height="10" /></svg
    ><span
      class="number"
      title="95 % interval, accounts as units: ${percent(low)} to ${percent(high)}"
      >${percent(share)}</span
    >
  </li>`;
}

function examples(group: Group, texts: ReadonlyMap<string, string>): Markup {
  const signals = new Map<string, string[]>();
  for (const finding of group.evidence) {
    for (const id of finding.examples)
      signals.set(id, [...(signals.get(id) ?? []), finding.signal]);
  }
  const all = [...signals];
  if (all.length === 0) return html``;
  // Those whose text was kept come first: they can be read.
  const shown = all
    .toSorted(([a], [b]) => Number(texts.has(b)) - Number(texts.has(a)))
    .slice(0, EXAMPLES_SHOWN);
  const hidden = all.length - shown.length;
  return html`<h4>Example exchanges</h4>
    <p class="note">${shown.some(([id]) => texts.has(id)) ? REDACTED : NO_TEXT}</p>
    <ul class="examples">
      ${shown.map(([id, of]) => example(id, of, texts.get(id)))}
    </ul>
    ${hidden > 0 ? html`<p class="note">${counted(hidden, "more example id")} in the JSON.</p>` : undefined}`;
}

const REDACTED =
  "Mail addresses, links, network addresses, long numbers, keys and handles are replaced by marks such as [mail]. Names in running text can't be recognized by rule: treat these lines as confidential.";
const NO_TEXT =
  "No text of these was kept: that needs an account whose contract says keep, and a scan within the time that text is kept.";

function example(id: string, signals: readonly string[], text: string | undefined): Markup {
  return html`<li>
    <p>
      <code><bdi>${id}</bdi></code> shows ${signals.join(", ")}
    </p>
    ${text === undefined ? undefined : html`<blockquote dir="auto">${redactText(text, SNIPPET_CHARACTERS)}</blockquote>`}
  </li>`;
}
