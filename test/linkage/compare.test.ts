import { describe, expect, it } from 'vitest';
import { nhsNumber } from '../../fixtures/identifiers.ts';
import { compare } from '../../src/linkage/compare.ts';
import { learn } from '../../src/linkage/learn/learn.ts';
import { LINKAGE_POLICY } from '../../src/linkage/policy.ts';
import { families } from './generate/families.ts';
import type { Row } from './generate/row.ts';
import { matchRecords } from './match-records.ts';
import { features, linkable, linkRecord } from './support.ts';

const model = learn(
  linkable([
    ...families({ seed: 5, records: 800, twins: 0.03, generations: 0.03, namesakes: 0, identified: 0.6 }),
  ]),
);
const compared = (one: Partial<Row>, other: Partial<Row>) => compare(features(one), features(other), model);

const HOME = { street_number: '4', address_1: 'Quay Street', suburb: 'Northshire', postcode: 'ZZ9 7RF' };
const AVA = { given_name: 'Ava', surname: 'Doyle', date_of_birth: '2017-02-11', sex: 'F', ...HOME };
const EVA = { ...AVA, given_name: 'Eva' };
const nhs = (serial: number) => ({
  identifier_type: 'NHS_NUMBER',
  identifier_value: nhsNumber(serial) ?? '',
});

describe('two records of one person', () => {
  const { decision, bits, contributions, veto } = compared(
    { ...AVA, ...nhs(1) },
    { ...AVA, given_name: 'Avah', ...nhs(1) },
  );

  it('are linked, and it is said why', () => {
    expect(decision).toBe('MATCH');
    expect(veto).toBeNull();
    expect(bits).toBeGreaterThan(LINKAGE_POLICY.match);
    expect(contributions.map(({ words }) => words)).toEqual(
      expect.arrayContaining([
        'same identifier',
        'same date of birth',
        'forename differs by a slip',
        'same house',
      ]),
    );
  });

  it('of which one is rare weigh more than of common names', () => {
    const common = [...model.frequencies.family.counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
    const rare = compared({ surname: 'Zvyagin' }, { surname: 'Zvyagin' }).bits;
    expect(rare).toBeGreaterThan(compared({ surname: common }, { surname: common }).bits + 2);
  });
});

describe('no score links', () => {
  it.each([
    ['twins whose names are alike', AVA, EVA, 'TWINS'],
    [
      'twins of whom no more than one initial is known',
      { ...AVA, given_name: 'A' },
      { ...AVA, given_name: 'A' },
      'TWINS',
    ],
    [
      'a child with the number of a brother born in the same year',
      { ...AVA, given_name: 'Joshua', ...nhs(1) },
      { ...AVA, given_name: 'Chloe', date_of_birth: '2017-12-28', ...nhs(1) },
      'SHARED_NUMBER',
    ],
    ['twins of whom one has no forename', AVA, { ...AVA, given_name: '' }, 'TWINS'],
    [
      'a brother and sister born on one day',
      { ...AVA, given_name: 'Charlie', sex: 'M' },
      { ...AVA, given_name: 'Charlotte' },
      'TWINS',
    ],
    ['a father and son of one name', { ...AVA, date_of_birth: '1988-11-23' }, AVA, 'GENERATIONS'],
    ['two who each have a number of their own', { ...AVA, ...nhs(1) }, { ...AVA, ...nhs(2) }, 'IDENTIFIERS'],
    [
      'one name and date of birth elsewhere',
      AVA,
      { ...AVA, street_number: '9', address_1: 'Mill Lane', suburb: 'Southmere', postcode: 'ZX1 1AA' },
      'SAME_NAME_AND_BIRTH',
    ],
    [
      'a sister who carries her sister’s number',
      { ...AVA, ...nhs(1) },
      { ...AVA, given_name: 'Leila', sex: 'M', ...nhs(1) },
      'TWO_CONFLICTS',
    ],
  ] as const)('%s', (_, one, other, veto) => {
    const found = compared(one, other);
    expect(found.veto?.kind).toBe(veto);
    expect(found.decision).not.toBe('MATCH');
  });
});

it('a number that systems put in for none neither links nor parts', () => {
  const filler = { identifier_type: 'NHS_NUMBER', identifier_value: '4444444444' };
  expect(compared({ ...AVA, ...filler }, { ...AVA, ...nhs(1) })).toEqual(compared(AVA, AVA));
});

it('a number that many different people carry is found to be generic', () => {
  const carriers = [
    'Dean Cole 1988-11-23',
    'Leila Haddad 1991-07-02',
    'Kai Shaw 2015-05-19',
    'Maya Kerr 2002-03-14',
  ].map((person, at) => {
    const [given_name, surname, date_of_birth] = person.split(' ') as [string, string, string];
    return linkRecord(`carrier-${at}`, { given_name, surname, date_of_birth, ...nhs(1) });
  });
  expect([...learn(carriers).generic]).toEqual([`NHSNUMBER|${nhs(1).identifier_value}`, 'DAY|0101']);
});

it('the record of one twin with the other’s number brings nobody together, and a human is asked', () => {
  const records = [
    linkRecord('practice-ava', { ...AVA, ...nhs(1) }),
    linkRecord('practice-eva', { ...EVA, ...nhs(2) }),
    linkRecord('trust-eva', { ...EVA, ...nhs(1) }),
  ];
  const { clusters, reviews } = matchRecords(records, model);
  expect(clusters).toEqual([['practice-ava'], ['practice-eva'], ['trust-eva']]);
  expect(reviews.map(({ records }) => records.join())).toContain('practice-ava,trust-eva');
});

it('a record that fits two people who cannot be one is joined to neither', () => {
  const records = [
    linkRecord('a', { ...AVA, ...nhs(1) }),
    linkRecord('b', { ...AVA, ...nhs(2) }),
    linkRecord('c', AVA),
  ];
  const { clusters, reviews } = matchRecords(records, model);
  expect(clusters).toHaveLength(3);
  expect(reviews).toHaveLength(3);
});

it('thresholds and vetoes are one value with a version made of their content', () => {
  expect(LINKAGE_POLICY).toMatchObject({
    match: 20,
    keep: 8,
    version: expect.stringMatching(/^[0-9a-f]{12}$/),
  });
});
