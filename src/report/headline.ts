import type { Group, Member, Role, ScanResult } from "../core/assessment.ts";
import { roleName } from "./group-members.ts";
import { powerWords } from "./power-words.ts";
import { type Content, type Markup, html } from "./markup.ts";
import { isRunning } from "./still-running.ts";
import { bits, counted, day, grouped, minute, smallNumber, weakerAxisBits } from "./wording.ts";

/**
 * The answers a reader wants first: is something happening, how sure, how large, is it running, who might be hurt, what
 * next, what can't be seen; and under them one group in brief.
 */
export function headline(
  result: ScanResult,
  flagged: readonly Group[],
  brief: Markup | undefined,
): Markup {
  return html`<section aria-labelledby="in-short">
    <h2 id="in-short" class="verdictline">${first(result, flagged)}</h2>
    <p class="lede">${second(result, flagged)}</p>
    <div class="answers">
      ${flagged.length === 0 ? undefined : [answer("How sure is this?", sure(result, flagged)), answer("How large is it?", large(flagged)), answer("Is it still running?", running(result, flagged)), answer("Who might be hurt by acting on it?", hurt(flagged)), answer("What is a safe next step?", next(flagged))]}
      ${result.power === undefined ? undefined : answer("What would have been found?", html`<p>${powerWords(result)}</p>`)}
      ${answer("What can't be seen here?", unseen(result))}
    </div>
    ${brief}
  </section>`;
}

function first(result: ScanResult, flagged: readonly Group[]): string {
  if (result.exchanges === 0) return "There was nothing to judge";
  if (flagged.length === 0) return "Nothing is flagged in this traffic";
  return flagged.length === 1
    ? "Yes: one group of accounts is flagged as a campaign"
    : `Yes: ${grouped(flagged.length)} groups of accounts are flagged as campaigns`;
}

function second(result: ScanResult, flagged: readonly Group[]): string {
  const { from, to } = result.window;
  const span = from === null ? "" : ` between ${day(from)} and ${day(to)}`;
  const judged = `${counted(result.exchanges, "exchange")} of ${counted(result.accounts, "account")}${span} were judged.`;
  return flagged.length === 0
    ? `${judged} No group showed both hidden coordination and harvesting strongly enough to stand at this error rate. That is not proof that there is none.`
    : `${judged} A flag is a finding of the software. No person has confirmed it, and nothing has been done to any account.`;
}

function sure(result: ScanResult, flagged: readonly Group[]): Markup {
  const weakest = Math.min(...flagged.map(weakerAxisBits));
  const worst = Math.max(...flagged.map((group) => group.q_value));
  return html`<p>
      <strong>${flagged.length === 1 ? "" : "At least "}${bits(weakest)} bits</strong> on the weaker
      of the two axes${flagged.length === 1 ? "" : ", in every flagged group"}; q
      ${flagged.length === 1 ? "" : "at most "}${smallNumber(worst)}.
    </p>
    <p>
      Each bit doubles the evidence against the innocent reading: independent customers with an
      ordinary cause in common. At the level used (q ${smallNumber(result.q)}), on average at most
      ${smallNumber(result.q * 100)} in 100 flagged groups are flagged wrongly. Neither number is a
      probability that a group is what it looks like.
    </p>`;
}

function large(flagged: readonly Group[]): Markup {
  const accounts = new Set(flagged.flatMap((group) => group.accounts)).size;
  const exchanges = sum(flagged.map((group) => group.exchanges));
  const before = sum(flagged.map((group) => group.exchanges_before_alert));
  const operated = withRole(flagged, ["operated"]);
  const leastSent = sum(operated.map((member) => member.exchanges));
  const least = accountsOf(operated).size;
  const [from, to] = [
    flagged.map((group) => group.first_seen),
    flagged.map((group) => group.last_seen),
  ];
  const alert = flagged.flatMap((group) => group.detected_at ?? []).toSorted()[0] ?? null;
  const size =
    least === accounts
      ? `${counted(accounts, "account")}, ${counted(exchanges, "exchange")}`
      : `${grouped(least)} to ${counted(accounts, "account")}, ${grouped(leastSent)} to ${counted(exchanges, "exchange")}`;
  return html`<p>
      <strong>${size}</strong>, ${day(from.toSorted()[0] ?? null)} to
      ${day(to.toSorted().at(-1) ?? null)}.
    </p>
    <p>
      ${least === accounts ? "" : "The lower numbers count the operated accounts alone. "}First
      flagged at ${minute(alert)} UTC of the traffic's time. ${counted(before, "exchange")} had been
      answered before the ${flagged.length === 1 ? "flag" : "flags, all groups together"}.
    </p>`;
}

const AT_RISK: readonly Role[] = ["mixed", "compromised", "end_user", "uncertain"];

function hurt(flagged: readonly Group[]): Markup {
  const counts = AT_RISK.map((role) => ({
    role,
    count: accountsOf(withRole(flagged, [role])).size,
  })).filter(({ count }) => count > 0);
  if (counts.length === 0) {
    return html`<p><strong>No member stands out.</strong></p>
      <p>
        Every member seems to be run by the operator. Roles can be wrong: a person reviews before
        any step.
      </p>`;
  }
  const total = sum(counts.map(({ count }) => count));
  return html`<p>
      <strong>${counted(total, "account")}</strong> in flagged groups may carry somebody else's
      traffic: ${counts.map(({ role, count }) => `${grouped(count)} ${roleName(role)}`).join(", ")}.
    </p>
    <p>
      A step against whole accounts would reach them. They are listed apart in each group, to be
      looked at one by one.
    </p>`;
}

function running(result: ScanResult, flagged: readonly Group[]): Markup {
  const { to } = result.window;
  const count = flagged.filter((group) => isRunning(group, to)).length;
  const last = flagged.map((group) => group.last_seen).toSorted();
  const all = flagged.length === 1 ? "Yes" : "Yes, all of them";
  const some = `${grouped(count)} of ${grouped(flagged.length)}`;
  const said = count === 0 ? "No" : count === flagged.length ? all : some;
  return html`<p>
      <strong>${said}.</strong> ${count === 0 ? "Nothing was" : "Exchanges were"} sent in the last
      24 hours of this traffic; the last is of ${minute(last.at(-1) ?? null)} UTC.
    </p>
    <p>What happened after ${minute(to)} UTC isn't known here.</p>`;
}

/** Of so many drawn at random, none wrong bounds the share of wrong ones under a tenth, at 95 %: 1 − 0.05^(1/30) = 0.095. */
const DRAWN = 30;

function next(flagged: readonly Group[]): Markup {
  const operated = accountsOf(withRole(flagged, ["operated"])).size;
  const drawn = Math.min(DRAWN, operated);
  const apart = accountsOf(withRole(flagged, AT_RISK)).size;
  return html`<p>
      <strong>Look before acting.</strong> Keep the logs behind the examples, and let a named person
      read
      ${counted(drawn, "operated account")}${drawn < operated ? " drawn at random from each group" : ""}${apart === 0 ? "" : `, and one by one the ${counted(apart, "account")} listed apart`}.
    </p>
    <p>
      ${drawn < operated ? `Where none of ${DRAWN} is wrong, fewer than 1 in 10 of that group is, at 95 % confidence. ` : ""}If
      it can't wait, take the step that is easily undone: limit, don't suspend.
    </p>`;
}

function withRole(groups: readonly Group[], roles: readonly Role[]): readonly Member[] {
  return groups.flatMap((group) => group.members).filter(({ role }) => roles.includes(role));
}

function accountsOf(members: readonly Member[]): ReadonlySet<string> {
  return new Set(members.map(({ account }) => account));
}

function unseen({ blind }: ScanResult): Markup {
  if (blind.length === 0) {
    return html`<p><strong>Every signal could see.</strong></p>
      <p>
        Traffic through other doors, and operators who share nothing that is measured here, stay
        unseen.
      </p>`;
  }
  return html`<p>
      <strong
        >${counted(blind.length, "signal")} ${blind.length === 1 ? "was" : "were"} blind</strong
      >
      in this traffic:
    </p>
    <ul>
      ${blind.map(({ signal, needs }) => html`<li><b>${signal}</b> needs ${quotedFields(needs)}</li>`)}
    </ul>`;
}

/** Fields stand in backticks in a plain sentence; here they become code. */
function quotedFields(sentence: string): Content {
  return sentence.split("`").map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part));
}

function answer(question: string, content: Content): Markup {
  return html`<div class="answer">
    <h3>${question}</h3>
    ${content}
  </div>`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
