/** Scenario 1: Maya Kerr, 24, is self-harming; an officer and the nurse in the triage car are on the same call. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const STREET = 'police:26/000123';
const FLAT = 'police:26/000124';
const maya = (fields: string) =>
  `{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { outcome people { person { ${fields} } } } }`;
const person = (answer: Answer) => answer.data.findPeople.people[0].person;
const errorAt = (answer: Answer, field: string) =>
  answer.errors.find(({ path }) => path?.join('.').endsWith(field));

describe('on the street', () => {
  test('the officer is told that there is a crisis plan and what helps, from the extract that she agreed to share', async () => {
    const answer = await sightline.ask(
      'response-officer',
      maya('crisisPlan { state exists whatHelps sharedExtract triggers sources { level scope } }'),
    );
    expect(person(answer).crisisPlan).toMatchObject({
      state: 'DISCLOSED',
      exists: true,
      whatHelps: expect.stringContaining('low voice'),
      triggers: null,
      sources: [{ level: 'SUMMARY', scope: expect.stringMatching(/agreed/) }],
    });
    expect(errorAt(answer, 'crisisPlan.triggers')?.extensions).toMatchObject({
      code: 'WITHHELD',
      reason: 'LEVEL',
      agency: 'mental-health',
    });
  });

  test('the nurse is told all of the plan, and what the diagnosis is', async () => {
    const answer = await sightline.ask(
      'triage-nurse',
      maya(
        'crisisPlan { triggers avoid } clinical { diagnoses { diagnosis { text } source { agency { id } } } }',
      ),
    );
    const diagnosis = (agency: string, text: unknown) => ({
      diagnosis: { text },
      source: { agency: { id: agency } },
    });
    expect(person(answer)).toEqual({
      crisisPlan: { triggers: expect.stringContaining('sirens'), avoid: expect.any(String) },
      clinical: {
        diagnoses: [
          diagnosis('mental-health', expect.any(String)),
          // What her practice treats her for as well, but not what it was told in confidence.
          diagnosis('primary-care', 'Anxiety'),
          diagnosis('primary-care', 'Asthma'),
        ],
      },
    });
    expect(answer.errors).toEqual([]);
  });

  test('the nurse reads notes, but never one about a third party or under legal privilege, and the scope says so', async () => {
    const answer = await sightline.ask(
      'triage-nurse',
      maya('clinical { notes(first: 20) { text } sources { agency { id } scope } }'),
    );
    const { notes, sources } = person(answer).clinical;
    expect(notes.map(({ text }: { text: string }) => text)).toContainEqual(
      expect.stringContaining('keys in hand'),
    );
    expect(answer.text).not.toMatch(/Mother telephoned|counsel/);
    expect(sources).toContainEqual({
      agency: { id: 'mental-health' },
      scope: expect.stringMatching(/never notes about or from third parties or under legal privilege/),
    });
  });

  test('the officer does not learn the diagnosis, nor is told that break-glass would be the way: it never opens it', async () => {
    const { result, statements } = await captured(() =>
      sightline.ask('response-officer', maya('clinical { state diagnoses { diagnosis { text } } }')),
    );
    expect(person(result).clinical).toEqual({ state: 'WITHHELD', diagnoses: null });
    expect(errorAt(result, 'clinical.diagnoses')?.extensions).toMatchObject({
      code: 'WITHHELD',
      reason: 'LEVEL',
      agency: 'mental-health',
      section: 'clinical',
      contact: { phone: expect.any(String) },
    });
    expect(statements.filter(({ agency }) => agency === 'mental-health')).toEqual([]);
  });

  test('both see the warning for whoever approaches her', async () => {
    for (const persona of ['response-officer', 'triage-nurse']) {
      const answer = await sightline.ask(
        persona,
        maya('warningMarkers { items { type guidance source { agency { id } } } }'),
      );
      expect(person(answer).warningMarkers.items).toContainEqual({
        type: 'SELF_HARM',
        guidance: expect.any(String),
        source: { agency: { id: 'police' } },
      });
    }
  });

  test('the nurse sees a care pathway, not a criminal history: no other events, no free text', async () => {
    const events = maya('policeEvents { items(first: 50) { category summary } sources { scope } }');
    const nurse = person(await sightline.ask('triage-nurse', events)).policeEvents;
    const officer = person(await sightline.ask('response-officer', events)).policeEvents;
    const categories = (items: { category: string }[]) => new Set(items.map(({ category }) => category));
    expect(nurse.items.length).toBeGreaterThan(0);
    expect(['MENTAL_HEALTH', 'DOMESTIC_ABUSE']).toEqual(expect.arrayContaining([...categories(nurse.items)]));
    expect(categories(officer.items).size).toBeGreaterThan(categories(nurse.items).size);
    expect(nurse.items.every(({ summary }: { summary: unknown }) => summary === null)).toBe(true);
    expect(nurse.sources[0].scope).toContain(
      'mental-health and domestic-abuse incidents of the last 12 months',
    );
  });
});

describe('however the officer asks for what is withheld, the answer is the same', () => {
  const withheld: [string, string, string?][] = [
    ['an alias', 'plan: crisisPlan { t: triggers } record: clinical { d: diagnoses { diagnosis { text } } }'],
    [
      'a fragment',
      '...Care',
      'fragment Care on Person { crisisPlan { triggers } clinical { diagnoses { diagnosis { text } } } }',
    ],
    [
      'an inline fragment',
      '... on Person { crisisPlan { ... on CrisisPlan { triggers } } clinical { ... on Clinical { diagnoses { ... on Diagnosis { diagnosis { text } } } } } }',
    ],
    [
      'an interface',
      'crisisPlan { ... on Section { state } triggers } clinical { ... on Section { state } diagnoses { ... on Sourced { source { record } } diagnosis { text } } }',
    ],
  ];
  test.each(withheld)('by %s', async (_name, fields, fragments = '') => {
    const answer = await sightline.ask('response-officer', maya(fields) + fragments);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toMatch(/sirens|Anniversary|personality/i);
    expect(answer.errors.map(({ extensions }) => extensions.reason)).toEqual(['LEVEL', 'LEVEL']);
  });

  test('by a nested path: through the household of her daughter, back to her', async () => {
    const answer = await sightline.ask(
      'mash-social-worker',
      maya(
        'household { members { person { household { members { person { clinical { diagnoses { diagnosis { text } } } } } } } } }',
      ),
    );
    expect(answer.text).not.toMatch(/personality/i);
  });
});

describe('in her flat', () => {
  test('the same data are shared on the common-law gateway, and section 136 is cited nowhere', async () => {
    const fields =
      'crisisPlan { exists whatHelps } mentalHealth { openToService } warningMarkers { items { type } }';
    const [street, flat] = await Promise.all(
      [STREET, FLAT].map(async (reference) =>
        person(await sightline.ask('response-officer', maya(fields), { reference })),
      ),
    );
    expect(flat).toEqual(street);
    const mayAsk = '{ viewer { mayAsk { section agency { id } level gateways } } }';
    const inFlat = await sightline.ask('response-officer', mayAsk, { reference: FLAT });
    const inStreet = await sightline.ask('response-officer', mayAsk, { reference: STREET });
    expect(inFlat.text).not.toContain('s.136');
    expect(inFlat.text).toContain('common-law duty to protect life');
    expect(inStreet.text).toContain('MHA 1983 s.136(1C)');
  });

  test('the register cites what was relied on there', async () => {
    const answer = await sightline.ask('triage-nurse', maya('crisisPlan { exists }'), { reference: FLAT });
    expect(answer.status).toBe(200);
    const entries = await sightline.store('select entry from register_entry where request_id = $1', [
      answer.headers.get('x-request-id'),
    ]);
    expect(entries).toHaveLength(2);
    expect(JSON.stringify(entries)).toContain('common-law duty to protect life');
    expect(JSON.stringify(entries)).not.toContain('s.136');
  });
});

describe('a changed row or a changed person shows at once', () => {
  test('what the trust writes now is what the next answer says', async () => {
    await sightline.sql(
      'mental-health',
      `update "CarePlan" set "HelpsTxt" = 'A cup of tea.' where "ClientID" = '40018' and "PlanType" = '12'`,
    );
    const answer = await sightline.ask('triage-nurse', maya('crisisPlan { whatHelps }'));
    expect(person(answer).crisisPlan.whatHelps).toBe('A cup of tea.');
  });

  test('without her agreement the officer is told that there is a plan, and nothing of what is in it', async () => {
    await sightline.sql(
      'mental-health',
      `update "CarePlan" set "ShareExtract" = 'N' where "ClientID" = '40018' and "PlanType" = '12'`,
    );
    const answer = await sightline.ask(
      'response-officer',
      maya('crisisPlan { exists whatHelps sharedExtract }'),
    );
    expect(person(answer).crisisPlan).toEqual({ exists: true, whatHelps: null, sharedExtract: null });
  });
});

async function captured(work: () => Promise<Answer>) {
  if (sightline.statements) return sightline.statements.during(work);
  return { result: await work(), statements: [] };
}
