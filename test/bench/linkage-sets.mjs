const BUT_POSTCODE = 'identifier,street_number,address_1,address_2,suburb,state';
const NO_FALSE_LINK = { falseMatches: 0, recallWithReviewFrom: 0.99 };
const DIRTY = { precisionFrom: 0.999, recallWithReviewFrom: 0.9, reviewsForTrueUnder: 3 };
const POSTCODE_BAR = { precisionFrom: 0.9995, recallFrom: 0.93 };

/**
 * Name → the public set, or the kind, size and seed to generate; what to ignore; and what must be reached: figures of
 * MATCH, of MATCH + REVIEW, the best F1, seconds.
 */
export const SETS = {
  febrl1: { set: 'febrl1', bar: { precisionFrom: 0.999, recallFrom: 0.98 } },
  'febrl1-no-identifier': { set: 'febrl1', ignore: 'identifier' },
  febrl3: { set: 'febrl3', bar: { bestF1Above: 0.9954 } },
  'febrl3-no-identifier': {
    set: 'febrl3',
    ignore: 'identifier',
    bar: { bestF1From: 0.994, precisionFrom: 0.999, recallFrom: 0.96 },
  },
  ...pairs(1),
  ...pairs(2),
  'pair-twins': { kind: 'pair-twins', count: 5000, bar: { falseMatches: 0 } },
  'pair-twins-no-identifier': {
    kind: 'pair-twins',
    count: 5000,
    ignore: 'identifier',
    bar: { falseMatches: 0 },
  },
  families: { kind: 'families', count: 6000, bar: NO_FALSE_LINK },
  'families-2': { kind: 'families', count: 6000, seed: 2, bar: NO_FALSE_LINK },
  'families-small': { kind: 'families', count: 800, seed: 3, bar: NO_FALSE_LINK },
  'families-no-identifier': { kind: 'families-unidentified', count: 6000, bar: NO_FALSE_LINK },
  'families-no-identifier-2': { kind: 'families-unidentified', count: 6000, seed: 2, bar: NO_FALSE_LINK },
  ...towns(),
  'pair-as-one-name-birth-postcode': {
    kind: 'pair-as-one',
    count: 5000,
    ignore: BUT_POSTCODE,
    bar: POSTCODE_BAR,
  },
  scruffy: { kind: 'scruffy', count: 1000, bar: { ...DIRTY, recallFrom: 0.55 } },
  'scruffy-no-identifier': {
    kind: 'scruffy',
    count: 1000,
    ignore: 'identifier',
    bar: { ...DIRTY, recallFrom: 0.55 },
  },
  'scruffy-20000': { kind: 'scruffy', count: 20_000, bar: { ...DIRTY, recallFrom: 0.55 } },
  'scruffy-20000-no-identifier': {
    kind: 'scruffy',
    count: 20_000,
    ignore: 'identifier',
    bar: { ...DIRTY, recallFrom: 0.55 },
  },
  archive: { kind: 'archive', count: 50_000, bar: { ...DIRTY, recallFrom: 0.45, bestF1From: 0.86 } },
  historical: {
    kind: 'historical',
    count: 50_000,
    bar: { ...DIRTY, recallFrom: 0.45, bestF1From: 0.86, secondsUnder: 60 },
  },
  'historical-2': {
    kind: 'historical',
    count: 50_000,
    seed: 2,
    bar: { bestF1Above: 0.76, secondsUnder: 60 },
  },
};

/** Ten small towns and two large ones, with twins whose names are alike. */
function towns() {
  const small = Array.from({ length: 10 }, (_, at) => [`town-${at + 1}`, { seed: at + 1, count: 5000 }]);
  const large = [11, 12].map((seed) => [`town-20000-${seed}`, { seed, count: 20_000 }]);
  return Object.fromEntries(
    [...small, ...large].map(([name, of]) => [name, { kind: 'town', ...of, bar: NO_FALSE_LINK }]),
  );
}

/** Two files with everybody once in each, as much as is known of them less and less. */
function pairs(seed) {
  const name = seed === 1 ? 'pair' : `pair-${seed}`;
  const of = { kind: 'pair', count: 5000, seed };
  return {
    [name]: { ...of, bar: { f1From: 0.999 } },
    [`${name}-no-identifier`]: {
      ...of,
      ignore: 'identifier',
      bar: { precisionFrom: 1, recallFrom: 0.995 },
    },
    [`${name}-name-birth-postcode`]: { ...of, ignore: BUT_POSTCODE, bar: POSTCODE_BAR },
  };
}

/** One place in three sizes: what a record costs is held against what it costs in the first. */
export const SIZES = [100_000, 300_000, 1_000_000];
