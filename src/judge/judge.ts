import { KEY_KINDS, SKELETON_KINDS } from "../core/key-kind.ts";
import type { EchoPair, Slice } from "../signals/slice.ts";
import { looksReached } from "../stats/looks.ts";
import { Conversations, GOES_ON, type LatePart } from "./conversations.ts";
import { GivenGroups, type GivenTrial } from "./given-groups.ts";
import { Grouping } from "./grouping.ts";
import type { JudgeOptions } from "./judge-options.ts";
import { Hypotheses } from "./hypotheses.ts";
import { LEAST_PARTIES, LEAST_PAYERS, partiesMeeting, withNeighboursOf } from "./hypothesis-of.ts";
import {
  type Lineage,
  type Member,
  MOST_ITEMS,
  newMember,
  offer,
  payersOf,
  sampledFrom,
  wants,
} from "./lineage.ts";
import { membersOf } from "./members-of.ts";
import { TextPool } from "./packed-text.ts";
import { PieceQueue, type TimedPiece } from "./piece-queue.ts";
import { Population } from "./population.ts";
import { keyed } from "./roster.ts";
import { RuleBook } from "./rule-book.ts";
import { sliceOf } from "./slice-of.ts";
import type { TrafficRow } from "./traffic-row.ts";
import { weighSlice } from "./weigh-slice.ts";

/** A hypothesis must make up this share of its members' traffic: less is a common phrase. */
const LEAST_TRAFFIC_SHARE = 0.2;
/** Where it is less than this, a group's accounts are not followed in what else they send. */
const LEAST_FOLLOWED_SHARE = 0.05;
const HOUR = 3600;
/** Beyond this many accounts only a sixteenth, by keyed hash, have their hours kept. */
const HOURS_KEPT_OF_ALL = 4096;

/**
 * Reads requests in order of time and weighs groups at the end of every tick. A rule learned up to the end of a tick
 * gathers the exchanges after it, so that nothing is tested on what found it. Memory grows with accounts, keys and
 * sampled exchanges, and by what `Conversations` keeps of an exchange.
 */
export class Judge {
  readonly #options: JudgeOptions;
  readonly #grouping: Grouping;
  readonly #conversations = new Conversations();
  readonly #book = new RuleBook();
  /** By account: places of the keys it holds whatever it asks. */
  readonly #accountKeys: number[][] = [];
  /** By account: exchanges so far. */
  readonly #totals: number[] = [];
  #late: LatePart[] = [];
  #tick = -1;
  #closed = true;
  readonly #pieces = new PieceQueue();
  /** Contents of the tick that are kept. */
  readonly #texts = new TextPool();
  readonly #hypotheses: Hypotheses;
  readonly #matched = new Map<Lineage, number>();
  readonly #population: Population;
  readonly #given: GivenGroups;

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.#population = new Population(options.unusualDays);
    this.#given = new GivenGroups(options.given ?? []);
    this.#grouping = new Grouping(options);
    this.#hypotheses = new Hypotheses(options.q, options.parameters);
  }

  /** Every group found so far and not forgotten. */
  get lineages(): readonly Lineage[] {
    return this.#book.lineages;
  }

  /** The given groups, as they were weighed. */
  get given(): readonly GivenTrial[] {
    return this.#given.trials;
  }

  /** Keys by their number in rules. */
  get keyHashes(): readonly bigint[] {
    return this.#grouping.keys.hashes;
  }

  /** Parties seen so far. */
  get parties(): number {
    return this.#options.roster.partyCount;
  }

  /** Takes the next request; closes the ticks before it. */
  see(row: TrafficRow): void {
    const tick = Math.floor(row.time / this.#options.tickSeconds);
    if (this.#tick >= 0 && tick !== this.#tick) {
      this.close();
      if (tick > this.#tick + 1) {
        // Of ticks without traffic the last stands for all: groups are due once a day, and accounts' lines begin to hold.
        this.#tick = tick - 1;
        this.closeTick();
      }
    }
    this.#tick = tick;
    this.#closed = false;
    this.#advance(row.time);
    const { roster } = this.#options;
    const before = roster.hashes.length;
    const account = roster.enroll(
      row.accountLow,
      row.accountHigh,
      row.organizationLow,
      row.organizationHigh,
    );
    if (roster.hashes.length > before) this.#welcome(account);
    this.#totals[account] = (this.#totals[account] ?? 0) + 1;
    const hour = Math.floor(row.time / HOUR);
    const chain = this.#conversations.follow(row);
    this.#population.count(row, account, chain !== GOES_ON, roster);
    this.#route(row, account, hour, chain);
  }

  /** Takes a key of exchanges for shared from now on; `party` was the only one seen with it before, −1: nobody was. */
  share(key: bigint, party: number): void {
    this.#grouping.keys.share(key, party);
  }

  /** Takes pieces of answers that come back elsewhere, in order of time. */
  hearPieces(pieces: readonly TimedPiece[]): void {
    this.#pieces.tell(pieces);
  }

  /** Takes what came of answers in later ticks than their requests, in order of time. */
  hearLate(parts: readonly LatePart[]): void {
    this.#late.push(...parts);
  }

  /** Ends the current tick, where it has not ended. The traffic may go on with a later one. */
  close(): void {
    if (!this.#closed) this.closeTick();
  }

  /** Ends the current tick: learns its keys, groups, and weighs what has reached a look. */
  closeTick(): void {
    const { roster, seed, tickSeconds, onLook } = this.#options;
    const end = (this.#tick + 1) * tickSeconds;
    this.#closed = true;
    this.#advance(end - 1);
    this.#learn(end);
    const { graph } = this.#grouping;
    if (this.#grouping.isDue(end)) {
      this.#book.renew(this.#grouping.group(end, this.parties), graph, roster.foldOf, end);
    }
    for (const lineage of this.lineages) {
      if (looksReached(lineage.exchanges) <= lineage.looks) continue;
      if (lineage.accounts.size < LEAST_PARTIES || payersOf(lineage) < LEAST_PAYERS) continue;
      if (lineage.rank === 0 && !this.#isConcentrated(lineage)) continue;
      const slice = sliceOf(lineage, roster, this.#population, seed);
      this.#hypotheses.look(lineage, slice);
      if (this.concentration(lineage) >= LEAST_FOLLOWED_SHARE) this.#book.follow(lineage);
      onLook?.(lineage, end, slice);
    }
    this.#hypotheses.flag(end);
    for (const lineage of this.lineages) {
      if (lineage.flaggedAt === 0 || lineage.whole) continue;
      for (const account of membersOf(lineage)) this.#grouping.settle(roster.partyOf[account]!);
    }
    const restore = this.#population.established.mark();
    this.#given.weigh({ ...this.#options, end, judge: this, grouping: this.#grouping });
    restore();
    this.#texts.clear();
    this.#conversations.forgetDisplaced(this.#allLineages());
  }

  #allLineages(): readonly Lineage[] {
    return [...this.lineages, ...this.#given.lineages];
  }

  /** True where the slice is a real part of its members' traffic. */
  #isConcentrated(lineage: Lineage): boolean {
    return this.concentration(lineage) >= LEAST_TRAFFIC_SHARE;
  }

  /** The slice's share of its members' traffic since each joined, 0 to 1. */
  concentration(lineage: Lineage): number {
    let total = 0;
    for (const account of lineage.accounts.values()) total += this.sentSince(account);
    return total === 0 ? 0 : lineage.exchanges / total;
  }

  /** All exchanges of an account since its first in the slice. */
  sentSince(account: Pick<Member, "account" | "before">): number {
    return this.#totals[account.account]! - account.before;
  }

  /** Takes what is said of accounts from now on. What an account's former party was seen with stays with that party. */
  #advance(time: number): void {
    const { roster } = this.#options;
    for (const account of roster.advance(time)) {
      this.#welcome(account);
      const payer = roster.payerOf[account]!;
      const fold = roster.foldOf[roster.partyOf[account]!]!;
      for (const { accounts } of this.#allLineages()) {
        const known = accounts.get(account);
        if (known !== undefined) accounts.set(account, { ...known, payer, fold });
      }
    }
  }

  /** An account that is new, or of which something new is said: its identity keys are known from here on. */
  #welcome(account: number): void {
    const { roster } = this.#options;
    const { keys } = this.#grouping;
    const party = roster.partyOf[account]!;
    const own = (this.#accountKeys[account] ??= []);
    const facts = roster.facts(account);
    this.#population.welcome(account, roster.payerOf[account]!, facts);
    this.#given.welcome(account, facts?.account);
    for (const { key } of facts?.identity ?? []) {
      const place = keys.share(key);
      if (!own.includes(place)) own.push(place);
      keys.note(place, party);
    }
  }

  /** Notes the row's keys for the graph and adds it to the slices of the lineages it belongs to. */
  #route(row: TrafficRow, account: number, hour: number, chain: number): void {
    const { roster } = this.#options;
    const { keys } = this.#grouping;
    const party = roster.partyOf[account]!;
    const followers = this.#book.followersOf(account);
    const matched = this.#matched;
    if (matched.size > 0) matched.clear();
    let skeleton = false;
    for (let i = 0; i < row.keyCount; i++) {
      const low = row.keys[2 * i]!;
      const place = keys.find(low, row.keys[2 * i + 1]!);
      if (place < 0) continue;
      keys.note(place, party);
      const own = this.#book.of(keys.numberOf(place));
      if (own.length === 0) continue;
      if (SKELETON_KINDS.has(low & 15)) skeleton = true;
      for (const lineage of own) matched.set(lineage, (matched.get(lineage) ?? 0) + 1);
    }
    for (const place of this.#accountKeys[account] ?? []) {
      for (const lineage of this.#book.of(keys.numberOf(place))) {
        matched.set(lineage, (matched.get(lineage) ?? 0) + 1);
      }
    }
    for (const [lineage, count] of matched) {
      if (count < lineage.required && !(lineage.whole && lineage.parties.has(party))) continue;
      this.#admit(lineage, row, { account, party, hour, chain, skeleton });
    }
    for (const lineage of followers) {
      this.#admit(lineage, row, { account, party, hour, chain, skeleton });
    }
    for (const { lineage, worded } of this.#given.slicesOf(account, party, row)) {
      this.#admit(lineage, row, { account, party, hour, chain, skeleton: worded });
    }
  }

  #admit(
    lineage: Lineage,
    row: TrafficRow,
    at: { account: number; party: number; hour: number; chain: number; skeleton: boolean },
  ): void {
    const { roster, seed } = this.#options;
    let known = lineage.accounts.get(at.account);
    if (known === undefined) {
      known = newMember(
        at.account,
        roster.payerOf[at.account]!,
        roster.foldOf[at.party]!,
        this.#totals[at.account]! - 1,
      );
      lineage.accounts.set(at.account, known);
      this.#book.join(lineage, at.account);
    }
    known.exchanges += 1;
    known.presenting += row.presents;
    lineage.exchanges += 1;
    if (lineage.accounts.size <= HOURS_KEPT_OF_ALL || (keyed(at.account, 0, seed) & 15) === 0) {
      known.hours.set(at.hour, (known.hours.get(at.hour) ?? 0) + 1);
    }
    if (at.chain === GOES_ON || row.tokenCount === 0) return;
    const priority = keyed(row.idLow, row.idHigh, seed);
    const keepsItem = lineage.items.length < MOST_ITEMS;
    const samples = wants(known, priority);
    if (!keepsItem && !samples) return;
    const text = this.#texts.pack(row.tokens, row.tokenCount);
    if (keepsItem) lineage.items.push(at.account, text);
    if (!samples) return;
    const exchange = sampledFrom(row, {
      priority,
      text,
      conversation: at.chain,
      skeleton: at.skeleton,
      folds: this.#foldsOf(lineage, row, at.account),
    });
    if (offer(known, exchange)) this.#conversations.watch(exchange);
  }

  /** Bit i where a key of the exchange (or of its account) is supported by fold i alone. */
  #foldsOf(lineage: Lineage, row: TrafficRow, account: number): number {
    if (lineage.chosenBefore) return 15;
    const { keys } = this.#grouping;
    const places = [...(this.#accountKeys[account] ?? [])];
    for (let i = 0; i < row.keyCount; i++) {
      places.push(keys.find(row.keys[2 * i]!, row.keys[2 * i + 1]!));
    }
    return places.reduce(
      (folds, place) => folds | (lineage.keyFolds.get(place < 0 ? -1 : keys.numberOf(place)) ?? 0),
      0,
    );
  }

  /** Adds what the tick showed to the graph. */
  #learn(end: number): void {
    this.#grouping.learn();
    this.#hearPieces(end);
    const late = this.#late.findIndex(({ time }) => time >= end);
    for (const part of this.#late.splice(0, late < 0 ? Infinity : late)) {
      this.#conversations.complete(part);
    }
  }

  /** A new echo ties its two accounts. */
  #hearPieces(end: number): void {
    const { roster } = this.#options;
    const { echoes: book, firsts } = this.#population;
    for (const { key, ...pair } of this.#pieces.hear(end, { ...this.#options, book, firsts })) {
      const place = this.#grouping.keys.share(key);
      for (const tied of [pair.account, pair.issuer]) {
        this.#grouping.tie(place, KEY_KINDS.echo, roster.partyOf[tied]!);
        this.#accountKeys[tied]?.push(place);
      }
    }
  }

  /** Lets `report` measure what it likes, and takes back what that leaves: looks to come must not depend on who asked when. */
  async undisturbed<T>(report: () => Promise<T>): Promise<T> {
    const findings = this.lineages.map((lineage) => ({ lineage, was: lineage.findings }));
    const restore = this.#population.established.mark();
    try {
      return await report();
    } finally {
      for (const { lineage, was } of findings) lineage.findings = was;
      restore();
    }
  }

  /** Measures a lineage once more, at the end of the traffic: for description, its evidence stays. */
  describe(lineage: Lineage): void {
    const slice = sliceOf(lineage, this.#options.roster, this.#population, this.#options.seed);
    const { harvestBits, follows } = lineage;
    const { parameters } = this.#options;
    lineage.findings = weighSlice(slice, harvestBits ?? 0, parameters, follows?.findings).findings;
  }

  /** What the signals see of a lineage by now. */
  slice(lineage: Lineage): Slice {
    return sliceOf(lineage, this.#options.roster, this.#population, this.#options.seed);
  }

  /** Who of these accounts presented answers that were issued to another of them alone. */
  echoesAmong(accounts: ReadonlySet<number>): readonly EchoPair[] {
    return this.#population.echoes.between(accounts);
  }

  /** The accounts that met a lineage's rule at any time, also before it was known. O(accounts + the keys' parties). */
  meeting({ keys, required }: Lineage): readonly number[] {
    return this.#accountsOf(partiesMeeting(this.#grouping.graph, keys, required));
  }

  /** Some accounts, and all that are on a network which hardly anybody but them is on. O(accounts + the networks' parties). */
  withNeighbours(accounts: Iterable<number>): ReadonlySet<number> {
    const { partyOf } = this.#options.roster;
    const parties = new Set([...accounts].map((account) => partyOf[account]!));
    return new Set(this.#accountsOf(withNeighboursOf(this.#grouping.graph, parties)));
  }

  #accountsOf(parties: Iterable<number>): readonly number[] {
    const wanted = new Set(parties);
    return this.#options.roster.partyOf.flatMap((party, account) =>
      wanted.has(party) ? [account] : [],
    );
  }

  /** Evidence of the slice as it is now without some accounts, in bits: the smaller of the two axes. */
  strengthWithout(lineage: Lineage, left: ReadonlySet<number>): number {
    const accounts = new Map([...lineage.accounts].filter(([account]) => !left.has(account)));
    if (accounts.size < LEAST_PARTIES) return 0;
    const items = lineage.items.without(left);
    const { roster, seed, parameters } = this.#options;
    const slice = sliceOf({ ...lineage, accounts, items }, roster, this.#population, seed);
    const { coordination, harvest } = weighSlice(slice, 0, parameters, lineage.follows?.findings);
    return Math.min(coordination, harvest);
  }
}
