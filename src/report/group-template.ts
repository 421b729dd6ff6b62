import type { Group } from "../core/assessment.ts";
import { type Markup, html } from "./markup.ts";
import { redactText } from "./redact-text.ts";
import { beginningOf, endsOf } from "./side-by-side.ts";
import { type Skeleton, skeletonsOf } from "./skeletons-of.ts";
import { counted, grouped } from "./wording.ts";

const READ_CHARACTERS = 1600;
/** Words shown of each end of a common run. */
const RUN_SHOWN = 24;
/** Texts that are laid beside each other. */
const MOST_TEXTS = 10;
const EXAMPLES_SHOWN = 3;
/** Wordings that are shown of a group with several. */
const MOST_SHOWN = 3;

/** The wording that the group's kept examples have in common, its variable part marked, and what stands there in some of them; nothing where no text was kept. */
export function groupTemplate({ evidence }: Group, texts: ReadonlyMap<string, string>): Markup {
  const ids = [...new Set(evidence.filter(isAboutText).flatMap(({ examples }) => examples))]
    .filter((id) => texts.has(id))
    .slice(0, MOST_TEXTS);
  if (ids.length < 2) return html``;
  const redacted = ids.map((id) => redactText(texts.get(id) ?? "", READ_CHARACTERS));
  const skeletons = skeletonsOf(redacted).slice(0, MOST_SHOWN);
  return html`<h4>The wording in common</h4>
    ${
      skeletons.length === 0
        ? html`<p class="note">
            The ${counted(ids.length, "example")} whose text was kept have no wording in common.
          </p>`
        : skeletons.map((skeleton) => drawn(skeleton, ids))
    }`;
}

function isAboutText({ channel, bits, found_group }: Group["evidence"][number]): boolean {
  return channel === "content" && (bits > 0 || found_group);
}

function drawn({ filledBy, fixed, fills }: Skeleton, ids: readonly string[]): Markup {
  const slots = fills[0]!.flatMap((_, slot) =>
    fills.some((own) => own[slot]!.length > 0) ? [slot] : [],
  );
  const number = new Map(slots.map((slot, at) => [slot, at + 1]));
  const mark = (slot: number) =>
    number.has(slot) ? html`<mark class="slot">${number.get(slot)}</mark> ` : undefined;
  return html`<p class="note">
      ${grouped(filledBy.length)} of ${counted(ids.length, "example")} say this word for
      word${slots.length === 0 ? "" : "; what varies is marked, and stands below"}.
    </p>
    <blockquote dir="auto" class="skeleton">
      ${fixed.map((run, at) => html`${mark(at)}${endsOf(run, RUN_SHOWN)} `)}${mark(fixed.length)}
    </blockquote>
    ${
      slots.length === 0
        ? undefined
        : html`<ul class="fills">
            ${fills.slice(0, EXAMPLES_SHOWN).map((own, at) => filled(own, slots, ids[filledBy[at]!]!))}
          </ul>`
    }`;
}

function filled(own: readonly (readonly string[])[], slots: readonly number[], id: string): Markup {
  return html`<li>
    <code><bdi>${id}</bdi></code>
    <p dir="auto">
      ${slots.map((slot, at) => html`<mark class="slot">${at + 1}</mark> ${own[slot]!.length === 0 ? "(nothing)" : beginningOf(own[slot]!)} `)}
    </p>
  </li>`;
}
