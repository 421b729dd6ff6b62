import type { GroupDetail } from "../core/assessment.ts";
import { type Markup, html } from "./markup.ts";
import { stepArea } from "./step-area.ts";
import { binPhrase, binned, timeBins } from "./time-bins.ts";
import { day } from "./wording.ts";

const HOUR_MS = 3_600_000;
const BINS = 90;
const SIZE = { width: 360, height: 36 };

/** Which two accounts are shown: the busiest, or the first and the last to begin. */
export type StripChoice = "busiest" | "first and last";

/** Two of a group's accounts side by side over the same days; nothing where fewer are known. */
export function accountStrips(detail: GroupDetail, choice: StripChoice): Markup {
  const rows = detail.matrix.counts.flatMap((counts, at) => {
    const first = counts.findIndex((count) => count > 0);
    const active = counts.filter((count) => count > 0).length;
    return first < 0 ? [] : [{ name: detail.matrix.accounts[at] ?? "", counts, first, active }];
  });
  const sorted =
    choice === "busiest"
      ? rows.toSorted((a, b) => b.active - a.active)
      : rows.toSorted((a, b) => a.first - b.first);
  const [one, other] = [sorted[0], choice === "busiest" ? sorted[1] : sorted.at(-1)];
  if (one === undefined || other === undefined || one === other) return html``;
  const bins = timeBins(detail.everyone.length, BINS);
  const began = ({ first }: typeof one) =>
    day(new Date(Date.parse(detail.from) + first * HOUR_MS).toISOString());
  return html`<div class="pair">
      ${[one, other].map(
        (row) =>
          html`<figure>
            <figcaption>
              <code><bdi>${row.name}</bdi></code> from ${began(row)}
            </figcaption>
            ${stepArea(binned(row.counts, bins), SIZE, "strip")}
          </figure>`,
      )}
    </div>
    <p class="note">
      ${choice === "busiest" ? "The two busiest accounts" : "The first account to begin and the last"},
      over the same days; each column is ${binPhrase(bins)}.
    </p>`;
}
