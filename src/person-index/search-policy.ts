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

/** Searches that one login may make. */
export interface SearchLimit {
  perMinute: number;
  perHour: number;
}
export interface SearchLimits {
  usual: SearchLimit;
  /** For those who work at the scene, while their reference is live: more room, and still a limit. */
  emergency: SearchLimit & { roles: readonly string[] };
}

export const SEARCH_LIMITS: SearchLimits = {
  usual: { perMinute: 10, perHour: 60 },
  emergency: { perMinute: 30, perHour: 240, roles: ['response-officer', 'triage-nurse'] },
};
