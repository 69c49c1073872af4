import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignPeople } from '../../src/person-index/match/assign-people.ts';
import { UNLEARNT } from '../../src/person-index/match/current-model.ts';
import { holdExclusions } from '../../src/person-index/match/human-links.ts';
import { linkageMatcher } from '../../src/person-index/match/linkage-matcher.ts';
import type { HumanVerdicts, Matching } from '../../src/person-index/records/matcher.ts';
import { matchRecords } from './match-records.ts';

const matcher = linkageMatcher(UNLEARNT);
const MOST = 9;
const pair = fc
  .tuple(fc.nat(MOST - 1), fc.nat(MOST - 1))
  .filter(([one, other]) => one !== other)
  .map(([one, other]): [string, string] =>
    one < other ? [`r${one}`, `r${other}`] : [`r${other}`, `r${one}`],
  );
/** A pair has one verdict: the later word takes the place of the earlier. */
const decided = fc.array(fc.tuple(pair, fc.boolean()), { maxLength: 8 }).map((words): HumanVerdicts => {
  const last = new Map(words.map(([two, same]) => [two.join(), { two, same }]));
  const of = (same: boolean) => [...last.values()].filter((one) => one.same === same).map(({ two }) => two);
  return { same: of(true), different: of(false) };
});
const told = ({ clusters, candidates }: Matching) => ({
  clusters: clusters.map((cluster) => cluster.toSorted().join()).toSorted(),
  candidates: candidates.map((two) => two.toSorted().join()).toSorted(),
});
const together = ({ clusters }: Matching, [one, other]: readonly [string, string]) =>
  clusters.some((cluster) => cluster.includes(one) && cluster.includes(other));

describe('with what humans decided, the matcher', () => {
  it('never brings two together that a human put apart, whatever the records say', () => {
    fc.assert(
      fc.property(matchRecords, decided, (all, words) => {
        const matching = matcher.match(all, words);
        for (const two of words.different) expect(together(matching, two)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('makes nobody the candidate of a person from whom a human put them apart', () => {
    fc.assert(
      fc.property(matchRecords, decided, (all, words) => {
        const matching = matcher.match(all, words);
        for (const [one, other] of matching.candidates) {
          const [ours, theirs] = [one, other].map((key) =>
            matching.clusters.find((cluster) => cluster.includes(key)),
          );
          for (const [a, b] of words.different)
            expect(
              (ours?.includes(a) && theirs?.includes(b)) || (ours?.includes(b) && theirs?.includes(a)),
            ).toBe(false);
        }
      }),
    );
  });

  it('brings together what a human said is one, where no exclusion stands', () => {
    fc.assert(
      fc.property(matchRecords, decided, (all, { same }) => {
        const known = new Set(all.map(({ key }) => key));
        const matching = matcher.match(all, { same, different: [] });
        for (const two of same)
          if (two.every((key) => known.has(key))) expect(together(matching, two)).toBe(true);
      }),
    );
  });

  it('does not mind the order of records, nor of decisions', () => {
    const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });
    const cases = fc
      .tuple(matchRecords, decided)
      .chain(([all, words]) =>
        fc.tuple(
          fc.constant(all),
          fc.constant(words),
          shuffled(all),
          shuffled(words.same),
          shuffled(words.different),
        ),
      );
    fc.assert(
      fc.property(cases, ([all, words, others, same, different]) => {
        expect(told(matcher.match(others, { same, different }))).toEqual(told(matcher.match(all, words)));
      }),
    );
  });

  it('decides as before for those of whom no human spoke', () => {
    fc.assert(
      fc.property(matchRecords, (all) => {
        const words: HumanVerdicts = { same: [['x1', 'x2']], different: [['x1', 'x3']] };
        expect(told(matcher.match(all, words))).toEqual(told(matcher.match(all)));
      }),
    );
  });
});

it('whatever a matcher says, nobody put apart leaves it together', () => {
  const keys = Array.from({ length: MOST }, (_, at) => `r${at}`);
  const anything = fc.array(fc.nat(3), { minLength: MOST, maxLength: MOST }).map(
    (group): Matching => ({
      clusters: [0, 1, 2, 3]
        .map((one) => keys.filter((_, at) => group[at] === one))
        .filter(({ length }) => length > 0),
      candidates: [],
    }),
  );
  fc.assert(
    fc.property(anything, decided, (matching, words) => {
      const held = holdExclusions(matching, words);
      for (const two of words.different) expect(together(held, two)).toBe(false);
      expect(held.clusters.flat().toSorted()).toEqual(keys);
    }),
  );
});

describe('ids', () => {
  const clusters = fc
    .array(fc.nat(3), { minLength: MOST, maxLength: MOST })
    .map((group) =>
      [0, 1, 2, 3]
        .map((one) => group.flatMap((at, record) => (at === one ? [`r${record}`] : [])))
        .filter(({ length }) => length > 0),
    );
  const numbered = () => {
    let next = 0;
    return () => `new ${next++}`;
  };

  it('are the same where nothing changed, and one for each cluster', () => {
    fc.assert(
      fc.property(clusters, (all) => {
        const first = assignPeople(all, new Map(), numbered());
        expect(assignPeople(all.toReversed(), first, numbered())).toEqual(new Map([...first].toReversed()));
        expect(new Set(first.values()).size).toBe(all.length);
      }),
    );
  });

  it('are those of before, after any merge is taken back', () => {
    fc.assert(
      fc.property(clusters, fc.nat(MOST), (all, at) => {
        const first = assignPeople(all, new Map(), numbered());
        const [one, other] = [all[at % all.length] ?? [], all[(at + 1) % all.length] ?? []];
        if (one === other) return;
        const merged = [...all.filter((cluster) => cluster !== one && cluster !== other), [...one, ...other]];
        const second = assignPeople(merged, first, numbered());
        const former = new Map(
          [...new Set(first.values())]
            .filter((person) => ![...second.values()].includes(person))
            .map((person) => [
              person,
              new Set([...first].flatMap(([key, its]) => (its === person ? [key] : []))),
            ]),
        );
        expect([...second.values()].every((person) => [...first.values()].includes(person))).toBe(true);
        expect(assignPeople(all, second, numbered(), former)).toEqual(first);
      }),
    );
  });

  it('go with most of what was always theirs, though more of another’s records went along with the other part', () => {
    const was = (person: string, keys: string) => [...keys].map((key): [string, string] => [key, person]);
    const split = [[...'abc4'], [...'123']];
    const former = new Map([['Maya', new Set('abc')]]);
    const people = assignPeople(split, new Map(was('Odo', 'abc1234')), numbered(), former);
    expect(people).toEqual(new Map([...was('Maya', 'abc4'), ...was('Odo', '123')]));
  });
});
