/** Answers are read at the moment of asking, from rows as they stand: changed, merged or dirty. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { wholePerson } from '../support/whole-person.ts';
import { found, idsOf, maya, PEOPLE, tie } from './support/people.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const about = async (persona: string, fields: string) => found(await sightline.ask(persona, maya(fields)));

interface Source {
  agency: { id: string };
}
/** What one agency says, of a list that several fill. */
const from = <Item extends { source: Source }>(agency: string, items: readonly Item[]): Item[] =>
  items.filter(({ source }) => source.agency.id === agency);

describe('a row that changes changes the next answer', () => {
  const changes: [string, string, string, string, (person: never) => unknown, unknown][] = [
    [
      'police',
      `update "T_WARN_MKR" set "GUIDE_TXT" = 'Wait for the nurse.' where "NOM_ID" = '100018'`,
      'response-officer',
      'warningMarkers { items { guidance source { agency { id } } } }',
      (person: { warningMarkers: { items: { guidance: string; source: { agency: { id: string } } }[] } }) =>
        person.warningMarkers.items.find(({ source }) => source.agency.id === 'police')?.guidance,
      'Wait for the nurse.',
    ],
    [
      'mental-health',
      `update "Referral" set "StatusCd" = 'C' where "ClientID" = '40018'`,
      'response-officer',
      'mentalHealth { openToService }',
      (person: { mentalHealth: { openToService: boolean } }) => person.mentalHealth.openToService,
      false,
    ],
    [
      'housing',
      `update rent_acct set bal_amt = 0, arrears_wks = 0 where tenancy_ref = '004418/01'`,
      'housing-officer',
      'housing { arrearsPence }',
      (person: { housing: { arrearsPence: number } }) => person.housing.arrearsPence,
      0,
    ],
  ];
  test.each(changes)('at %s: %s', async (agency, sql, persona, fields, value, expected) => {
    expect(value((await about(persona, fields)) as never)).not.toEqual(expected);
    await sightline.sql(agency, sql);
    expect(value((await about(persona, fields)) as never)).toEqual(expected);
  });

  test('at children’s services: the worker who leaves a case leaves what rests on it', async () => {
    const question = 'identity { name }';
    expect((await about('mash-social-worker', question)).identity.name).toBeTruthy();
    const involvement = `"FACT_REFERRAL_ID" = 26018 and "IS_ALLOCATED_CW_FLAG" in ('Y', '1')`;
    await sightline.sql(
      'childrens-services',
      `update "FACT_INVOLVEMENTS" set "END_DTTM" = now() - interval '1 day' where ${involvement}`,
    );
    const after = await sightline.ask('mash-social-worker', maya(question));
    expect(after.data.findPeople).toMatchObject({ outcome: 'NO_MATCH', people: [] });
    await sightline.sql(
      'childrens-services',
      `update "FACT_INVOLVEMENTS" set "END_DTTM" = null where ${involvement}`,
    );
    expect((await about('mash-social-worker', question)).identity.name).toBeTruthy();
  });

  test('a row that goes is gone', async () => {
    const allergies = async () => {
      const { clinical } = await about(
        'triage-nurse',
        'clinical { allergies { substance source { agency { id } } } }',
      );
      return from('mental-health', clinical.allergies);
    };
    expect(await allergies()).not.toEqual([]);
    await sightline.sql('mental-health', `delete from "Allergy" where "ClientID" = '40018'`);
    expect(await allergies()).toEqual([]);
  });
});

test('rows of a nominal that was merged into another are gathered with the other’s', async () => {
  await sightline.sql(
    'police',
    `insert into "T_WARN_MKR" ("MKR_ID", "NOM_ID", "MKR_CD", "START_DT", "GUIDE_TXT", "UPD_DTTM") values ('M199', '100199', 'WEAPONS', '20260101', 'Ask about knives.', '202601010000')`,
  );
  await tie(sightline, '26/000123', ['100200']);
  const ids = await idsOf(sightline, 'police', ['100200', '100199']);
  expect(ids[0]).toBe(ids[1]);
  const answer = await sightline.ask(
    'response-officer',
    PEOPLE('warningMarkers { items { type source { record agency { id } } } } identity { records { name } }'),
    {
      variables: { ids: [ids[0]] },
    },
  );
  const [owen] = answer.data.people;
  const items = from<{ type: string; source: { record: string } & Source }>(
    'police',
    owen.warningMarkers.items,
  );
  expect(items.map(({ type }) => type).toSorted()).toEqual(['DRUGS', 'WEAPONS']);
  expect(new Set(items.map(({ source }) => source.record)).size).toBe(2);
  expect(JSON.stringify(owen.identity.records)).toMatch(/tait/i);
});

describe('a row that cannot be right', () => {
  const EVERYTHING = () => wholePerson(sightline.app.catalogue);
  const notes = (from: number) =>
    sightline.logged
      .slice(from)
      .map((line) => JSON.parse(line))
      .filter(({ msg }) => msg === 'data quality');

  const dirt: [string, string, string, string, string, (person: never) => unknown][] = [
    [
      'a code that is in no list',
      'police',
      `update "T_WARN_MKR" set "MKR_CD" = 'ZZTOP' where "NOM_ID" = '100018'`,
      'response-officer',
      'warningMarkers { items { type source { agency { id } } } }',
      (person: { warningMarkers: { items: { type: string; source: { agency: { id: string } } }[] } }) =>
        person.warningMarkers.items.find(({ source }) => source.agency.id === 'police')?.type,
    ],
    [
      'a day that is in no calendar',
      'mental-health',
      `update "CarePlan" set "ReviewDue" = '31/02/2026' where "ClientID" = '40018'`,
      'triage-nurse',
      'crisisPlan { reviewDate }',
      (person: { crisisPlan: { reviewDate: string } }) => person.crisisPlan.reviewDate,
    ],
    [
      'a date that stands for not knowing',
      'police',
      `update "T_WARN_MKR" set "START_DT" = '19000101' where "NOM_ID" = '100018'`,
      'response-officer',
      'warningMarkers { items { from source { agency { id } } } }',
      (person: { warningMarkers: { items: { from: string; source: { agency: { id: string } } }[] } }) =>
        person.warningMarkers.items.find(({ source }) => source.agency.id === 'police')?.from,
    ],
    [
      'words for a date',
      'housing',
      `update tenant_alert set review_dt = 'soon' where tenant_no = '50018'`,
      'response-officer',
      'warningMarkers { items { reviewDate source { agency { id } } } }',
      (person: { warningMarkers: { items: { reviewDate: string; source: { agency: { id: string } } }[] } }) =>
        person.warningMarkers.items.find(({ source }) => source.agency.id === 'housing')?.reviewDate,
    ],
    [
      'a flag that is neither',
      'mental-health',
      `update "Client" set "InterpYN" = '?' where "ClientID" = '40018'`,
      'triage-nurse',
      'demographics { records { interpreterNeeded } }',
      (person: { demographics: { records: { interpreterNeeded: boolean }[] } }) =>
        person.demographics.records[0]?.interpreterNeeded,
    ],
    [
      'a legal status that the law does not know',
      'mental-health',
      `update "MHA_Section" set "LegalStatus" = 'ZZ', "EndDT" = null where "ClientID" = '40018'`,
      'triage-nurse',
      'mentalHealth { detained legalStatus { code } }',
      (person: { mentalHealth: { detained: boolean; legalStatus: null } }) => person.mentalHealth.detained,
    ],
    [
      'more money than there is',
      'housing',
      `update rent_acct set bal_amt = 99999999.99 where tenancy_ref = '004418/01'`,
      'housing-officer',
      'housing { arrearsPence }',
      (person: { housing: { arrearsPence: number } }) => person.housing.arrearsPence,
    ],
    [
      'a day of birth to come',
      'police',
      `update "T_NOMINAL" set "DOB" = '20990101' where "NOM_ID" = '100018'`,
      'response-officer',
      'identity { records { dateOfBirth kind source { agency { id } } } }',
      (person: {
        identity: { records: { dateOfBirth: string; kind: string; source: { agency: { id: string } } }[] };
      }) =>
        person.identity.records.find(
          ({ source, kind }) => source.agency.id === 'police' && kind === 'CURRENT',
        )?.dateOfBirth,
    ],
  ];
  test.each(dirt)(
    '(%s) at %s is null, with a note in the log that does not quote it',
    async (_what, agency, sql, persona, fields, value) => {
      await sightline.sql(agency, sql);
      const from = sightline.logged.length;
      const answer = await sightline.ask(persona, maya(fields));
      expect(answer.status).toBe(200);
      expect(value(found(answer) as never)).toBeNull();
      expect(notes(from)).toContainEqual(expect.objectContaining({ agency, problem: expect.any(String) }));
      // Not the ids of the requests, which have any four digits sometime.
      const problems = notes(from).map(({ problem }) => problem);
      expect(problems.join('\n')).not.toMatch(/ZZTOP|31\/02|1900|soon|"\?"|99999999|2099|kerr/i);
    },
  );

  test('is noted once a request, however many rows have it', async () => {
    await sightline.sql('police', `update "T_OCCURRENCE" set "OUTC_CD" = 'ZZ' where "NOM_ID" = '100018'`);
    const from = sightline.logged.length;
    const { policeEvents } = await about('response-officer', 'policeEvents { items { outcome } }');
    expect(policeEvents.items.length).toBeGreaterThan(3);
    const problems = notes(from).map(({ problem }) => problem);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/OUTC_CD/);
  });

  test('never fails the answer, whatever is written in a text column', async () => {
    const columns: [string, string, string][] = [
      ['police', 'T_OCCURRENCE', 'RPT_DTTM'],
      ['police', 'T_OCCURRENCE', 'OCC_TYPE'],
      ['police', 'T_WARN_MKR', 'REVIEW_DT'],
      ['police', 'T_NOMINAL', 'SEX_CD'],
      ['police', 'T_INTEL_RPT', 'SRC_EVAL'],
      ['mental-health', 'Client', 'CommNeeds'],
      ['mental-health', 'Client', 'EthnicCat'],
      ['mental-health', 'Referral', 'TeamType'],
      ['mental-health', 'Diagnosis', 'ICD10'],
      ['housing', 'tenant_alert', 'alert_cd'],
      ['housing', 'household_member', 'rel_cd'],
      ['housing', 'rent_acct', 'action_cd'],
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...columns),
        fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('\0')),
        async ([agency, table, column], text) => {
          await sightline.sql(
            agency,
            `update "${table}" set "${column}" = left($1, (select character_maximum_length from information_schema.columns where table_name = '${table}' and column_name = '${column}'))`,
            [text],
          );
          for (const persona of ['triage-nurse', 'response-officer']) {
            const answer = await sightline.ask(persona, maya(EVERYTHING()));
            expect(answer.status).toBe(200);
            const told = answer.errors.map(({ extensions: { code, reason } }) =>
              reason === 'UNREADABLE' ? reason : code,
            );
            const rightly = ['WITHHELD', 'NOT_AVAILABLE', 'UNREADABLE'];
            expect([...new Set(told)].filter((one) => !rightly.includes(String(one)))).toEqual([]);
          }
        },
      ),
      { numRuns: 30 },
    );
  }, 60_000);
});
