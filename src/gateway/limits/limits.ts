/** How much one query may ask. Every message that refuses names the limit and its number. */
export const LIMITS = {
  /** Words and signs of the query text. */
  tokens: 4_000,
  /** Fields within fields: the deepest of the vocabulary, over two households, is 13. */
  depth: 15,
  aliases: 50,
  directives: 50,
  /** Steps from a person to a member of their household, one behind the other. */
  householdSteps: 2,
  /** Fields times the sizes of the lists they stand in. 200 people with ten sections of lists take about 230,000. */
  cost: 500_000,
} as const;
