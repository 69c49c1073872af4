import { loadKeys } from '../../../src/person-index/records/keys.ts';
import { createSealedIds } from '../../../src/person-index/records/sealed-ids.ts';
import type { Answer, Sightline } from '../../support/sightline.ts';

/** A question about Maya Kerr, found as somebody at her door would find her. */
export const maya = (fields: string) =>
  `{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { outcome people { person { ${fields} } } } }`;

// biome-ignore lint/suspicious/noExplicitAny: whatever shape the query of the test has
export const found = (answer: Answer): any => answer.data.findPeople.people[0].person;

export const STREET = 'police:26/000123';

/** The public ids of whoever these records of an agency are linked to, as this organisation knows them under this reference. */
export async function idsOf(
  sightline: Sightline,
  agency: string,
  records: readonly string[],
  { organisation = 'police', reference = STREET } = {},
): Promise<string[]> {
  const rows = await sightline.store(
    'select record, person from index_record where agency = $1 and record = any($2)',
    [agency, records],
  );
  const people = new Map(rows.map(({ record, person }) => [record, person as string]));
  const sealed = createSealedIds(loadKeys({ dataDir: sightline.dataDir }), organisation, reference);
  return records.map((record) => {
    const person = people.get(record);
    if (!person) throw new Error(`The index has nobody for ${agency} ${record}`);
    return sealed.seal('person', person);
  });
}

/** Ties nominals to an incident, as the control room does. */
export async function tie(sightline: Sightline, occurrence: string, nominals: readonly string[]) {
  await sightline.sql(
    'police',
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM", "UPD_DTTM")
     select $1, nominal, 'I', 'CFS', '202611200300', '202611200300' from unnest($2::text[]) as nominal
     on conflict do nothing`,
    [occurrence, nominals],
  );
}

export const PEOPLE = (fields: string) => `query ($ids: [ID!]!) { people(ids: $ids) { ${fields} } }`;
