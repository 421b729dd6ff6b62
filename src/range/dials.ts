/** How an operation hides; every dial works alone and together with the others. */
export interface Dials {
  /** Wordings of whatever frames the work: 1 is one fixed line, 0 a new wording each time. A relay's requests have no frame at 0. */
  readonly paraphrases: number;
  /** Share (0 to 0.9) of each account's exchanges that are an ordinary person's affairs. */
  readonly cover: number;
  /** Sign-ups are spread over this many days before the start; few days make a burst. */
  readonly agedDays: number;
  /** Each account has a card, a phone and a device of its own; else a few serve them all. */
  readonly ownCards: boolean;
  /** Each account has residential lines of its own; else a few rented ones serve them all. */
  readonly ownHomes: boolean;
  /** Works in its home's waking hours with weekends off; else by the operation's clock. */
  readonly humanHours: boolean;
  /** Sigma of log-normal volumes over accounts; 0 balances the load. */
  readonly uneven: number;
  /** 0 to 1: how irregular gaps are, how far the accounts' starts, stops and shifts lie apart, how many days off each takes. */
  readonly jitter: number;
  /** Share (over 0, to 1) of the operation's accounts that this provider sees; the work of the others goes on elsewhere, on the same lists. */
  readonly view: number;
  /** A client string and a parameter profile of its own for each account; else one build serves them all. */
  readonly laundered: boolean;
  /** 0 to 1: share of the work that is partitioned by topic, so that each account keeps to its own. */
  readonly topics: number;
  /** Three fifths into it the provider suspends about a seventh of the accounts, answers degrade, and the rest leaves within hours; else nothing is suspended but what the campaign says. */
  readonly wary: boolean;
  /** Share asked of older or cheaper models. */
  readonly downgrade: number;
  /** The operation's requests an account and day; cover comes on top. */
  readonly perDay: number;
}

/** Nothing hidden: one line, one burst of sign-ups, shared cards and servers, a balanced load round the clock. */
export const OPEN: Dials = {
  paraphrases: 1,
  cover: 0,
  agedDays: 5,
  ownCards: false,
  ownHomes: false,
  humanHours: false,
  uneven: 0,
  jitter: 0,
  view: 1,
  laundered: false,
  topics: 0,
  wary: false,
  downgrade: 0,
  perDay: 26,
};

/** Hidden as well as has been reported: aged accounts with cards, homes and hours of their own, uneven volumes, a quarter of cover, twenty wordings. */
export const HIDING: Dials = {
  ...OPEN,
  paraphrases: 20,
  cover: 0.25,
  agedDays: 400,
  ownCards: true,
  ownHomes: true,
  humanHours: true,
  uneven: 0.9,
  jitter: 0.7,
  laundered: true,
};
