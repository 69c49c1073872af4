import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../../src/linkage/compare.ts';
import type { LinkRecord } from '../../src/linkage/features.ts';
import { learn } from '../../src/linkage/learn/learn.ts';
import { families } from './generate/families.ts';
import type { Row } from './generate/row.ts';
import { matchRecords } from './match-records.ts';
import { linkable, linkRecord } from './support.ts';

const generated = [
  ...families({ seed: 21, records: 700, twins: 0.05, generations: 0.05, namesakes: 0.03, identified: 0.5 }),
];
const place = linkable(generated);
const rowOf = new Map(generated.map(({ row }) => [row.record_id, row]));
const model = learn(place);
const anyRecord = fc.constantFrom(...place);
/** Records that stand close together, so that many are one person's or one family's. */
const neighbours = fc
  .integer({ min: 0, max: place.length - 60 })
  .map((from) => place.toSorted((a, b) => (familyOf(a) < familyOf(b) ? -1 : 1)).slice(from, from + 60));
const familyOf = ({ features }: LinkRecord) => features.names[0]?.family?.text ?? '';

/** A record as another hand may have written it: letters lost and swapped, fields left out, columns mistaken. */
const dirty = fc
  .tuple(anyRecord, fc.nat(), fc.nat(), fc.constantFrom('none', 'lost', 'swapped', 'columns', 'missing'))
  .map(([record, field, at, what]): LinkRecord => {
    const row = rowOf.get(record.key) as Row;
    const columns = [
      'given_name',
      'surname',
      'date_of_birth',
      'postcode',
      'address_1',
      'identifier_value',
    ] as const;
    const column = columns[field % columns.length] as keyof Row;
    const text = row[column];
    const place = at % Math.max(1, text.length - 1);
    const found = {
      none: {},
      lost: { [column]: text.slice(0, place) + text.slice(place + 1) },
      swapped: {
        [column]: text.slice(0, place) + text.charAt(place + 1) + text.charAt(place) + text.slice(place + 2),
      },
      columns: { given_name: row.surname, surname: row.given_name },
      missing: { [column]: '' },
    }[what];
    return linkRecord(record.key, { ...row, ...found });
  });

describe('linking', () => {
  it('weighs a pair the same both ways round, however dirty', () => {
    fc.assert(
      fc.property(dirty, dirty, (a, b) => {
        expect(compare(a.features, b.features, model)).toEqual(compare(b.features, a.features, model));
      }),
      { numRuns: 2000 },
    );
  });

  it('brings nobody together whom a human holds apart, in whatever order decisions come, and keeps both apart again', () => {
    fc.assert(
      fc.property(neighbours, fc.array(fc.tuple(fc.nat(59), fc.nat(59)), { maxLength: 40 }), (all, pairs) => {
        const decisions = pairs
          .filter(([a, b]) => a !== b)
          .map(([a, b]) => ({
            records: [(all[a] as LinkRecord).key, (all[b] as LinkRecord).key] as const,
            decision: 'DIFFERENT' as const,
          }));
        const { clusters } = matchRecords(all, model, decisions);
        for (const { records } of decisions)
          expect(clusters.filter((one) => records.every((key) => one.includes(key)))).toEqual([]);
        expect(matchRecords(all, model, decisions.toReversed()).clusters).toEqual(clusters);
      }),
      { numRuns: 30 },
    );
  });

  it('weighs a pair of several names and addresses the same both ways round', () => {
    const several = fc.tuple(anyRecord, anyRecord).map(([one, other]) => ({
      ...one.features,
      names: [...one.features.names, ...other.features.names],
      addresses: [...one.features.addresses, ...other.features.addresses],
    }));
    fc.assert(
      fc.property(several, several, (a, b) => {
        expect(compare(a, b, model)).toEqual(compare(b, a, model));
      }),
    );
  });

  it('explains the whole weight', () => {
    fc.assert(
      fc.property(dirty, dirty, (a, b) => {
        const { bits, contributions } = compare(a.features, b.features, model);
        expect(contributions.reduce((sum, one) => sum + one.bits, 0)).toBeCloseTo(bits, 6);
      }),
    );
  });

  it('comes out the same in any order of records', () => {
    fc.assert(
      fc.property(
        neighbours.chain((all) => fc.tuple(fc.constant(all), shuffled(all))),
        ([all, otherwise]) => {
          expect(matchRecords(otherwise, model)).toEqual(matchRecords(all, model));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is not changed by a record that has nothing to do with the others', () => {
    const letters = (least: number) =>
      fc.string({ unit: fc.constantFrom(...'qxzvw'), minLength: least, maxLength: 9 });
    const stranger = fc
      .record({ given_name: letters(2), surname: letters(2), suburb: letters(0), postcode: letters(0) })
      .chain((row) =>
        fc.tuple(fc.constant(row), fc.integer({ min: 1700, max: 1849 }), fc.constantFrom('a', 'zz')),
      )
      .map(([row, year, where]) =>
        linkRecord(`${where}-stranger`, { ...row, date_of_birth: `${year}-02-03` }),
      );
    fc.assert(
      fc.property(neighbours, stranger, (all, other) => {
        const before = matchRecords(all, model);
        const after = matchRecords([...all, other], model);
        expect(after.clusters.filter((one) => !one.includes(other.key))).toEqual(before.clusters);
        expect(after.reviews).toEqual(before.reviews);
      }),
      { numRuns: 20 },
    );
  });

  it('never brings two together that a human holds to be different people', () => {
    fc.assert(
      fc.property(neighbours, fc.nat(), (all, choice) => {
        const together = matchRecords(all, model).clusters.filter(({ length }) => length > 1);
        const cluster = together[choice % together.length];
        if (!cluster) return;
        const records = [cluster[0] as string, cluster[1] as string] as const;
        const { clusters, reviews } = matchRecords(all, model, [{ records, decision: 'DIFFERENT' }]);
        expect(clusters.filter((one) => records.every((key) => one.includes(key)))).toEqual([]);
        expect(reviews.map((one) => one.records.join())).not.toContain(records.join());
      }),
      { numRuns: 30 },
    );
  });

  it('brings two together that a human holds to be one', () => {
    const records = [place[0]?.key as string, place[300]?.key as string] as const;
    const { clusters } = matchRecords(place, model, [{ records, decision: 'SAME' }]);
    expect(clusters.filter((one) => records.every((key) => one.includes(key)))).toHaveLength(1);
  });

  it('puts every record into one cluster', () => {
    const { clusters } = matchRecords(place, model);
    expect(clusters.flat().toSorted()).toEqual(place.map(({ key }) => key));
  });
});

it('the same records teach the same model, in any order', () => {
  expect(learn(place.toReversed())).toEqual(model);
});

const shuffled = (all: readonly LinkRecord[]) =>
  fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });
