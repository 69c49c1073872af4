/** Where one agency has several records of a person, or several rows, which of them a single value is taken from. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { idsOf, PEOPLE, tie } from './support/people.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

/** Two nominals of one person, of whom no other agency knows, tied by their PNC number. */
async function nominals(
  serial: string,
  ...rows: { id: string; surname: string; dob?: string | null; merged?: string; updated: string | null }[]
) {
  for (const { id, surname, dob, merged, updated } of rows)
    await sightline.sql(
      'police',
      `insert into "T_NOMINAL" ("NOM_ID", "PNC_ID", "SURNAME", "FORENAME1", "DOB", "SEX_CD", "MERGED_TO_NOM_ID", "UPD_DTTM") values ($1, $2, $3, 'Ottoline', $4, 'F', $5, $6)`,
      [id, serial, surname, dob === undefined ? '19530911' : dob, merged ?? null, updated],
    );
  await sightline.app.refreshIndex();
  await tie(
    sightline,
    '26/000123',
    rows.map(({ id }) => id),
  );
  const ids = await idsOf(
    sightline,
    'police',
    rows.map(({ id }) => id),
  );
  expect(new Set(ids).size).toBe(1);
  const { data } = await sightline.ask(
    'response-officer',
    PEOPLE('identity { name familyName dateOfBirth }'),
    {
      variables: { ids: [ids[0]] },
    },
  );
  return data.people[0].identity;
}

describe('the headline name', () => {
  test('is not that of a record that was merged away, though its number comes first and it was written last', async () => {
    expect(
      await nominals(
        '2001/0000101Z',
        { id: '880001', surname: 'Merriweather', merged: '880002', updated: '202611010000' },
        { id: '880002', surname: 'Vandersloot', updated: '202601010000' },
      ),
    ).toMatchObject({ familyName: 'Vandersloot', name: 'Ottoline Vandersloot' });
  });

  test('is that of the record known to be true last, not of the lower number', async () => {
    expect(
      await nominals(
        '2001/0000102A',
        { id: '880011', surname: 'Fotherington', updated: '202501010000' },
        { id: '880012', surname: 'Fotheringay', updated: '202601010000' },
      ),
    ).toMatchObject({ familyName: 'Fotheringay' });
  });

  test('comes with the date of birth of the same record', async () => {
    expect(
      await nominals(
        '2001/0000103B',
        { id: '880021', surname: 'Quartermaine', dob: '19530911', updated: '202501010000', merged: '880022' },
        { id: '880022', surname: 'Quatermain', dob: '19530912', updated: 'not a date' },
      ),
    ).toMatchObject({ familyName: 'Quatermain', dateOfBirth: '1953-09-12' });
  });
});

describe('legal status under the Mental Health Act', () => {
  const STATUS = 'mentalHealth { detained legalStatus { code } legalStatusFrom legalStatusTo }';
  const rows = (
    ...sections: [
      client: string,
      id: string,
      status: string,
      from: string,
      to: string | null,
      updated: string | null,
    ][]
  ) =>
    Promise.all(
      sections.map((section) =>
        sightline.sql(
          'mental-health',
          `insert into "MHA_Section" ("ClientID", "SectionID", "LegalStatus", "StartDT", "EndDT", "LastUpd") values ($1, $2, $3, $4, $5, $6)`,
          section,
        ),
      ),
    );
  const asked = async () => {
    const [id] = await idsOf(sightline, 'mental-health', ['40018'], { organisation: 'mental-health' });
    const { data } = await sightline.ask('triage-nurse', PEOPLE(STATUS), { variables: { ids: [id] } });
    return data.people[0].mentalHealth;
  };
  beforeAll(async () => {
    await sightline.sql(
      'mental-health',
      `insert into "Client" select '00001', "NHSNumber", "NHSNumStatus", "Surname", "Forename", "DOB", "DOBEstYN", "Gender", "EthnicCat", "MainLang", "InterpYN", "CommNeeds", "DisabilityCd", "AccommStatus", "GPPracticeCode", "SafeContactTxt", "DeceasedYN", "SensitiveYN", "MergedToClientID", "LastUpd", "ChangedTS" from "Client" where "ClientID" = '40018'`,
    );
    await sightline.app.refreshIndex();
    const ids = await idsOf(sightline, 'mental-health', ['00001', '40018']);
    expect(ids[0]).toBe(ids[1]);
  });

  test('of a detention that has ended never stands beside one that lasts', async () => {
    await sightline.sql('mental-health', `delete from "MHA_Section" where "ClientID" in ('40018', '00001')`);
    await rows(
      ['00001', 'W1', '20', '2026-10-01', '2026-10-02', '2026-10-30'],
      ['40018', 'W2', '03', '2026-01-05', null, '2026-01-05'],
    );
    expect(await asked()).toEqual({
      detained: true,
      legalStatus: { code: '03' },
      legalStatusFrom: '2026-01-05',
      legalStatusTo: null,
    });
  });

  test('and is the same by whatever name the query asks for it', async () => {
    const [id] = await idsOf(sightline, 'mental-health', ['40018'], { organisation: 'mental-health' });
    const { data } = await sightline.ask(
      'triage-nurse',
      PEOPLE('mentalHealth { under: legalStatus { code } since: legalStatusFrom }'),
      { variables: { ids: [id] } },
    );
    expect(data.people[0].mentalHealth).toEqual({ under: { code: '03' }, since: '2026-01-05' });
  });

  test('nor within one record, whichever began last', async () => {
    await sightline.sql('mental-health', `delete from "MHA_Section" where "ClientID" in ('40018', '00001')`);
    await rows(
      ['40018', 'W3', '02', '2026-01-05', null, null],
      ['40018', 'W4', '20', '2026-10-01', '2026-10-02', '2026-10-30'],
    );
    expect(await asked()).toEqual({
      detained: true,
      legalStatus: { code: '02' },
      legalStatusFrom: '2026-01-05',
      legalStatusTo: null,
    });
  });

  test('of two that are over is the one known last, with its own dates', async () => {
    await sightline.sql('mental-health', `delete from "MHA_Section" where "ClientID" in ('40018', '00001')`);
    await rows(
      ['00001', 'W5', '20', '2025-10-01', '2025-10-02', '2025-10-02'],
      ['00001', 'W7', '19', '2024-10-01', '2024-10-02', null],
      ['40018', 'W6', '02', '2025-01-05', '2025-02-02', '2025-12-02'],
    );
    expect(await asked()).toEqual({
      detained: false,
      legalStatus: { code: '02' },
      legalStatusFrom: '2025-01-05',
      legalStatusTo: '2025-02-02',
    });
  });
});

describe('the address by which the index finds somebody', () => {
  const agencies: [agency: string, person: string, insert: string][] = [
    [
      'mental-health',
      'select min("ClientID") as id from "Client"',
      `insert into "ClientAddress" ("AddressID", "ClientID", "Postcode", "CurrentYN", "StartDT") values ('00000', $1, 'ZZ8 1AA', 'Y', '1991-01-01'), ('ZZZZZ', $1, 'ZZ8 9ZZ', 'Y', '2026-11-01')`,
    ],
    [
      'probation',
      'select min("CRN") as id from "OFFENDER"',
      `insert into "OFFENDER_ADDRESS" ("ADDRESS_ID", "CRN", "POSTCODE", "STATUS_CD", "FROM_DT") values ('00000', $1, 'ZZ8 1AA', 'M', '1991-01-01'), ('ZZZZZ', $1, 'ZZ8 9ZZ', 'M', '2026-11-01')`,
    ],
    [
      'primary-care',
      'select min("PATIENT_ID") as id from "PATIENT"',
      `insert into "PATIENT_ADDR" ("ADDR_ID", "PATIENT_ID", "POSTCODE", "CURR_YN", "START_DT") values ('00000', $1, 'ZZ8 1AA', 'Y', '1991-01-01'), ('ZZZZZ', $1, 'ZZ8 9ZZ', 'Y', '2026-11-01')`,
    ],
  ];
  test.each(agencies)(
    'at %s is the one that began last, not that of the lower number',
    async (agency, person, insert) => {
      const [{ id } = {}] = await sightline.sql(agency, person);
      await sightline.sql(agency, insert, [id]);
      await sightline.app.refreshIndex();
      const [row] = await sightline.store(
        'select postcode from index_record where agency = $1 and record = $2',
        [agency, id],
      );
      expect(String(row?.postcode).replaceAll(' ', '')).toBe('ZZ89ZZ');
    },
  );
});
