import { createHash } from 'node:crypto';

/** What is decided by people, not learnt from data. A change makes another version. */
const policy = {
  /** In bits: from here on two records are linked. */
  match: 20,
  /** In bits: how much likelier one person is than two where a weight is that of a match. */
  surely: 7.6,
  /** In bits: from here on two records are kept for a human to look at. */
  keep: 8 as number,
  /** In bits: what the records of two groups must agree by on average to be one person's. */
  together: 14,
  /** Pairs that no score may link. They are kept for review. */
  vetoes: [
    'IDENTIFIERS',
    'NUMBER_ALONE',
    'SHARED_NUMBER',
    'NAMELESS',
    'TWINS',
    'GENERATIONS',
    'SAME_NAME_AND_BIRTH',
    'TWO_CONFLICTS',
  ],
  /**
   * How rare true pairs are among all pairs, in bits, where the thresholds mean what they say: at `match` one link in
   * two hundred would be chance. Where true pairs are rarer, as in a large city, a pair needs more evidence.
   */
  rarity: 12.5,
  /** What is given at most where true pairs are less rare. */
  rarityGiven: 3,
  /** Share of people who are known at a new address before the old one is put right. */
  moved: 0.08,
  /** An identifier that so many otherwise different people carry says nothing. */
  genericFrom: 3,
  /** Relatives in one house, to a record, from which on twins and namesakes of two generations must be reckoned with. */
  relatives: 0.001,
  /** Pairs of twins to a pair of one person's records, for each relative that a record has at its house. */
  twins: 0.05,
  /** With fewer records than this, that no relatives are seen means nothing. */
  relativesUnseenFrom: 500,
  /** Share of pairs with one name and date of birth, but identifiers of their own, from which on namesakes must be reckoned with. */
  namesakes: 0.002,
  /** Whether namesakes must be reckoned with where too few have identifiers to tell. */
  namesakesUntold: true as boolean,
  /** So many people of different families at one house or phone make it a hostel's, a hospital's or a surgery's. */
  crowdFrom: 4,
  /** How much of a value's rarity counts where it is nearly the same, not the same. */
  nearRarity: 0.5,
} as const;

export type LinkagePolicy = typeof policy & { readonly version: string };

/** Thresholds and vetoes, with a version made from their content. */
export const LINKAGE_POLICY: LinkagePolicy = versioned(policy);

/**
 * The same for an index of agencies' own records, some of which hold nothing but a name and a date of birth: there a
 * record that fits two people stays apart by itself, and whoever is hurt by a link that was missed is a person at risk. Whom
 * the index keeps is told as possibly the other in every answer, which fewer bits are too few for.
 */
export const INDEX_POLICY: LinkagePolicy = versioned({ ...policy, namesakesUntold: false, keep: 14 });

function versioned(words: typeof policy): LinkagePolicy {
  return { ...words, version: createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 12) };
}
