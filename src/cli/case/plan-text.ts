import type { ReviewPlan, SingleAccount } from "../../ledger/review/review-plan.ts";
import type { ReviewPolicy } from "../../ledger/review/review-policy.ts";
import { printable } from "../../report/printable.ts";
import { counted, grouped, percent } from "../../report/wording.ts";

const SHOWN = 20;

/** `stillwatch case plan`: the sample, the single accounts, and what is left to do. */
export function planText(number: number, plan: ReviewPlan, policy: ReviewPolicy["review"]): string {
  const blocks = [sampleText(plan, policy), singleText(plan.single), nextText(number, plan)];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function sampleText(
  { parts, found, bound }: ReviewPlan,
  { wrong_share, confidence }: ReviewPolicy["review"],
): string {
  const all = parts.reduce((sum, { accounts }) => sum + accounts, 0);
  if (all === 0) return "No sample: every account is looked at by itself.";
  const [toOpen, opened] = [
    parts.reduce((sum, part) => sum + part.toOpen, 0),
    parts.reduce((sum, part) => sum + part.opened, 0),
  ];
  const lines = parts.map(
    (part) =>
      `  ${part.name}: ${grouped(part.opened)} of ${grouped(part.toOpen)} reviewed, of ${counted(part.accounts, "account")}`,
  );
  const against = found === 0 ? "" : ` ${grouped(found)} of them legitimate or unclear.`;
  const says =
    bound === undefined
      ? `Once it is complete, at most ${percent(wrong_share)} of the others are legitimate (${percent(confidence)} confidence).`
      : bound.unopened === 0
        ? "Nobody is left who wasn't opened."
        : `At most ${percent(bound.share)} of the ${counted(bound.unopened, "account")} that nobody opened are legitimate (${percent(confidence)} confidence).`;
  return `Sample: ${grouped(opened)} of ${counted(toOpen, "account")} reviewed; it stands for ${grouped(all)}.${against}
${lines.join("\n")}
${says}`;
}

function singleText(single: readonly SingleAccount[]): string {
  if (single.length === 0) return "";
  const looked = single.filter(({ finding }) => finding !== undefined).length;
  const open = single.filter(({ finding }) => finding === undefined);
  const lines = open
    .slice(0, SHOWN)
    .map(
      ({ account, reasons }) =>
        `  ${printable(account)}: ${reasons.join(", ").replaceAll("_", " ")}`,
    );
  const more = open.length > SHOWN ? [`  and ${grouped(open.length - SHOWN)} more`] : [];
  return [
    `One by one: ${grouped(looked)} of ${counted(single.length, "account")} looked at. A step on the group leaves out who wasn't found positive.`,
    ...lines,
    ...more,
  ].join("\n");
}

function nextText(number: number, { pending, accounts }: ReviewPlan): string {
  if (pending.length === 0)
    return `Unlocked: a step on the group is about ${counted(accounts.length, "account")}.`;
  const some = pending.slice(0, 5).map(printable).join(", ");
  const more = pending.length > 5 ? ` and ${grouped(pending.length - 5)} more` : "";
  return `Next: ${some}${more} (stillwatch case open-account c${number} --next 5).`;
}
