import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter } from '../../adapters/childrens-services/index.ts';
import { childrensRows } from '../../fixtures/childrens-services/rows.ts';
import { insertRows } from '../../fixtures/insert.ts';
import { HIDDEN_PLACE } from '../../fixtures/people/domestic-abuse.ts';
import { SCENARIO_PEOPLE } from '../../fixtures/people.ts';
import type { Asking } from '../../src/conformance/ask-agency.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { askAgency } from './support/ask-agency.ts';
import { insert } from './support/rows.ts';

const AT_NIGHT = new Date('2026-11-22T03:10:00Z');

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
describe('early help for the Shaws', () => {
  it('names needs, strengths and who does what by when', async () => {
    const { needs } = await ask(
      '{ needs(keys: ["80151"]) { items { outcome kind evidence recordedOn } plan { goal action owner { name role team phone } due done } } }',
    );
    expect(needs[0].items).toContainEqual({
      outcome: 'EDUCATION',
      kind: 'NEED',
      evidence: 'Attendance 82 %; away most Mondays.',
      recordedOn: '2026-10-27',
    });
    expect(needs[0].items.map((one: { kind: string }) => one.kind)).toContain('STRENGTH');
    expect(needs[0].plan).toContainEqual(
      expect.objectContaining({
        owner: {
          name: 'Bola Trent',
          role: 'Early-help lead practitioner',
          team: 'Early Help North',
          phone: '01632 960314',
        },
        due: '2026-12-13',
        done: false,
      }),
    );
  });

  const services = async (kinds?: readonly string[]) => {
    const { involvements } = await ask(
      '{ involvements(keys: ["80151"]) { items { service status lead { name } } } }',
      kinds && { sections: { involvements: { rows: { service: kinds } } } },
    );
    return involvements[0].items;
  };
  const SOCIAL_CARE = { service: 'CHILDRENS_SOCIAL_CARE', status: 'OPEN', lead: { name: 'Hugh Penrose' } };
  const EARLY_HELP = { service: 'EARLY_HELP', status: 'OPEN', lead: { name: 'Bola Trent' } };

  it('stands beside social care, each with who leads it', async () => {
    expect(await services()).toEqual([SOCIAL_CARE, EARLY_HELP]);
  });

  it('is shown without social care to whoever may see early help alone', async () => {
    expect(await services(['EARLY_HELP'])).toEqual([EARLY_HELP]);
    expect(await services(['CHILDRENS_SOCIAL_CARE'])).toEqual([SOCIAL_CARE]);
  });
});

describe('pupil numbers', () => {
  const identifiers = async (person: string) =>
    (await ask(`{ identifiers(keys: ["${person}"]) { items { system value verified } } }`)).identifiers[0]
      .items;

  it('are told with the other numbers of a child', async () => {
    expect(await identifiers('80019')).toEqual([
      { system: 'UPN', value: 'J901200100019', verified: false },
      { system: 'NHS_NUMBER', value: '9990000190', verified: false },
      { system: 'LOCAL', value: '80019', verified: true },
    ]);
  });

  it.each(['UN1', 'un7', 'UN3 ', ' UN4'])(
    'are never told where there is none: %j is a reason',
    async (reason) => {
      await row('DIM_PERSON', { DIM_PERSON_ID: 70, UPN: reason });
      const found = await identifiers('70');
      await agency.admin.query('delete from "DIM_PERSON" where "DIM_PERSON_ID" = 70');
      expect(found.filter((one: { value: unknown }) => /UN/i.test(String(one.value)))).toEqual([]);
    },
  );
});

describe('demographics', () => {
  it('decode by the lists of the Department for Education', async () => {
    const { demographics } = await ask(
      '{ demographics(keys: ["80019"]) { records { ethnicity { code text system } language { text } communicationNeeds disability { code text } } } }',
    );
    expect(demographics[0].records).toEqual([
      {
        ethnicity: { code: 'WBRI', text: 'White British', system: 'DfE ethnicity' },
        language: { text: 'English' },
        communicationNeeds: ['Face her when you speak', 'left hearing aid'],
        disability: [
          { code: 'COMM', text: 'Communication' },
          { code: 'HEAR', text: 'Hearing' },
        ],
      },
    ]);
  });
});

describe('children in the refuge', () => {
  it('show no word of the place in any section, and their needs by heading', async () => {
    const everything = await ask(
      `{ ${['81383', '81384', '81385']
        .map(
          (key) => `
        s${key}: childSafeguarding(keys: ["${key}"]) { ${SAFEGUARDING} }
        n${key}: needs(keys: ["${key}"]) { items { outcome evidence } plan { goal action owner { name role team phone } } }
        a${key}: addresses(keys: ["${key}"]) { items { lines postcode uprn from current } }
        c${key}: contact(keys: ["${key}"]) { safeContact items { kind value } }
        d${key}: demographics(keys: ["${key}"]) { records { communicationNeeds language { text } } }
        i${key}: involvements(keys: ["${key}"]) { items { service lead { name role team phone } } }`,
        )
        .join('\n')} }`,
      { shielded: true },
    );
    const written = JSON.stringify(everything);
    // Marcus Dell leads at the school near it.
    for (const word of [...Object.values(HIDDEN_PLACE), 'Marcus Dell']) expect(written).not.toContain(word);
    expect(everything.n81384[0].items).toContainEqual({
      outcome: 'SAFE_FROM_DOMESTIC_ABUSE',
      evidence: null,
    });
  });
});
