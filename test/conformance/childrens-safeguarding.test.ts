import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter } from '../../adapters/childrens-services/index.ts';
import { childrensRows } from '../../fixtures/childrens-services/rows.ts';
import { insertRows } from '../../fixtures/insert.ts';
import { SCENARIO_PEOPLE } from '../../fixtures/people.ts';
import type { Asking } from '../../src/conformance/ask-agency.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { askAgency } from './support/ask-agency.ts';
import { insert } from './support/rows.ts';

const AT_NIGHT = new Date('2026-11-22T03:10:00Z');
const AT_NOON = new Date('2026-11-23T12:00:00Z');

let agency: TestAgency;
const ask = (document: string, asking: Partial<Asking> = {}) =>
  askAgency(agency, adapter, document, { now: AT_NIGHT, ...asking });
const row = (table: string, cells: Record<string, unknown>) => insert(agency.admin, table, cells);

beforeAll(async () => {
  agency = await openEmptyAgency('childrens-services');
  await agency.grant(adapter);
  await insertRows(
    agency.admin,
    childrensRows(AT_NIGHT)({ people: SCENARIO_PEOPLE, incidents: [], conferenceCases: [] }),
  );
});
afterAll(() => agency.close());

const SAFEGUARDING = `known items {
  status responsibleAuthority dutyContact { desk phone staffedNow } category { code text } from to
  placementType { code } placementAddress { lines postcode kind current }
}`;
const safeguardingOf = async (person: string, asking: Partial<Asking> = {}) => {
  const { childSafeguarding } = await ask(
    `{ childSafeguarding(keys: ["${person}"]) { ${SAFEGUARDING} } }`,
    asking,
  );
  return childSafeguarding[0];
};

describe('Tia Grant, placed here by Southmere', () => {
  it('is looked after by Southmere, whose duty team is named, under a full care order', async () => {
    const { known, items } = await safeguardingOf('80220');
    expect(known).toBe(true);
    expect(items.filter((one: { status: string[] }) => one.status?.includes('LOOKED_AFTER'))).toMatchObject([
      {
        responsibleAuthority: 'Southmere Council',
        dutyContact: { phone: '01632 960390' },
        category: { code: 'C2', text: 'Full care order' },
        to: null,
        placementType: { code: 'U6' },
        placementAddress: {
          lines: ['11 Tannery Walk, Millbrook Cross'],
          postcode: 'ZZ3 4TW',
          kind: 'PLACEMENT',
          current: true,
        },
      },
    ]);
  });

  it('is known from a protection plan that Southmere has closed', async () => {
    const { items } = await safeguardingOf('80220');
    const [plan] = items.filter((one: { category: { code: string } | null }) => one.category?.code === 'NEG');
    expect(plan).toMatchObject({ status: ['PREVIOUSLY_KNOWN'], responsibleAuthority: 'Southmere Council' });
    expect(plan.to).not.toBeNull();
  });

  it('has no address but the one she left, which is not current; where she is placed stands with the placement', async () => {
    const document = '{ addresses(keys: ["80220"]) { items { postcode kind current } } }';
    expect((await ask(document)).addresses[0].items).toEqual([
      { postcode: 'ZZ4 2LR', kind: 'HOME', current: false },
    ]);
    const current = await ask(document, { sections: { addresses: { rows: { current: true } } } });
    expect(current.addresses[0].items).toEqual([]);
  });

  it('is fed to the index without the place where she lives', async () => {
    const records = await adapter.index.page(agency.reader, null, 100, () => {});
    const tia = records.find((one) => one.record === '80220');
    expect(tia).toMatchObject({ postcode: null, place: null });
    expect(tia?.related).toContainEqual({ record: '80219', sameHousehold: false });
  });

  it('shows nothing of place or authority under a place shield, and is looked after all the same', async () => {
    const { items } = await safeguardingOf('80220', { shielded: true });
    expect(JSON.stringify(items)).not.toMatch(/Tannery|ZZ3|Southmere/);
    expect(items.map((one: { status: string[] }) => one.status?.[0])).toContain('LOOKED_AFTER');
  });
});

describe('a household', () => {
  const members = (person: string, asking: Partial<Asking> = {}) =>
    ask(
      `{ household(keys: ["${person}"]) { dependentChildren members { relationship parentalResponsibility sameAddress expected } } }`,
      asking,
    ).then(({ household }) => household[0]);

  it('names a child who lives elsewhere and a baby who is expected, and counts neither as dependent', async () => {
    const { dependentChildren, members: found } = await members('80219');
    expect(dependentChildren).toBe(false);
    expect(found).toHaveLength(2);
    expect(found).toContainEqual({
      relationship: 'CHILD',
      parentalResponsibility: false,
      sameAddress: false,
      expected: false,
    });
    expect(found).toContainEqual({
      relationship: 'CHILD',
      parentalResponsibility: false,
      sameAddress: true,
      expected: true,
    });
  });

  it('says that a mother has parental responsibility', async () => {
    const { members: found } = await members('81384');
    expect(found).toContainEqual(
      expect.objectContaining({ relationship: 'PARENT', parentalResponsibility: true, sameAddress: true }),
    );
  });

  it('is without whoever is hidden from the caller', async () => {
    const { members: found } = await members('80219', { hidden: ['80220'] });
    expect(found).toEqual([expect.objectContaining({ expected: true })]);
  });
});

describe('statuses of a child', () => {
  const statusesOf = async (person: string): Promise<string[]> =>
    (await safeguardingOf(person)).items.flatMap((one: { status: string[] | null }) => one.status ?? []);

  it.each([
    ['Isla Kerr', '80019', ['IN_NEED']],
    ['Maya Kerr, who is of age', '80018', ['PREVIOUSLY_KNOWN']],
    ['Kai Shaw', '80151', ['EARLY_HELP']],
    ['Carla Grant’s baby', '80222', ['IN_NEED', 'UNBORN_PROTECTION_PLAN']],
    ['Sami Haddad', '81384', ['EARLY_HELP', 'IN_NEED', 'PREVIOUSLY_KNOWN', 'PROTECTION_PLAN']],
    ['Siobhan Doyle, who is a mother only', '80026', []],
  ])('%s', async (_, person, statuses) => {
    expect((await statusesOf(person)).toSorted()).toEqual(statuses);
  });

  it('are not known of somebody here as a relative alone', async () => {
    expect((await safeguardingOf('80026')).known).toBe(false);
  });

  it('say under an enquiry while it runs', async () => {
    await row('DIM_PERSON', { DIM_PERSON_ID: 60, IS_CLIENT: ' ' });
    await row('FACT_S47', { FACT_S47_ID: 9001, DIM_PERSON_ID: 60, START_DTTM: '2026-11-20' });
    const { known, items } = await safeguardingOf('60');
    expect(known).toBeNull();
    expect(items).toMatchObject([{ status: ['SECTION_47_ENQUIRY'], from: '2026-11-20' }]);
  });

  it('come with the team that answers now: the hub by day, the emergency duty team by night, whatever the child is known for', async () => {
    const [plan] = (await safeguardingOf('80151')).items;
    const [night] = (await safeguardingOf('80019')).items;
    const [noon] = (await safeguardingOf('80019', { now: AT_NOON })).items;
    expect(plan.dutyContact).toEqual(night.dutyContact);
    expect(night.dutyContact).toMatchObject({ phone: '01632 960301', staffedNow: true });
    expect(noon.dutyContact).toMatchObject({ phone: '01632 960300', staffedNow: true });
  });

  it('are of a nameless authority where a plan is another’s and says not whose', async () => {
    await row('FACT_CP_PLAN', {
      FACT_CP_PLAN_ID: 9001,
      DIM_PERSON_ID: 60,
      IS_OLA: '1',
      INIT_CATEGORY_DESC: 'emo ',
    });
    await row('FACT_CP_PLAN', {
      FACT_CP_PLAN_ID: 9002,
      DIM_PERSON_ID: 60,
      OLA_CODE: '777',
      INIT_CATEGORY_DESC: 'X',
    });
    const plans = (await safeguardingOf('60')).items.filter((one: { status: string[] }) =>
      one.status.includes('PROTECTION_PLAN'),
    );
    expect(plans.map((one: { responsibleAuthority: unknown }) => one.responsibleAuthority)).toEqual([
      null,
      null,
    ]);
    expect(plans.map((one: { category: unknown }) => one.category)).toEqual([
      { code: 'EMO', text: 'Emotional abuse' },
      null,
    ]);
    for (const plan of plans) expect(plan.dutyContact.phone).toBe('01632 960301');
  });
});
