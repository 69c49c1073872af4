/** What children's services keep from everybody: who somebody was before an adoption, and rows sealed one by one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter } from '../../adapters/childrens-services/index.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { askAgency } from './support/ask-agency.ts';
import { insert } from './support/rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const [BEFORE, DUPLICATE, AFTER, BIRTH_MOTHER] = [20, 21, 22, 23];

let agency: TestAgency;
const row = (table: string, cells: Record<string, unknown>) => insert(agency.admin, table, cells);
const ask = (document: string) => askAgency(agency, adapter, document, { now: NOW });

beforeAll(async () => {
  agency = await openEmptyAgency('childrens-services');
  await agency.grant(adapter);
  const person = (id: number, more: Record<string, unknown>) =>
    row('DIM_PERSON', { DIM_PERSON_ID: id, IS_CLIENT: 'Y', ...more });
  await person(BEFORE, {
    FORENAME: 'Lily',
    SURNAME: 'Sharp',
    NHS_NUMBER: '9990000018',
    BIRTH_DTTM: '2019-04-01',
  });
  await person(DUPLICATE, {
    FORENAME: 'Lilly',
    SURNAME: 'Sharp',
    MERGED_DIM_PERSON_ID: BEFORE,
    DUPLICATED_DTTM: '2020-01-01',
  });
  await person(AFTER, { FORENAME: 'Rose', SURNAME: 'Amber', BIRTH_DTTM: '2019-04-01' });
  await person(BIRTH_MOTHER, { FORENAME: 'Kim', SURNAME: 'Sharp', BIRTH_DTTM: '1995-01-01' });
  await row('FACT_ADOPTION_SEALS', { FACT_ADOPTION_SEAL_ID: 1, DIM_PERSON_ID: BEFORE });
  await row('FACT_ADOPTION_SEALS', { FACT_ADOPTION_SEAL_ID: 2, DIM_PERSON_ID: BEFORE });
  const tie = (one: number, other: number, seal: string | null) =>
    row('FACT_RELATIONSHIPS', {
      DIM_PERSON_ID: one,
      RELATED_DIM_PERSON_ID: other,
      RELATION_CODE: 'CHD',
      SAME_HOUSEHOLD_FLAG: 'Y',
      SEAL_CODE: seal,
    });
  await tie(BIRTH_MOTHER, BEFORE, null);
  await tie(BIRTH_MOTHER, AFTER, 'AD');
  await tie(AFTER, BIRTH_MOTHER, 'ad  ');
  await row('FACT_REFERRALS', { FACT_REFERRAL_ID: 500, DIM_PERSON_ID: BEFORE });
  await row('FACT_REFERRAL_PERSONS', { FACT_REFERRAL_ID: 500, DIM_PERSON_ID: BIRTH_MOTHER });
  await row('DIM_WORKER', { DIM_WORKER_ID: 1, STAFF_REF: 'SW1031' });
  for (const [id, who] of [
    [1, BEFORE],
    [2, BIRTH_MOTHER],
  ])
    await row('FACT_INVOLVEMENTS', { FACT_INVOLVEMENT_ID: id, DIM_PERSON_ID: who, DIM_WORKER_ID: 1 });
});
afterAll(() => agency.close());

describe('an adoption', () => {
  it('leaves in the feed neither who the child was, nor duplicates of that, nor any tie to it', async () => {
    const records = await adapter.index.page(agency.reader, null, 10, () => {});
    expect(records.map((one) => one.record)).toEqual([String(AFTER), String(BIRTH_MOTHER)]);
    for (const one of records) expect(one).toMatchObject({ related: [], mergedInto: null });
    expect(JSON.stringify(records)).not.toMatch(/Lil|9990000018/);
  });

  it('ends no page early: the feed goes on past what it leaves out', async () => {
    const [first] = await adapter.index.page(agency.reader, '19', 1, () => {});
    expect(first?.record).toBe(String(AFTER));
  });

  it('is in nobody’s household, and leaves no dependent child where there was one', async () => {
    const { household } = await ask(
      `{ household(keys: ["${BIRTH_MOTHER}", "${AFTER}"]) { dependentChildren members { relationship } } }`,
    );
    expect(household).toEqual([
      { dependentChildren: false, members: [] },
      { dependentChildren: false, members: [] },
    ]);
  });

  it('leaves nothing of the record before it, whatever is asked', async () => {
    const key = `(keys: ["${BEFORE}"])`;
    expect(
      await ask(
        `{ identity${key} { name records { name } } identifiers${key} { items { value } } childSafeguarding${key} { known items { from } } involvements${key} { items { service } } }`,
      ),
    ).toEqual({
      identity: [{ name: null, records: [] }],
      identifiers: [{ items: [] }],
      childSafeguarding: [{ known: false, items: [] }],
      involvements: [{ items: [] }],
    });
  });

  it('is tied by no referral and on no caseload', async () => {
    const { find, caseload } = adapter.reference;
    expect((await find(agency.reader, '500', NOW))?.people).toEqual([String(BIRTH_MOTHER)]);
    const both = [String(BEFORE), String(BIRTH_MOTHER)];
    expect(await caseload(agency.reader, 'SW1031', both, NOW)).toEqual([String(BIRTH_MOTHER)]);
  });

  it.each([
    ['a referral closed for it', 'FACT_REFERRALS', { FACT_REFERRAL_ID: 501, CLOSURE_REASON_CODE: 'rc1' }],
    [
      'a placement for it',
      'FACT_CLA_PLACEMENT',
      { FACT_CLA_PLACEMENT_ID: 1, FACT_CLA_ID: 1, DIM_LOOKUP_PLACEMENT_TYPE_CODE: 'A3  ' },
    ],
    [
      'a placement order',
      'FACT_CLA_PLACEMENT',
      { FACT_CLA_PLACEMENT_ID: 2, FACT_CLA_ID: 2, LEGAL_STATUS_CODE: 'E1' },
    ],
  ])('is not told by %s', async (_, table, cells) => {
    await row(table, { DIM_PERSON_ID: AFTER, ...cells });
    const { childSafeguarding } = await ask(`{ childSafeguarding(keys: ["${AFTER}"]) { items { status } } }`);
    expect(childSafeguarding[0].items).toEqual([]);
  });
});

describe('a row of a plan', () => {
  const evidence = async (seal: string | null) => {
    await row('FACT_NEEDS', {
      FACT_NEED_ID: 1,
      DIM_PERSON_ID: AFTER,
      EVIDENCE_TXT: 'Seen.',
      SEAL_CODE: seal,
    });
    const { needs } = await ask(`{ needs(keys: ["${AFTER}"]) { items { evidence } } }`);
    await agency.admin.query('delete from "FACT_NEEDS"');
    return needs[0].items;
  };

  it.each(['LP', 'TP', 'AD', 'lp', '??', 'Y'])('sealed %s is shown to nobody', async (seal) => {
    expect(await evidence(seal)).toEqual([]);
  });

  it.each([null, '', '  ', 'N', '0'])('not sealed (%j) is there', async (seal) => {
    expect(await evidence(seal)).toEqual([{ evidence: 'Seen.' }]);
  });
});

describe('a foster carer', () => {
  it('is in no household: who they are is where the child is', async () => {
    const tie = { DIM_PERSON_ID: AFTER, SAME_HOUSEHOLD_FLAG: 'Y' };
    await row('FACT_RELATIONSHIPS', { ...tie, RELATED_DIM_PERSON_ID: 900, RELATION_CODE: 'fcr ' });
    await row('FACT_RELATIONSHIPS', { ...tie, RELATED_DIM_PERSON_ID: 901, RELATION_CODE: 'SIB' });
    const { household } = await ask(`{ household(keys: ["${AFTER}"]) { members { relationship } } }`);
    expect(household[0].members).toEqual([{ relationship: 'SIBLING' }]);
  });
});
