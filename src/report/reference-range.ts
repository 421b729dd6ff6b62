import type { Evidence } from "../core/assessment.ts";
import { type Markup, html } from "./markup.ts";
import { referenceWords } from "./wording.ts";

/** The measured value as a dot against the middle 90 % of a reference population, with the same in words. */
export function referenceRange(finding: Evidence): Markup {
  const { value, reference } = finding;
  const { median, low, high } = reference;
  const [least, most] = [Math.min(value, low), Math.max(value, high)];
  const place = (at: number) => (most === least ? 100 : 8 + ((at - least) / (most - least)) * 184);
  return html`<div class="range">
    <svg viewBox="0 0 200 12" aria-hidden="true" focusable="false">
      <line class="base" x1="2" x2="198" y1="6" y2="6" />
      <rect
        class="band"
        x="${fixed(place(low))}"
        y="2"
        width="${fixed(Math.max(2, place(high) - place(low)))}"
        height="8"
      />
      <line
        class="median"
        x1="${fixed(place(median))}"
        x2="${fixed(place(median))}"
        y1="1"
        y2="11"
      />
      <circle class="value" cx="${fixed(place(value))}" cy="6" r="4.5" />
    </svg>
    <small>${referenceWords(finding)}</small>
  </div>`;
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
