/** What the scenarios ask of primary care, asked of a gateway that reads it by FHIR, and of one that reads it by SQL. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningFhir, startFhir } from '../support/fhir-server.ts';
import { type Answer, type Sightline, sharedSightline, startSightline } from '../support/sightline.ts';

const finding = (who: string, fields: string) =>
  `{ findPeople(by: { ${who} }) { outcome message people { person { ${fields} } } } }`;
const MAYA = 'familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14"';
const TIA = 'familyName: "Grant", givenName: "Tia", dateOfBirth: "2014-09-30"';
const LEILA = 'familyName: "Haddad", givenName: "Leila", dateOfBirth: "1991-07-02"';
// Not as of when: of nobody that is the time of each gateway's own feed.
const SOURCES = 'sources { agency { id } state level reason message }';
const OF = 'source { agency { id } asOf }';
const WHAT = `
  identity { state name dateOfBirth sex deceased differs records { name dateOfBirth sex kind ${OF} } ${SOURCES} }
  identifiers { state items { system value verified ${OF} } ${SOURCES} }
  contact { state items { kind value from ${OF} } ${SOURCES} }
  addresses { state items { lines postcode kind from to current ${OF} } ${SOURCES} }
  demographics { state records { ethnicity { code text } language { code } interpreterNeeded communicationNeeds ${OF} } ${SOURCES} }
  involvements { state items { service serviceName status lead { name role team phone } from to ${OF} } ${SOURCES} }
  childSafeguarding { state known items { status responsibleAuthority dutyContact { desk phone } from to ${OF} } ${SOURCES} }
  clinical { state diagnoses { diagnosis { code text } from active ${OF} } medication { name dose from ${OF} } allergies { substance reaction ${OF} } ${SOURCES} }
  mentalHealth { state practice { code name phone } ${SOURCES} }
`;
/** Errors hang on ids that each gateway seals for itself; what they say does not. */
const told = ({ data, errors, holes, status }: Answer) => ({
  ...{ status, data, holes },
  errors: errors.map(({ path, extensions: { code, reason, agency, section } }) => ({
    ...{ path, code, reason, agency, section },
  })),
});

const ASKED: [string, string, string, string | undefined][] = [
  ['triage-nurse', 'Maya Kerr', MAYA, undefined],
  ['response-officer', 'Maya Kerr', MAYA, undefined],
  ['mash-social-worker', 'Maya Kerr', MAYA, 'childrens-services:26018'],
  ['mash-social-worker', 'Tia Grant', TIA, 'childrens-services:26220'],
  ['health-visitor', 'Maya Kerr', MAYA, undefined],
  ['domestic-abuse-adviser', 'Leila Haddad', LEILA, undefined],
  ['housing-officer', 'Maya Kerr', MAYA, undefined],
];
const asking = (reference: string | undefined) => (reference === undefined ? {} : { reference });

let fhir: RunningFhir;
let byFhir: Sightline;
const bySql: Answer[] = [];
beforeAll(async () => {
  // Before the other starts: somebody else's server has connections enough for one gateway.
  const sql = await sharedSightline();
  for (const [persona, , who, reference] of ASKED)
    bySql.push(await sql.ask(persona, finding(who, WHAT), asking(reference)));
  byFhir = await startSightline({
    agencyUrls: async (urls) => {
      fhir = await startFhir(urls['primary-care'] as string);
      return { ...urls, 'primary-care': fhir.url };
    },
  });
});
afterAll(async () => {
  await byFhir?.close();
  await fhir?.close();
});

describe('by FHIR as by SQL', () => {
  test.each(ASKED.map((asked, at) => [...asked, at] as const))(
    'a %s is told the same of %s',
    async (persona, _name, who, reference, at) => {
      const sql = bySql[at] as Answer;
      expect([sql.status, sql.data?.findPeople?.outcome]).toEqual([200, 'MATCH']);
      expect(told(await byFhir.ask(persona, finding(who, WHAT), asking(reference)))).toEqual(told(sql));
    },
  );

  test('the nurse is told what her practice treats Maya for, and not what it was told in confidence', async () => {
    const answer = await byFhir.ask('triage-nurse', finding(MAYA, WHAT));
    const { diagnoses, allergies } = answer.data.findPeople.people[0].person.clinical;
    const of = (items: { source: { agency: { id: string } } }[]) =>
      items.filter(({ source }) => source.agency.id === 'primary-care');
    expect(
      of(diagnoses).map((one) => (one as unknown as { diagnosis: { text: string } }).diagnosis.text),
    ).toEqual(['Anxiety', 'Asthma']);
    expect(of(allergies)).toMatchObject([{ substance: 'Penicillin' }]);
    expect(answer.text).not.toContain('Chlamydia');
  });

  test('the person index is fed by what FHIR tells to have changed', async () => {
    const [feed] = await byFhir.store('select mark from index_feed where agency = $1', ['primary-care']);
    expect(feed?.mark).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(byFhir.app.agencies.get('primary-care').adapter.index.changes?.by).toBe('TIMESTAMP');
  });
});

test('what FHIR cannot say is not covered, and no "none"', async () => {
  const answer = await byFhir.ask(
    'triage-nurse',
    finding(MAYA, 'clinical { state medication { name highRisk source { agency { id } } } }'),
  );
  const { medication } = answer.data.findPeople.people[0].person.clinical;
  const at = medication.findIndex(
    ({ source }: { source: { agency: { id: string } } }) => source.agency.id === 'primary-care',
  );
  expect(medication[at]).toMatchObject({ name: expect.any(String), highRisk: null });
  expect(answer.holes).toContainEqual(
    expect.objectContaining({ agency: 'primary-care', section: 'clinical', state: 'NOT_COVERED' }),
  );
});

describe('a server that does not answer as it should', () => {
  const allergies = finding(
    MAYA,
    'clinical { state allergies { substance } sources { agency { id } state reason } }',
  );
  const ask = async () =>
    (await byFhir.ask('triage-nurse', allergies)).data.findPeople.people[0].person.clinical;
  const ofPrimaryCare = ({ sources }: { sources: { agency: { id: string } }[] }) =>
    sources.find(({ agency }) => agency.id === 'primary-care');

  test('is unavailable where it answers of another patient, who is shown to nobody, and the log says so', async () => {
    await fhir.misbehave({ type: 'AllergyIntolerance', kind: 'another-patient' });
    const clinical = await ask();
    expect(ofPrimaryCare(clinical)).toMatchObject({ state: 'UNAVAILABLE', reason: 'FAILED' });
    expect(clinical.state).not.toBe('NOT_HELD');
    expect(byFhir.logged.join('')).toContain('ALLERGY: rows of others than were asked about');
    expect(ofPrimaryCare(await ask())).toMatchObject({ state: 'DISCLOSED' });
  });

  test('is unavailable where a part of its bundle is missing, and the other agencies answer', async () => {
    await fhir.misbehave({ type: 'AllergyIntolerance', kind: 'error-entry' });
    const clinical = await ask();
    expect(ofPrimaryCare(clinical)).toMatchObject({ state: 'UNAVAILABLE' });
    expect(
      clinical.sources.some(({ state }: { state: string }) => state === 'DISCLOSED' || state === 'NOT_HELD'),
    ).toBe(true);
  });

  test('is named as down, with why, once it is gone', async () => {
    await fhir.close();
    await expect
      .poll(async () => {
        await ask();
        return byFhir.app.agencies.get('primary-care').state();
      })
      .toBe('DOWN');
    expect(byFhir.app.agencies.get('primary-care').why()).toBe('nothing listens at its address');
    expect(ofPrimaryCare(await ask())).toMatchObject({ state: 'UNAVAILABLE', reason: 'FAILED' });
  });
});
