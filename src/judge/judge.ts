import { INTENT, SKELETON_KINDS } from "../core/key-kind.ts";
import type { Candidate } from "../graph/candidate.ts";
import { KeyGraph } from "../graph/key-graph.ts";
import { accountShares } from "../signals/account-shares.ts";
import { captured } from "../signals/captured.ts";
import { itemRepeats } from "../signals/item-repeats.ts";
import type { EchoPair, SampledExchange, SliceAccount } from "../signals/slice.ts";
import { addLook, looksReached } from "../stats/looks.ts";
import { onlineEbh } from "../stats/online-ebh.ts";
import { upperConfidence } from "../stats/upper-confidence.ts";
import { HashIndex } from "./hash-index.ts";
import { type Lineage, MOST_ITEMS, newLineage, offer, wants } from "./lineage.ts";
import { keyed, type Roster } from "./roster.ts";
import { type Population, sliceOf } from "./slice-of.ts";
import type { TrafficRow } from "./traffic-row.ts";
import { weighSlice } from "./weigh-slice.ts";

/** How the judge works. */
export interface JudgeOptions {
  readonly tickSeconds: number;
  /** False-discovery rate over lineages. */
  readonly q: number;
  readonly seed: number;
  readonly roster: Roster;
  /** Numbers of the keys that at least two accounts use. */
  readonly keys: HashIndex;
  /** Echoes in order of time. */
  readonly echoes: readonly TimedEcho[];
}

/** An answer issued to one account and presented by another, at its first time (seconds). */
export interface TimedEcho extends EchoPair {
  readonly time: number;
  /** Number of the echo's key, held by both. */
  readonly key: number;
  readonly presenterHash: bigint;
  readonly issuerHash: bigint;
}

/** Fewest parties of a hypothesis: fewer can't be told from colleagues. */
const LEAST_PARTIES = 6;
const MOST_CANDIDATES = 2000;
/** Groups are recomputed when this share of edges is new, at least this many, or a UTC day has passed. */
const REGROUP_SHARE = 0.02;
const REGROUP_LEAST = 24;
/** Rules this alike (Jaccard of keys) are one lineage. */
const SAME_RULE = 0.4;
/** A hypothesis must make up this share of its members' traffic: less is a common phrase. */
const LEAST_TRAFFIC_SHARE = 0.2;
/** Kinds that may gather a group alone: pieces of prompts, system prompts, tool sets, private means. */
const GATHERING = new Set([1, 2, 3, 4, 6, 11, 12, 13]);
/** Kinds a rule of several contents is made of. */
const CONTENT_RULE = new Set([1, 2, 3, 4, 5, 6]);
/** Kinds a rule of several small ties is made of: same items, private means, echoes. */
const PRIVATE_RULE = new Set([8, 11, 12, 13, 15]);
/** Keys of a rule that far fewer members hold than its commonest key are pieces of items, not of the skeleton. */
const RULE_SHARE = 0.25;
const HOUR = 3600;
const DAY = 86_400;
/** Beyond this many accounts only a sixteenth, by keyed hash, have their hours kept. */
const HOURS_KEPT_OF_ALL = 4096;

/**
 * Reads requests in order of time and weighs groups at the end of every tick. A rule learned up to the end of a tick
 * gathers the exchanges after it, so that nothing is tested on what found it. Memory grows with accounts, keys and
 * sampled exchanges, and by 12 bytes an exchange for conversations.
 */
export class Judge {
  lineages: Lineage[] = [];
  #born = 0;
  readonly #options: JudgeOptions;
  readonly #graph: KeyGraph;
  readonly #chains = new HashIndex(1 << 16);
  #roots = new Int32Array(1 << 16);
  readonly #sampled = new Map<number, SampledExchange[]>();
  readonly #keyKinds: Uint8Array;
  readonly #lineagesOfKey = new Map<number, Lineage[]>();
  /** By account: keys it holds whatever it asks. */
  readonly #accountKeys: number[][] = [];
  /** By account: exchanges so far. */
  readonly #totals: number[] = [];
  #pending: number[] = [];
  #tick = -1;
  #groupedEdges = 0;
  #groupedDay = -1;
  #nextEcho = 0;
  readonly #echoPairs = new Set<number>();
  #arrivals: Lineage[] = [];
  readonly #matched = new Map<Lineage, number>();
  readonly #population = {
    hours: new Map<number, number>(),
    identityHolders: new Map<bigint, Set<number>>(),
    identified: new Set<number>(),
    sharing: new Set<number>(),
    presenting: 0,
    echoes: [] as EchoPair[],
  };

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.#graph = new KeyGraph({ seed: options.seed });
    this.#keyKinds = new Uint8Array(options.keys.size);
  }

  /** Parties seen so far. */
  get parties(): number {
    return this.#options.roster.partyCount;
  }

  keyNumber(low: number, high: number): number {
    return this.#options.keys.get(low, high);
  }

  /** Takes the next request; closes the ticks before it. */
  see(row: TrafficRow): void {
    const tick = Math.floor(row.time / this.#options.tickSeconds);
    if (this.#tick >= 0 && tick !== this.#tick) this.closeTick();
    this.#tick = tick;
    const { roster } = this.#options;
    const before = roster.hashes.length;
    const account = roster.enroll(row.accountLow, row.accountHigh, row.organizationLow, row.organizationHigh);
    if (roster.hashes.length > before) this.#welcome(account);
    this.#totals[account] = (this.#totals[account] ?? 0) + 1;
    const hour = Math.floor(row.time / HOUR);
    this.#population.hours.set(hour, (this.#population.hours.get(hour) ?? 0) + 1);
    this.#population.presenting += row.presents;
    const chain = this.#follow(row);
    this.#route(row, account, hour, chain);
  }

  /** Ends the current tick: learns its keys, groups, and weighs what has reached a look. */
  closeTick(): void {
    const end = (this.#tick + 1) * this.#options.tickSeconds;
    this.#learn(end);
    if (this.#isDue(end)) this.#regroup(end);
    for (const lineage of this.lineages) {
      if (lineage.accounts.size < LEAST_PARTIES) continue;
      if (looksReached(lineage.exchanges) <= lineage.looks) continue;
      if (lineage.rank > 0 || this.#isConcentrated(lineage)) this.#look(lineage);
    }
    this.#flag(end);
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
  sentSince(account: SliceAccount): number {
    return this.#totals[account.account]! - account.before;
  }

  /** A new account: its identity keys are known from here on. */
  #welcome(account: number): void {
    const { roster, keys } = this.#options;
    const party = roster.partyOf[account]!;
    const own: number[] = [];
    const facts = roster.facts(account)?.identity ?? [];
    if (facts.length > 0) this.#population.identified.add(party);
    for (const { kind, key } of facts) {
      let holders = this.#population.identityHolders.get(key);
      if (holders === undefined) this.#population.identityHolders.set(key, (holders = new Set()));
      holders.add(party);
      if (holders.size > 1) for (const holder of holders) this.#population.sharing.add(holder);
      const number = keys.get(Number(key & 0xffffffffn), Number(key >> 32n));
      if (number < 0) continue;
      own.push(number);
      this.#keyKinds[number] = kind;
      this.#pending.push(number, party);
    }
    this.#accountKeys[account] = own;
  }

  /** Follows conversations: the number of this exchange's chain where it begins one, −1 where it goes on. */
  #follow(row: TrafficRow): number {
    if (row.chainLow === 0 && row.chainHigh === 0) return -2;
    const parent = row.turn === 0 ? -1 : this.#chains.get(row.parentLow, row.parentHigh);
    const chain = this.#chains.add(row.chainLow, row.chainHigh);
    if (chain >= this.#roots.length) {
      const wider = new Int32Array(this.#roots.length * 2);
      wider.set(this.#roots);
      this.#roots = wider;
    }
    if (parent < 0) {
      this.#roots[chain] = chain;
      return chain;
    }
    const root = this.#roots[parent]!;
    this.#roots[chain] = root;
    for (const exchange of this.#sampled.get(root) ?? []) {
      exchange.answerBytes += row.answerBytes;
      exchange.outputTokens += row.outputTokens;
      exchange.steps += 1;
      if ((row.intent & INTENT.spoken) !== 0) exchange.built = true;
    }
    return -1;
  }

  /** Notes the row's keys for the graph and adds it to the slices of the lineages it belongs to. */
  #route(row: TrafficRow, account: number, hour: number, chain: number): void {
    const { roster } = this.#options;
    const party = roster.partyOf[account]!;
    const matched = this.#matched;
    matched.clear();
    let skeleton = false;
    for (let i = 0; i < row.keyCount; i++) {
      const low = row.keys[2 * i]!;
      const key = this.#options.keys.get(low, row.keys[2 * i + 1]!);
      if (key < 0) continue;
      const kind = low & 15;
      this.#keyKinds[key] = kind;
      this.#pending.push(key, party);
      const own = this.#lineagesOfKey.get(key);
      if (own === undefined) continue;
      if (SKELETON_KINDS.has(kind)) skeleton = true;
      for (const lineage of own) matched.set(lineage, (matched.get(lineage) ?? 0) + 1);
    }
    for (const key of this.#accountKeys[account] ?? []) {
      for (const lineage of this.#lineagesOfKey.get(key) ?? []) {
        matched.set(lineage, (matched.get(lineage) ?? 0) + 1);
      }
    }
    for (const [lineage, count] of matched) {
      if (count < lineage.required && !(lineage.whole && lineage.parties.has(party))) continue;
      this.#admit(lineage, row, { account, party, hour, chain, skeleton });
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
      known = newMember(at.account, at.party, roster.foldOf[at.party]!, this.#totals[at.account]! - 1);
      lineage.accounts.set(at.account, known);
    }
    known.exchanges += 1;
    known.presenting += row.presents;
    lineage.exchanges += 1;
    if (lineage.accounts.size <= HOURS_KEPT_OF_ALL || (keyed(at.account, 0, seed) & 15) === 0) {
      known.hours.set(at.hour, (known.hours.get(at.hour) ?? 0) + 1);
    }
    if (at.chain === -1 || row.tokenCount === 0) return;
    const priority = keyed(row.idLow, row.idHigh, seed);
    const keepsItem = lineage.items.length < MOST_ITEMS;
    const samples = wants(known, priority);
    if (!keepsItem && !samples) return;
    const tokens = row.tokens.slice(0, row.tokenCount);
    if (keepsItem) lineage.items.push({ account: at.account, tokens });
    if (!samples) return;
    const exchange = sampledFrom(row, { priority, tokens, skeleton: at.skeleton, folds: this.#foldsOf(lineage, row, at.account) });
    if (!offer(known, exchange) || at.chain < 0) return;
    const list = this.#sampled.get(at.chain);
    if (list === undefined) this.#sampled.set(at.chain, [exchange]);
    else list.push(exchange);
  }

  /** Bit i where a key of the exchange (or of its account) is supported by fold i alone. */
  #foldsOf(lineage: Lineage, row: TrafficRow, account: number): number {
    let folds = 0;
    for (let i = 0; i < row.keyCount; i++) {
      const key = this.#options.keys.get(row.keys[2 * i]!, row.keys[2 * i + 1]!);
      if (key >= 0) folds |= lineage.keyFolds.get(key) ?? 0;
    }
    for (const key of this.#accountKeys[account] ?? []) folds |= lineage.keyFolds.get(key) ?? 0;
    return folds;
  }

  /** Adds what the tick showed to the graph. */
  #learn(end: number): void {
    const pending = this.#pending;
    for (let i = 0; i < pending.length; i += 2) {
      const key = pending[i]!;
      this.#graph.add(key, this.#keyKinds[key]!, pending[i + 1]!);
    }
    this.#pending = [];
    const { echoes, roster } = this.#options;
    for (; this.#nextEcho < echoes.length; this.#nextEcho++) {
      const echo = echoes[this.#nextEcho]!;
      if (echo.time >= end) break;
      const presenter = numberOf(roster, echo.presenterHash);
      const issuer = numberOf(roster, echo.issuerHash);
      if (presenter < 0 || issuer < 0 || roster.partyOf[presenter] === roster.partyOf[issuer]) continue;
      const pair = presenter * 0x4000000 + issuer;
      if (this.#echoPairs.has(pair)) continue;
      this.#echoPairs.add(pair);
      this.#population.echoes.push({ presenter, issuer, issuers: echo.issuers, presenters: echo.presenters });
      if (echo.issuers !== 1 || echo.presenters > 3) continue;
      this.#keyKinds[echo.key] = 15;
      for (const account of [presenter, issuer]) {
        this.#graph.add(echo.key, 15, roster.partyOf[account]!);
        this.#accountKeys[account]?.push(echo.key);
      }
    }
  }

  #isDue(end: number): boolean {
    const fresh = this.#graph.edgeCount - this.#groupedEdges;
    if (fresh >= Math.max(REGROUP_LEAST, REGROUP_SHARE * this.#graph.edgeCount)) return true;
    return fresh > 0 && Math.floor(end / DAY) !== this.#groupedDay;
  }

  #regroup(end: number): void {
    this.#groupedEdges = this.#graph.edgeCount;
    this.#groupedDay = Math.floor(end / DAY);
    const candidates = this.#graph.candidates({
      minParties: LEAST_PARTIES,
      limit: MOST_CANDIDATES,
      population: this.parties,
    });
    const renewed = new Set<Lineage>();
    for (const gathered of candidates) {
      const candidate = this.#hypothesis(gathered);
      if (candidate === undefined) continue;
      const lineage = this.#lineageOf(candidate, renewed);
      if (lineage === undefined) continue;
      renewed.add(lineage);
      // A hypothesis keeps the rule it entered with: what drifts is another one.
      if (lineage.rank === 0) this.#teach(lineage, candidate);
    }
    this.#retire(renewed);
  }

  /** Forgets groups that never became hypotheses and are no longer found. */
  #retire(renewed: ReadonlySet<Lineage>): void {
    this.lineages = this.lineages.filter((lineage) => {
      if (lineage.rank > 0 || renewed.has(lineage)) return true;
      this.#unlink(lineage);
      return false;
    });
  }

  #unlink(lineage: Lineage): void {
    for (const key of lineage.keys) {
      const rest = (this.#lineagesOfKey.get(key) ?? []).filter((other) => other !== lineage);
      if (rest.length === 0) this.#lineagesOfKey.delete(key);
      else this.#lineagesOfKey.set(key, rest);
    }
  }

  /**
   * What a candidate may claim. Rules are about what was asked or about private means and history; a client string, a
   * network or a common setting gathers strangers by the thousand. Where contents gather a group, private means are
   * left out of the rule, so that they can testify.
   */
  #hypothesis(candidate: Candidate): Candidate | undefined {
    const kinds = [...candidate.keys].map((key) => this.#keyKinds[key]!);
    if (candidate.pass === "single") return GATHERING.has(kinds[0]!) ? candidate : undefined;
    const contents = kinds.some((kind) => CONTENT_RULE.has(kind)) && candidate.pass === "cluster";
    const allowed = contents ? CONTENT_RULE : PRIVATE_RULE;
    const members = new Set(candidate.parties);
    const holders = [...candidate.keys].map((key, i) => {
      if (!allowed.has(kinds[i]!)) return 0;
      let held = 0;
      for (const party of this.#graph.parties(key)) if (members.has(party)) held += 1;
      return held;
    });
    const least = contents ? RULE_SHARE * Math.max(...holders) : 1;
    const keys = candidate.keys.filter((_, i) => holders[i]! >= Math.max(1, least));
    if (keys.length === 0 || (!contents && keys.length < 2)) return undefined;
    const required = Math.min(candidate.required, keys.length);
    const parties = this.#holding(keys, required);
    return parties.length < LEAST_PARTIES ? undefined : { ...candidate, keys, required, parties };
  }

  /** Parties that hold at least `required` of the keys, ascending. */
  #holding(keys: Uint32Array, required: number): Uint32Array {
    const held = new Map<number, number>();
    for (const key of keys) {
      for (const party of this.#graph.parties(key)) held.set(party, (held.get(party) ?? 0) + 1);
    }
    return Uint32Array.from([...held].filter(([, n]) => n >= required).map(([party]) => party)).sort();
  }

  /** The lineage a candidate continues, a new one, or none where it repeats one that was renewed already. */
  #lineageOf(candidate: Candidate, renewed: ReadonlySet<Lineage>): Lineage | undefined {
    const overlap = new Map<Lineage, number>();
    for (const key of candidate.keys) {
      for (const lineage of this.#lineagesOfKey.get(key) ?? []) {
        overlap.set(lineage, (overlap.get(lineage) ?? 0) + 1);
      }
    }
    let best: Lineage | undefined;
    let most = 0;
    for (const [lineage, shared] of overlap) {
      const share = shared / (lineage.keys.size + candidate.keys.length - shared);
      if (share < SAME_RULE || share < most || (share === most && best !== undefined && best.number < lineage.number)) continue;
      best = lineage;
      most = share;
    }
    if (best !== undefined) {
      if (!renewed.has(best)) return best;
      let common = 0;
      for (const party of candidate.parties) if (best.parties.has(party)) common += 1;
      if (common / (best.parties.size + candidate.parties.length - common) > 0.5) return undefined;
    }
    const lineage = newLineage(this.#born++);
    this.lineages.push(lineage);
    return lineage;
  }

  #teach(lineage: Lineage, candidate: Candidate): void {
    this.#unlink(lineage);
    lineage.keys = new Set(candidate.keys);
    lineage.required = candidate.required;
    lineage.pass = candidate.pass;
    lineage.score = candidate.score;
    lineage.parties = new Set(candidate.parties);
    lineage.foundBy = new Set([...candidate.keys].map((key) => this.#keyKinds[key]!));
    const folds = new Map<number, number>();
    for (const key of candidate.keys) {
      const counts = [0, 0, 0, 0];
      for (const party of this.#graph.parties(key)) counts[this.#options.roster.foldOf[party]!]! += 1;
      folds.set(key, counts.reduce((bits, n, fold) => (n >= 2 ? bits | (1 << fold) : bits), 0));
      this.#lineagesOfKey.set(key, [...(this.#lineagesOfKey.get(key) ?? []), lineage]);
    }
    lineage.keyFolds = folds;
    lineage.whole = [...lineage.foundBy].every((kind) => PRIVATE_RULE.has(kind));
  }

  #look(lineage: Lineage): void {
    const { roster, seed } = this.#options;
    const slice = sliceOf(lineage, roster, this.#population as Population, seed);
    const weighing = weighSlice(slice, lineage.harvestBits ?? 0);
    const reached = looksReached(lineage.exchanges);
    if (lineage.rank === 0) {
      this.#arrivals.push(lineage);
      lineage.rank = this.#arrivals.length;
    }
    for (; lineage.looks < reached; lineage.looks++) {
      lineage.coordinationBits = addLook(lineage.coordinationBits, lineage.looks, weighing.coordination);
      lineage.harvestBits = addLook(lineage.harvestBits, lineage.looks, weighing.harvest);
    }
    if (process.env.SW_TRACE) console.log('LOOK', lineage.number + 1, new Date((this.#tick + 1) * this.#options.tickSeconds * 1000).toISOString(), 'ex', lineage.exchanges, 'acc', lineage.accounts.size, 'conc', this.concentration(lineage).toFixed(2), 'kinds', [...lineage.foundBy].join(), 'rank', lineage.rank, 'C', lineage.coordinationBits?.toFixed(1), 'H', lineage.harvestBits?.toFixed(1), weighing.findings.map((f) => f.signal.slice(0, 4) + ' ' + f.bits.toFixed(1) + ' ' + f.value.toFixed(3)).join('; '));
    lineage.findings = weighing.findings;
    lineage.listShare = itemRepeats(slice).listShare;
    const taking = accountShares(slice, (x) => captured(x) && (x.skeleton || (x.intent & 63) !== 0));
    lineage.harvestShareAtMost = upperConfidence(taking.shares, 0.95);
  }

  #flag(end: number): void {
    const bits = this.#arrivals.map((l) => Math.min(l.coordinationBits ?? 0, l.harvestBits ?? 0));
    const { flagged, qValues } = onlineEbh(bits, this.#options.q);
    for (const [i, lineage] of this.#arrivals.entries()) {
      lineage.qValue = Math.min(lineage.qValue, qValues[i]!);
      if (flagged[i] === 1 && lineage.flaggedAt === 0) lineage.flaggedAt = end;
    }
  }

  /** Evidence of the slice as it is now without some accounts, in bits: the smaller of the two axes. */
  strengthWithout(lineage: Lineage, left: ReadonlySet<number>): number {
    const accounts = new Map([...lineage.accounts].filter(([account]) => !left.has(account)));
    if (accounts.size < LEAST_PARTIES) return 0;
    const items = lineage.items.filter(({ account }) => !left.has(account));
    const { roster, seed } = this.#options;
    const slice = sliceOf({ ...lineage, accounts, items }, roster, this.#population as Population, seed);
    const { coordination, harvest } = weighSlice(slice, 0);
    return Math.min(coordination, harvest);
  }

  /** Lineages whose coordination alone passes the same error control, whatever is harvested. */
  coordinated(): ReadonlySet<Lineage> {
    const { flagged } = onlineEbh(
      this.#arrivals.map((l) => l.coordinationBits ?? 0),
      this.#options.q,
    );
    return new Set(this.#arrivals.filter((_, i) => flagged[i] === 1));
  }
}

function newMember(account: number, party: number, fold: number, before: number): SliceAccount {
  return { account, party, fold, before, exchanges: 0, presenting: 0, hours: new Map(), sample: [] };
}

function numberOf(roster: Roster, hash: bigint): number {
  return roster.accounts.get(Number(hash & 0xffffffffn), Number(hash >> 32n));
}

function sampledFrom(
  row: TrafficRow,
  own: { priority: number; tokens: Uint16Array; skeleton: boolean; folds: number },
): SampledExchange {
  return {
    ...own,
    id: (BigInt(row.idHigh) << 32n) | BigInt(row.idLow),
    time: row.time,
    intent: row.intent,
    stratum: Math.floor(row.time / DAY) * 8 + row.script + row.model * 1_000_003,
    answerBytes: row.answerBytes,
    outputTokens: row.outputTokens,
    maxTokens: row.maxTokens,
    choices: row.choices,
    finish: row.finish,
    steps: 0,
    built: false,
  };
}
