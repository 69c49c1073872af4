import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SMALLEST_COUNT, shownCount } from '../../src/counting/count-cohort.ts';
import { OWN_TABLE, ownNoise, ownPerturbationTable } from '../../src/counting/own-table.ts';
import { readPerturbationTable, writePerturbationTable } from '../../src/counting/perturbation-table.ts';
import { projectRoot } from '../../src/project-root.ts';

const table = ownPerturbationTable();
const KEYS = 256;
const keys = Array.from({ length: KEYS }, (_, key) => key);
/** How likely each answer is for so many people, whoever asks knowing none of their keys. */
type Answers = Map<number, number>;
const answersOf = (people: number): Answers => {
  const answers: Answers = new Map();
  for (const key of keys) {
    const shown = shownCount(people, key, table);
    answers.set(shown, (answers.get(shown) ?? 0) + 1 / KEYS);
  }
  return answers;
};
/** How often the best guess between two equally likely cases is right. */
const bestGuess = (out: Answers, inside: Answers): number =>
  [...new Set([...out.keys(), ...inside.keys()])].reduce(
    (sum, answer) => sum + Math.max(out.get(answer) ?? 0, inside.get(answer) ?? 0) / 2,
    0,
  );
/** Counts that have a row each, and a round of those that use rows again. */
const counts = Array.from({ length: 1_100 - SMALLEST_COUNT }, (_, at) => at + SMALLEST_COUNT);

test('somebody who knows everybody else of a cohort guesses whether one person is in it at .6 or less', () => {
  const worst = Math.max(...counts.map((people) => bestGuess(answersOf(people), answersOf(people + 1))));
  expect(worst).toBeLessThanOrEqual(0.6);
});

test('no single answer makes it likelier than .6, but the one at the very end of the noise, in 2 keys of 256', () => {
  for (const people of counts) {
    const [out, inside] = [answersOf(people), answersOf(people + 1)];
    let beyond = 0;
    for (const [answer, likely] of inside) {
      const posterior = likely / (likely + (out.get(answer) ?? 0));
      if (posterior > 0.6) beyond += likely;
    }
    expect(beyond, `${people}`).toBeLessThanOrEqual(OWN_TABLE.fewestKeys / KEYS);
  }
});

test('a differenced pair leaves it at .6 or less, over all counts and all differences of keys', () => {
  for (const people of counts) {
    // One cohort, and another with ten known people more and the person or not: every key and every difference of keys.
    const smaller = answersOf(people);
    const differences = (larger: Answers): Answers => {
      const answers: Answers = new Map();
      for (const [one, likelyOne] of smaller)
        for (const [other, likelyOther] of larger)
          answers.set(other - one, (answers.get(other - one) ?? 0) + likelyOne * likelyOther);
      return answers;
    };
    const guess = bestGuess(
      differences(answersOf(people + SMALLEST_COUNT)),
      differences(answersOf(people + SMALLEST_COUNT + 1)),
    );
    expect(guess, `${people}`).toBeLessThanOrEqual(0.6);
  }
});

test('whatever the difference of keys, the noise of one count tells next to nothing of that of the next', () => {
  // A table drawn in the order of keys would give both the same noise, and the difference would be the person.
  for (const people of counts.filter((count) => count < 750)) {
    let same = 0;
    for (let step = 0; step < KEYS; step += 1) {
      const alike = keys.filter(
        (key) => table.noise(people, key) === table.noise(people + 1, (key + step) % KEYS),
      );
      same = Math.max(same, alike.length / KEYS);
    }
    expect(same, `${people}`).toBeLessThan(0.25);
  }
});

test('noise has mean 0, never takes more away than there is, and is spread as its parameters say', () => {
  for (let people = 1; people <= 750; people += 1) {
    const noise = keys.map((key) => table.noise(people, key));
    const shares = new Map<number, number>();
    for (const step of noise) shares.set(step, (shares.get(step) ?? 0) + 1);
    expect({
      people,
      sum: noise.reduce((sum, step) => sum + step, 0),
      least: Math.min(...noise),
      most: Math.max(...noise),
    }).toEqual({ people, sum: 0, least: -Math.min(people, OWN_TABLE.furthest), most: OWN_TABLE.furthest });
    if (people <= SMALLEST_COUNT) expect(shares).toEqual(ownNoise(people));
  }
});

test('the table is the one that stores count by: another is another method', () => {
  expect(table.fingerprint).toBe('3d37bbb92e78deaac4a76e277a89dcbc0c6fb3c03f136e4e11ea0ff913a535fb');
  expect(readPerturbationTable(writePerturbationTable(table)).fingerprint).toBe(table.fingerprint);
});

test('docs/counting.md has the noise of the table', () => {
  const doc = readFileSync(join(projectRoot(), 'docs/counting.md'), 'utf8');
  const noise = [...ownNoise(100)].filter(([step]) => step >= 0);
  expect(doc).toContain(`| noise, up or down | ${noise.map(([step]) => step).join(' | ')} |`);
  expect(doc).toContain(`| cell keys of 256, each | ${noise.map(([, share]) => share).join(' | ')} |`);
});
