import type { Axis, Evidence, Group } from "../core/assessment.ts";
import { type Markup, html } from "./markup.ts";
import { referenceRange } from "./reference-range.ts";
import { bits, evidenceOn } from "./wording.ts";

interface Step {
  readonly from: number;
  readonly to: number;
}

interface Scale {
  readonly least: number;
  readonly most: number;
}

const WIDTH = 300;
const AXIS_TITLE: Readonly<Record<Axis, string>> = {
  coordination: "Coordination: is there one hidden operator?",
  harvest: "Harvest: does the traffic look like the making of training data?",
};

/**
 * Both axes of a group's evidence as tables whose last column is a waterfall: every signal's bits begin where the one
 * before ended, a correction brings their sum to the merged evidence, the last bar is the merged evidence.
 */
export function evidenceWaterfall(group: Group): Markup {
  const axes = (["coordination", "harvest"] as const).map((axis) => {
    const findings = evidenceOn(group, axis);
    const total = axis === "coordination" ? group.coordination_bits : group.harvest_bits;
    return { axis, findings, total, steps: waterfall(findings, total) };
  });
  return html`${axes.map(({ axis, findings, total, steps }) =>
    findings.length === 0
      ? html`<p class="note">On ${axis} no signal had anything to say.</p>`
      : axisTable(axis, findings, total, steps, scaleOf(total, steps)),
  )}`;
}

function scaleOf(total: number, steps: readonly Step[]): Scale {
  const ends = [total, ...steps.map(({ to }) => to)];
  return { least: Math.min(0, ...ends), most: Math.max(1, ...ends) };
}

/** Where each finding's bar starts and ends, and last the correction to the merged evidence. */
function waterfall(findings: readonly Evidence[], total: number): readonly Step[] {
  const steps: Step[] = [];
  let level = 0;
  for (const finding of findings) {
    steps.push({ from: level, to: level + finding.bits });
    level += finding.bits;
  }
  return [...steps, { from: level, to: total }];
}

function axisTable(
  axis: Axis,
  findings: readonly Evidence[],
  total: number,
  steps: readonly Step[],
  scale: Scale,
): Markup {
  const correction = steps.at(-1) ?? { from: 0, to: total };
  const rows = findings.map((finding, at) =>
    findingRow(finding, axis, steps[at] ?? correction, scale),
  );
  return html`<table class="evidence ${axis}">
    <caption>
      ${AXIS_TITLE[axis]}
    </caption>
    <thead>
      <tr>
        <th scope="col">Signal</th>
        <th scope="col">What was measured</th>
        <th scope="col">Bits</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
      <tr class="correction">
        <th scope="row">Correction</th>
        <td>
          <p>
            Signals are merged by averages and every look at a group costs a little, so the merged
            evidence is not their sum.
          </p>
        </td>
        <td class="bits">
          <b>${bits(correction.to - correction.from)}</b>${bar(correction, "minus", scale)}
        </td>
      </tr>
    </tbody>
    <tfoot>
      <tr>
        <th scope="row">Merged</th>
        <td><p>Evidence on this axis.</p></td>
        <td class="bits"><b>${bits(total)}</b>${bar({ from: 0, to: total }, axis, scale)}</td>
      </tr>
    </tfoot>
  </table>`;
}

function findingRow(finding: Evidence, axis: Axis, step: Step, scale: Scale): Markup {
  const note = finding.found_group
    ? html`<p class="note">This trait gathered the group, so it can't testify about it.</p>`
    : finding.describes
      ? html`<p class="note">Told, not weighed.</p>`
      : undefined;
  return html` <tr>
    <th scope="row">${finding.signal}<small>${finding.channel}</small></th>
    <td>
      <p>${finding.sentence}</p>
      ${note}${referenceRange(finding)}
    </td>
    <td class="bits">
      <b>${finding.found_group || finding.describes ? "–" : bits(finding.bits)}</b
      >${bar(step, finding.bits < 0 ? "minus" : axis, scale)}
    </td>
  </tr>`;
}

function bar({ from, to }: Step, kind: string, scale: Scale): Markup {
  const place = (level: number) => ((level - scale.least) / (scale.most - scale.least)) * WIDTH;
  const [left, right] = [place(Math.min(from, to)), place(Math.max(from, to))];
  return html`<svg
    viewBox="0 0 ${WIDTH} 14"
    preserveAspectRatio="none"
    aria-hidden="true"
    focusable="false"
  >
    <line class="zero" x1="${fixed(place(0))}" x2="${fixed(place(0))}" y1="0" y2="14" />
    <rect
      class="${kind}"
      x="${fixed(left)}"
      y="2"
      width="${fixed(Math.max(1.5, right - left))}"
      height="10"
    />
  </svg>`;
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
