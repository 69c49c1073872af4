/** What is decided by people about searches, each with its reason in docs/decisions/0010-search-by-the-model.md. */
export const SEARCH_POLICY = {
  /**
   * In bits: what a question must be worth before anybody is looked for. At 21 bits one person in two million fits by
   * chance, so that in a city of a million a question rather means somebody than turns somebody up.
   */
  question: 21,
  /** In bits: what a number is worth. It is made to be one person's, and cannot be guessed at the rate allowed. */
  identifier: 30,
  /** In bits: a lone initial, for one letter of the alphabet and what letters names begin with. */
  initial: 3,
  /** Fewest letters of a family name: one letter is a wildcard by another name. */
  familyLetters: 2,
  /** In bits: how far one person must be ahead of the next to be shown; 4 bits are sixteen to one. */
  ahead: 4,
  /** A value that fewer records than this carry counts as one that nobody carries: rarity must not tell of anybody. */
  countsFrom: 20,
  /** At most this many people are weighed. */
  people: 200,
} as const;

/** How often one login may ask. */
export interface SearchLimit {
  perMinute: number;
  perHour: number;
}
/** Searches, and beside them look-ups by number. */
type AskingLimit = SearchLimit & { numbers: SearchLimit };
export interface SearchLimits {
  usual: AskingLimit;
  /** For those who work at the scene, while their reference is live: more room, and still a limit. */
  emergency: AskingLimit & { roles: readonly string[] };
}

/**
 * A number is in the caller's hand, and a conference goes through a family or a class by numbers: more of them than of
 * searches. Too few to try numbers one after another: of 999,999,999 NHS numbers one login tries 240 an hour.
 */
export const SEARCH_LIMITS: SearchLimits = {
  usual: { perMinute: 10, perHour: 60, numbers: { perMinute: 30, perHour: 240 } },
  emergency: {
    ...{ perMinute: 30, perHour: 240, numbers: { perMinute: 60, perHour: 480 } },
    roles: ['response-officer', 'triage-nurse'],
  },
};
