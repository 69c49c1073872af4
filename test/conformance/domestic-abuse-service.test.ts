import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantedColumns, partsOf } from '../../adapters/contract.ts';
import { safeContact } from '../../adapters/domestic-abuse-service/codes.ts';
import { adapter } from '../../adapters/domestic-abuse-service/index.ts';
import { domesticAbuseRows } from '../../fixtures/domestic-abuse-service/rows.ts';
import { insertRows } from '../../fixtures/insert.ts';
import { HIDDEN_PLACE } from '../../fixtures/people/domestic-abuse.ts';
import { namedParts } from '../../src/conformance/parts.ts';
import { scenarioWorld } from '../support/scenario-world.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { decodedValue } from './support/decoded-value.ts';
import { shownRows } from './support/shown-rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const LEILA = '91383';
const SAMI = '91384';
const DEAN = '90214';
/** Where the charity keeps addresses, and landlines that tell of one. */
const PLACES = ['REFUGE_ADDR', 'ADDR1', 'TOWN', 'POSTCODE'];

let agency: TestAgency;
beforeAll(async () => {
  agency = await openEmptyAgency('domestic-abuse-service');
  await agency.grant(adapter);
  await insertRows(agency.admin, domesticAbuseRows(NOW)(scenarioWorld()));
});
afterAll(() => agency.close());

const shown = (person: string, section: string, rows: Readonly<Record<string, true>>) =>
  shownRows(agency, adapter, { person, section, rows, now: NOW });
const belowFull = { victimOrChild: true } as const;

describe('the other side of a case', () => {
  it.each(['identity', 'contact', 'involvements', 'domesticAbuse'])(
    'has nothing in %s below full: Dean Cole looks like nobody’s victim, and like nobody the charity supports',
    async (section) => {
      expect(await shown(LEILA, section, belowFull)).not.toEqual([]);
      expect(await shown(DEAN, section, belowFull)).toEqual([]);
    },
  );

  it.each(['identity', 'contact', 'involvements'])(
    'has nothing in %s at full either: a perpetrator is no client',
    async (section) => {
      expect(await shown(DEAN, section, {})).toEqual([]);
    },
  );

  it('is shown at full as what it is, and never as a victim or child', async () => {
    const sides = (await shown(DEAN, 'domesticAbuse', {})).map(({ as }) => as);
    expect(sides).toEqual(['PERPETRATOR']);
    expect((await shown(LEILA, 'domesticAbuse', {})).map(({ as }) => as)).toEqual([undefined, 'VICTIM']);
    expect((await shown(SAMI, 'domesticAbuse', {})).map(({ as }) => as)).toEqual(['CHILD']);
  });

  it('stays what it is where a clerk entered it as a client', async () => {
    await agency.admin.query(`update "CLIENT" set "PARTY_CD" = 'V' where "CLIENT_ID" = $1`, [DEAN]);
    for (const section of ['identity', 'contact', 'involvements'])
      expect(await shown(DEAN, section, belowFull), section).toEqual([]);
    await agency.admin.query(`update "CLIENT" set "PARTY_CD" = 'P' where "CLIENT_ID" = $1`, [DEAN]);
  });

  it.each([[null], ['?'], [' ']])(
    'is not assumed to be a client where the side is written as %j',
    async (side) => {
      await agency.admin.query(`update "CLIENT" set "PARTY_CD" = $1 where "CLIENT_ID" = $2`, [side, SAMI]);
      expect(await shown(SAMI, 'identity', belowFull)).toEqual([]);
      await agency.admin.query(`update "CLIENT" set "PARTY_CD" = 'C' where "CLIENT_ID" = $1`, [SAMI]);
    },
  );
});

describe('the charity’s addresses', () => {
  it('stand in its tables, so that a leak would show', async () => {
    const { rows } = await agency.admin.query('select "REFUGE_ADDR", "POSTCODE" from "MARAC_CASE", "CLIENT"');
    expect(JSON.stringify(rows)).toContain(HIDDEN_PLACE.postcode);
    expect(JSON.stringify(rows)).toContain(HIDDEN_PLACE.street);
  });

  it('are named by no field, no reference and no index feed', () => {
    const named = [...grantedColumns(adapter)].flatMap(([, columns]) => [...columns]);
    expect(named.filter((column) => PLACES.includes(column))).toEqual([]);
    expect(Object.keys(adapter.sections)).not.toContain('addresses');
  });

  it.each([
    ['REFUGE_ADDR', 'MARAC_CASE'],
    ['ADDR1', 'CLIENT'],
    ['TOWN', 'CLIENT'],
    ['POSTCODE', 'CLIENT'],
  ])('cannot be selected by the gateway’s login: %s of %s', async (column, table) => {
    await expect(agency.read(`select "${column}" from "${table}"`)).rejects.toMatchObject({
      code: '42501',
    });
    await expect(agency.read(`select 1 from "${table}" where "${column}" like 'Z%'`)).rejects.toMatchObject({
      code: '42501',
    });
    await expect(agency.read(`select * from "${table}"`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('are nowhere in what any section shows of Leila Haddad and her children, nor in the index feed', async () => {
    const sections = Object.keys(adapter.sections);
    const everything = await Promise.all(
      [LEILA, SAMI, '91385'].flatMap((person) => sections.map((section) => shown(person, section, {}))),
    );
    const fed = await adapter.index.page(agency.reader, null, 1000, () => {});
    const words = JSON.stringify([everything, fed]);
    expect(words).toContain('Haddad');
    for (const word of Object.values(HIDDEN_PLACE)) expect(words).not.toContain(word);
    expect(words).not.toContain('01632 960990');
    expect(fed.filter(({ postcode, place }) => postcode !== null || place !== null)).toEqual([]);
  });

  it('could stand only in what a person typed, which place shields hide', () => {
    const typed = namedParts(adapter).flatMap(([name, part]) => {
      const fields =
        part.kind === 'list'
          ? Object.entries(part.fields)
          : part.kind === 'value'
            ? [['', part.field] as const]
            : [];
      return fields.flatMap(([field, one]) =>
        one.kind === 'field' && one.freeText ? [`${name}.${field}`] : [],
      );
    });
    expect([...new Set(typed)]).toEqual(['domesticAbuse.items.actions']);
  });
});

describe('safe contact', () => {
  it.each([
    ['SA NV', 'See alone. No voicemail'],
    ['sa;tx ', 'See alone. Text before calling'],
    ['SA SA', 'See alone'],
    [' ', null],
    [null, null],
  ])('agreed as %j reads %j', (cell, words) => {
    expect(safeContact(cell, { now: NOW, note: () => {} })).toBe(words);
  });

  it('has no room for an address: what is not of the list is noted and left out', () => {
    const notes: string[] = [];
    const note = (problem: string) => notes.push(problem);
    expect(safeContact('SA 7 Harbour Lane ZZ9 7RF', { now: NOW, note })).toBe('See alone');
    expect(new Set(notes)).toEqual(new Set(['unknown code']));
  });

  it('is that of the newest case that says anything', () => {
    expect(decodedValue(adapter, 'contact', 'safeContact', [[null], ['SA'], ['NV']], NOW)).toBe('See alone');
  });
});

describe('the score of the checklist', () => {
  const [victim] = partsOf(adapter.sections.domesticAbuse?.items as never);
  const score = victim?.kind === 'list' ? victim.fields.dashScore : undefined;
  it.each([
    [17, 17],
    ['0', 0],
    [24, 24],
    [25, null],
    [-1, null],
    ['high', null],
  ])('of %s is %s', (cell, answer) => {
    expect(score?.kind === 'field' && score.decode([cell], { now: NOW, note: () => {} })).toBe(answer);
  });
});
