/** Generated clients of adult social care and of the charity, written a part at a time into the real tables. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter as adultServices } from '../../adapters/adult-services/index.ts';
import type { AnyAdapter, IndexRecord } from '../../adapters/contract.ts';
import { adapter as charity } from '../../adapters/domestic-abuse-service/index.ts';
import { adultRows } from '../../fixtures/adult-services/rows.ts';
import { domesticAbuseRows } from '../../fixtures/domestic-abuse-service/rows.ts';
import { insertRows } from '../../fixtures/insert.ts';
import type { Person, World } from '../../fixtures/model.ts';
import { dwelling } from '../../fixtures/places.ts';
import { generatedAdult } from '../../fixtures/population/adult-services.ts';
import { adult, childOf } from '../../fixtures/population/citizen.ts';
import { generatedClient } from '../../fixtures/population/domestic-abuse-service.ts';
import { nhsNumberOf } from '../../fixtures/population/numbers.ts';
import { randomFrom } from '../../fixtures/random.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const PARTS = 3;
const PEOPLE_IN_A_PART = 400;

const random = randomFrom(20150401);
const citizens = Array.from({ length: PARTS * PEOPLE_IN_A_PART }, (_, index) =>
  adult(index, { place: dwelling(index), before: null }, random),
);
const people = citizens.map((citizen): Person => {
  const child = childOf(citizen, citizen.surname, citizen.index + 1_000_000, random);
  const family = [{ ...child, kinship: 'CHILD' as const, known: false }];
  return {
    key: `generated-${citizen.index}`,
    adultServices: generatedAdult(citizen, family, random),
    domesticAbuse: generatedClient(citizen, family, random),
  };
});
const parts = Array.from({ length: PARTS }, (_, part): World => {
  const first = part * PEOPLE_IN_A_PART;
  return { people: people.slice(first, first + PEOPLE_IN_A_PART), incidents: [], conferenceCases: [] };
});

async function fed(agency: TestAgency, adapter: AnyAdapter): Promise<readonly IndexRecord[]> {
  await agency.grant(adapter);
  return adapter.index.page(agency.reader, null, people.length + 1, () => {});
}

describe('generated clients of adult social care', () => {
  let agency: TestAgency;
  beforeAll(async () => {
    agency = await openEmptyAgency('adult-services');
    const write = adultRows(NOW);
    for (const part of parts) await insertRows(agency.admin, write(part));
  });
  afterAll(() => agency.close());

  it('are each fed once, with the NHS number that other agencies have of them or none', async () => {
    const records = await fed(agency, adultServices);
    expect(records).toHaveLength(people.length);
    const known = new Set(citizens.map(nhsNumberOf));
    const numbers = records.flatMap(({ identifiers }) =>
      identifiers.flatMap(({ system, value }) => (system === 'NHS_NUMBER' ? [value] : [])),
    );
    expect(numbers.length).toBeGreaterThan(people.length / 2);
    expect(numbers.filter((number) => !known.has(number))).toEqual([]);
  });

  it('have allocations, some over, whose references the adapter knows', async () => {
    const { rows } = await agency.admin.query<{ ALLOC_REF: string }>('select "ALLOC_REF" from "ASC_ALLOC"');
    const found = await Promise.all(
      rows.slice(0, 60).map(({ ALLOC_REF }) => adultServices.reference.find(agency.reader, ALLOC_REF, NOW)),
    );
    expect(new Set(found.map((facts) => facts?.live))).toEqual(new Set([true, false]));
  });
});

describe('generated clients of the charity', () => {
  let agency: TestAgency;
  beforeAll(async () => {
    agency = await openEmptyAgency('domestic-abuse-service');
    const write = domesticAbuseRows(NOW);
    for (const part of parts) await insertRows(agency.admin, write(part));
  });
  afterAll(() => agency.close());

  it('are all victims, with nobody on the other side and no place', async () => {
    const records = await fed(agency, charity);
    expect(records).toHaveLength(people.length);
    for (const { adverse, place, postcode } of records)
      expect({ adverse, place, postcode }).toEqual({ adverse: [], place: null, postcode: null });
    const { rows } = await agency.admin.query('select distinct "PARTY_CD" from "CLIENT"');
    expect(rows).toEqual([{ PARTY_CD: 'V ' }]);
  });

  it('give no persona a case', async () => {
    const ids = people.flatMap(({ domesticAbuse }) => (domesticAbuse ? [domesticAbuse.client] : []));
    await agency.grant(charity);
    expect(await charity.reference.caseload(agency.reader, 'IDVA07', ids, NOW)).toEqual([]);
    expect(await charity.reference.caseload(agency.reader, 'IDVA11', ids, NOW)).not.toEqual([]);
  });
});
