import type { ScanOutcome } from "../judge/scan.ts";
import { type Markup, html } from "./markup.ts";
import { counted, grouped, smallNumber, stretch } from "./wording.ts";

/** How the groups were found and judged and how often that errs, in plain words, and what was read. */
export function method({ result, intake }: Pick<ScanOutcome, "result" | "intake">): Markup {
  const q = smallNumber(result.q);
  return html`<div class="columns prose">
    <div>
      <h3>How a group is found</h3>
      <p>
        Accounts are gathered where they share something rare: a template, an answer issued to one
        and presented by another, a card's fingerprint. What many share weighs nothing. What
        gathered a group is then covered up and can't speak about it.
      </p>
      <h3>How it is judged</h3>
      <p>
        The question put to every group: given the common cause that gathered them, are these
        accounts still independent parties? Rules are learned on one part of the accounts and tested
        on the others. A campaign needs evidence on both axes, hidden coordination and harvesting;
        the weaker one counts.
      </p>
      <p>
        Time is the traffic's own: every ${stretch(result.tick_seconds)} the groups are judged on
        what had been seen by then, so the time of a flag is one that a provider could have had.
      </p>
    </div>
    <div>
      <h3>How often this errs</h3>
      <p>
        Evidence is counted in bits, the logarithm of an e-value: if the accounts were independent,
        evidence of b bits or more would come up at most once in 2<sup>b</sup> such groups, however
        often one looks. Groups are flagged so that the expected share of wrong flags among all
        flagged groups stays at or under ${q}.
      </p>
      <p>
        That rate is about groups, not about accounts: a group that is rightly flagged can hold
        accounts that do not belong to it. It rests on reference traffic that resembles this
        provider's; where a reference is a shipped constant, it says so.
      </p>
      <h3>What was read</h3>
      <p>
        ${counted(intake.lines, "line")}: ${grouped(intake.accepted)} accepted,
        ${counted(intake.repeats, "repeat")}, ${grouped(intake.rejected)} rejected.
      </p>
      ${rejections(intake)}
    </div>
  </div>`;
}

function rejections({ rejections: all, rejected }: ScanOutcome["intake"]): Markup {
  if (all.length === 0) return html``;
  const shown = all.slice(0, 20);
  return html`<details class="small">
    <summary>Rejected lines</summary>
    <ul class="plain">
      ${shown.map(({ file, line, reason }) => html`<li><code>${file}:${line}</code> ${reason}</li>`)}
    </ul>
    ${rejected > shown.length ? html`<p class="note">and ${grouped(rejected - shown.length)} more.</p>` : undefined}
  </details>`;
}
