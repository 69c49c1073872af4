/** Whose rows are whose: keys are compared as the agency's column compares them, and two people's rows are never mixed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AgencyDatabase } from '../../src/compile/run/agency-database.ts';
import { ask, open, shielded } from './support/ask.ts';
import { openClinic } from './support/clinic-connection.ts';
import { type ClinicDatabase, clinicDatabase } from './support/clinic-database.ts';

const BOTH = (one: string, other: string) =>
  `{ profile(keys: [${JSON.stringify(one)}, ${JSON.stringify(other)}]) { key name }
     visits(keys: [${JSON.stringify(one)}, ${JSON.stringify(other)}]) { items { note } } }`;

/** A clinic whose keys are of this type, with these people, each with one visit that names them. */
function clinicOf(type: string, people: readonly (readonly [key: string, name: string])[]) {
  const clinic = {} as { database: AgencyDatabase; made: ClinicDatabase };
  beforeAll(async () => {
    const made = await clinicDatabase();
    await made.sql(`alter table "T_PERSON" alter "P_ID" type ${type}`);
    await made.sql(`alter table "T_VISIT" alter "P_ID" type ${type}`);
    for (const [at, [key, name]] of people.entries()) {
      await made.sql(`insert into "T_PERSON" values ($1, $2, null, $3, null, 'N', null)`, [
        key,
        name,
        `ZZ${at}`,
      ]);
      await made.sql(`insert into "T_VISIT" values ($1, $2, 'C', '2026-01-01', 'north', $3, 'N')`, [
        at,
        key,
        `of ${name}`,
      ]);
    }
    Object.assign(clinic, { made, database: openClinic(made.url) });
  });
  afterAll(async () => {
    await clinic.database.close();
    await clinic.made.drop();
  });
  return clinic;
}

describe.each(['varchar(6)', 'text'])('keys of type %s that differ in blanks', (type) => {
  const clinic = clinicOf(type, [
    ['77001 ', 'Ada'],
    ['77001', 'Bo'],
    [' 77001', 'Cy'],
  ]);

  test('asked together each get their own rows', async () => {
    const { data } = await ask(clinic.database, BOTH('77001 ', '77001'));
    expect(data.profile).toEqual([
      { key: '77001 ', name: 'Ada' },
      { key: '77001', name: 'Bo' },
    ]);
    expect(data.visits).toEqual([{ items: [{ note: 'of Ada' }] }, { items: [{ note: 'of Bo' }] }]);
  });

  test('asked alone get no more than their own', async () => {
    const { data } = await ask(clinic.database, `{ profile(keys: ["77001  ", " 77001"]) { name known } }`);
    expect(data.profile).toEqual([
      { name: null, known: false },
      { name: 'Cy', known: true },
    ]);
  });

  test('have each their own place shield, and are told apart where a row names its record', async () => {
    const of = (key: string) => (key === '77001 ' ? shielded : open);
    const { data } = await ask(
      clinic.database,
      `{ profile(keys: ["77001 ", "77001"]) { postcode } numbers(keys: ["77001 ", "77001"]) { items { source { record } } } }`,
      { of },
    );
    expect(data.profile).toEqual([{ postcode: null }, { postcode: 'ZZ1' }]);
    const records = data.numbers.map(
      ({ items }: { items: { source: { record: string } }[] }) => items[0]?.source.record,
    );
    expect(new Set(records).size).toBe(2);
  });
});

describe('keys of a type that pads', () => {
  const clinic = clinicOf('char(8)', [
    ['77001', 'Ada'],
    ['77002', 'Bo'],
  ]);

  test.each([['77001'], ['77001   ']])('find their rows however they are padded: %j', async (key) => {
    const { data } = await ask(
      clinic.database,
      `{ profile(keys: [${JSON.stringify(key)}, "77002"]) { key name } }`,
    );
    expect(data.profile).toEqual([
      { key, name: 'Ada' },
      { key: '77002', name: 'Bo' },
    ]);
  });

  test('are refused together where the column takes two for one: nobody gets the other’s rows, nor their own', async () => {
    await expect(ask(clinic.database, BOTH('77001', '77001 '))).rejects.toMatchObject({
      code: 'KEYS_NOT_DISTINCT',
    });
  });
});

describe('keys of a type of number', () => {
  const clinic = clinicOf('bigint using "P_ID"::bigint', [
    ['77001', 'Ada'],
    ['77002', 'Bo'],
  ]);

  test('are compared by value', async () => {
    const { data } = await ask(clinic.database, BOTH('077001', '77002'));
    expect(data.profile).toEqual([
      { key: '077001', name: 'Ada' },
      { key: '77002', name: 'Bo' },
    ]);
  });

  test('are refused together where two have one value', async () => {
    await expect(ask(clinic.database, BOTH('77001', '077001'))).rejects.toMatchObject({
      code: 'KEYS_NOT_DISTINCT',
    });
  });
});
