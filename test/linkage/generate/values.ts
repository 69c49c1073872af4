import { type Random, randomFrom } from '../../../fixtures/random.ts';

/** A value drawn as such values are spread in life: a few are common, most are rare. */
export type Draw = (random: Random) => string;

const FEMALE =
  'olivia amelia isla ava mia ivy lily isabella sophia emily grace poppy ella evie charlotte jessica daisy alice florence sienna matilda freya emma ruby sophie harriet rosie eva maya hannah sarah laura rebecca rachel claire nicola samantha victoria catherine elizabeth margaret susan patricia jean mary dorothy helen ann linda karen julie jacqueline tracey sharon deborah michelle lisa amanda fatima aisha zainab priya anna maria natalia chloe megan georgia abigail lucy bethany'.split(
    ' ',
  );
const MALE =
  'oliver george noah arthur harry leo muhammad jack charlie oscar jacob henry thomas freddie alfie theo william archie joshua alexander james isaac edward lucas max ethan logan benjamin samuel daniel joseph adam luke david michael john robert paul mark andrew stephen peter richard christopher ian kevin gary simon anthony alan brian kenneth ronald donald stanley frank albert ernest walter omar yusuf ibrahim hassan tomasz piotr connor liam callum rhys dylan'.split(
    ' ',
  );
const STARTS = 'b br c ch cl cr d f g gr h k l m n p pr r s st t th w wh v j'.split(' ');
const MIDDLES = 'a e i o u ea oo ai ar er or al el in an on en'.split(' ');
const ENDS =
  'son ton ley ford ham well man er s field worth wood by ing ward dale land stone house hurst bury wick ell ard'.split(
    ' ',
  );
const COMMON =
  'smith jones taylor brown williams wilson johnson davies patel robinson wright thompson evans walker white roberts green hall wood jackson clarke khan ahmed hussain ali singh kaur begum'.split(
    ' ',
  );

const coined = (random: Random): string =>
  random.pick(STARTS) +
  random.pick(MIDDLES) +
  (random.chance(0.5) ? random.pick(['n', 'r', 'l', 'd', 'm', 't', 'ck', 'lb']) : '') +
  random.pick(ENDS);

function manyCoined(count: number, seed: number, ahead: readonly string[] = []): readonly string[] {
  const random = randomFrom(seed);
  const found = new Set(ahead);
  while (found.size < count) found.add(coined(random));
  return [...found];
}

/** Of rank r drawn with a share of 1 / (r + 8): Zipf's law, flattened at the top as surnames are. */
function zipf(values: readonly string[]): Draw {
  const sums: number[] = [];
  let sum = 0;
  for (const rank of values.keys()) {
    sum += 1 / (rank + 8);
    sums.push(sum);
  }
  return (random) => {
    const target = random.next() * sum;
    let [low, high] = [0, values.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) < target) low = middle + 1;
      else high = middle;
    }
    return values[low] as string;
  };
}

export const SURNAMES = manyCoined(9000, 11, COMMON);
export const surname = zipf(SURNAMES);
export const forename = { F: zipf(FEMALE), M: zipf(MALE) };
/** As many different ones as a large country has, for records drawn one by one. */
export const anyForename = zipf([...FEMALE, ...MALE, ...manyCoined(300, 12)].toSorted());
export const street = zipf(
  manyCoined(2500, 13).map(
    (name, at) => `${name} ${['street', 'road', 'lane', 'place', 'avenue', 'court'][at % 6]}`,
  ),
);
export const house = zipf(manyCoined(3000, 14).map((name) => `${name} lodge`));
export const suburb = zipf(manyCoined(1200, 15));
export const town = zipf(manyCoined(700, 16));
