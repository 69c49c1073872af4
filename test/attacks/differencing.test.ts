import { expect, test } from 'vitest';
import { type CountingMethod, countCohort, shownCount } from '../../src/counting/count-cohort.ts';
import { ownPerturbationTable } from '../../src/counting/own-table.ts';
import { type Answer, bestGuesses, type Guessing, type Observation } from './differencing/guess.ts';
import { type AttackFilter, chanceFrom, pairsAround, rephrased, STRATEGIES } from './differencing/pairs.ts';
import { type Place, placeWith } from './differencing/place.ts';

/**
 * Somebody wants to know whether a woman of whom they know age, sex and district is known to the police for domestic abuse.
 * They ask for pairs of cohorts that differ by her alone, in every way that there is. Set PAIRS for more of them;
 * test/attacks/differencing.mjs asks a running gateway the same.
 */
const PAIRS = Number(process.env.PAIRS ?? 640);
/** Places, each with keys of its own; in half of them it is true. */
const PLACES = 40;
const table = ownPerturbationTable();
const method: CountingMethod = { table, tableName: 'our own table' };

type Endpoint = (place: Place, asked: AttackFilter) => Answer;

const defended: Endpoint = (place, asked) => {
  const { universe, recordKeys } = place;
  const counted = countCohort({ universe, recordKeys, where: place.filter(asked), by: [] }, method);
  return counted.refused === null ? counted.people.value : null;
};

/** A copy of the endpoint with some of its defences alone. */
const withOnly =
  (defences: { noise: boolean; leavingOut: boolean }): Endpoint =>
  (place, asked) => {
    const people = place.people(asked);
    if (people.length < 10) return null;
    const changes = (other: AttackFilter) => {
      const others = new Set(place.people(other));
      return people.filter((one) => !others.delete(one)).length + others.size;
    };
    if (defences.leavingOut && withoutEach(asked).some((other) => changes(other) < 10)) return null;
    const keys = people.reduce((sum, person) => sum + (place.recordKeys[person] ?? 0), 0);
    return defences.noise ? shownCount(people.length, keys % 256, table) : people.length;
  };

/** The filter with each of its conditions left out once. */
function withoutEach(filter: AttackFilter): AttackFilter[] {
  if ('field' in filter) return [];
  if ('not' in filter) return withoutEach(filter.not).map((one) => ({ not: one }));
  const isAll = 'all' in filter;
  const of = isAll ? filter.all : filter.any;
  const joined = (parts: AttackFilter[]): AttackFilter => (isAll ? { all: parts } : { any: parts });
  return of.flatMap((part, at) => [
    ...('field' in part || ('not' in part && 'field' in part.not)
      ? [joined(of.filter((_, other) => other !== at))]
      : []),
    ...withoutEach(part).map((one) => joined(of.with(at, one))),
  ]);
}

function attack(endpoint: Endpoint, phrase = rephrased): Map<string, Guessing> {
  const observations: Observation[] = [];
  for (let number = 0; number < PLACES; number += 1) {
    const isTrue = number % 2 === 0;
    const place = placeWith(isTrue, 1 + Math.floor(number / 2));
    const chance = chanceFrom(1_000 + number);
    for (const { strategy, first, second } of pairsAround(place.known, PAIRS / PLACES, chance))
      observations.push({
        strategy,
        first: endpoint(place, phrase(first, chance)),
        second: endpoint(place, phrase(second, chance)),
        isTrue,
      });
  }
  return bestGuesses(observations);
}

const best = (guesses: ReadonlyMap<string, Guessing>): number =>
  Math.max(...[...guesses.values()].map(({ right }) => right));

test('whatever pairs of cohorts are asked around one person, the best guess is right in 60 of 100 at most', () => {
  const guesses = attack(defended);
  expect([...guesses.keys()]).toEqual(Object.keys(STRATEGIES));
  expect(best(guesses), JSON.stringify([...guesses])).toBeLessThanOrEqual(0.6);
});

test('noise alone would tell it nearly always: two counts that differ are of different people', () => {
  expect(best(attack(withOnly({ noise: true, leavingOut: false })))).toBeGreaterThan(0.9);
});

test('so would noise with each condition left out in turn, by filters that name other values', () => {
  const asTheyAre = (filter: AttackFilter) => filter;
  expect(best(attack(withOnly({ noise: true, leavingOut: true }), asTheyAre))).toBeGreaterThan(0.75);
});

test('a filter in other words has the same count, or both are suppressed', () => {
  const place = placeWith(true, 99);
  const chance = chanceFrom(4);
  const pairs = pairsAround(place.known, 24, chance);
  let told = 0;
  for (const asked of pairs.flatMap(({ first, second }) => [first, second])) {
    const counts = [1, 2, 3].map(() => defended(place, rephrased(asked, chance)));
    const numbers = new Set(counts.filter((count) => count !== null));
    told += numbers.size;
    expect(numbers.size).toBeLessThanOrEqual(1);
  }
  expect(told).toBeGreaterThan(0);
});
