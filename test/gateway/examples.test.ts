import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse, print, validate } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { PERSONAS } from '../../src/demo/personas.ts';
import {
  BeforeConferenceDocument,
  ChildInHouseholdDocument,
  ClaimAndRentDocument,
  HealthVisitDocument,
  MultipleDisadvantageDocument,
  OwnPupilDocument,
  PatientInSurgeryDocument,
  ThreeAmCallDocument,
} from '../../src/generated/examples.ts';
import type { Example } from '../../src/pages/config.ts';
import { EXAMPLES } from '../../src/pages/examples.ts';
import { HOLE_CODES } from '../../src/states.ts';
import { personaOf, type SharedSightline, sharedSightline } from '../support/sightline.ts';

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

const asked = ({ variables, purpose, reference }: Example) => ({
  variables,
  ...(purpose && { purpose }),
  ...(reference && { reference }),
});

test('every role has an example of its own', () => {
  const told = new Set(EXAMPLES.map(({ persona }) => persona).filter((one) => one !== undefined));
  const roles = new Set(PERSONAS.map(({ role }) => role));
  expect([...roles].filter((role) => ![...told].some((one) => personaOf(one).role === role))).toEqual([]);
  expect(roles.size).toBe(13);
});

describe.each(EXAMPLES.map((example) => [example.name, example] as const))(
  'the example “%s”',
  (_, example) => {
    test('is valid against the public schema', () => {
      expect(validate(sightline.app.gateway.schema, parse(example.query))).toEqual([]);
    });

    test('is asked for what the persona may ask, on a reference that the demo suggests', () => {
      const { persona = 'analyst', purpose, reference } = example;
      const { purposes, references } = personaOf(persona);
      expect(purposes).toContain(purpose ?? purposes[0]);
      expect(references.map((one) => one.reference)).toContain(reference ?? references[0]?.reference);
    });

    test('is answered, and finds whom it asks about', async () => {
      const { persona = 'analyst' } = example;
      const { status, data, errors } = await sightline.ask(persona, example.query, asked(example));
      expect(status).toBe(200);
      expect(errors.filter(({ extensions }) => !HOLE_CODES.has(extensions.code))).toEqual([]);
      const [answer] = Object.values(data);
      expect(answer).not.toBeNull();
      expect((answer as { outcome?: string }).outcome ?? 'MATCH').toBe('MATCH');
    });
  },
);

/** As a client would that has its types from codegen: what it reads below is checked by the compiler. */
async function client<Data, Variables extends Record<string, unknown>>(
  persona: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  purpose = personaOf(persona).purpose,
): Promise<Data> {
  const answer = await sightline.ask(persona, print(document), { variables, purpose });
  return answer.data;
}

describe('a client with generated types', () => {
  const maya = { by: { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' } };

  test('reads the officer’s and the nurse’s answer to the same document', async () => {
    const plans = await Promise.all(
      ['response-officer', 'triage-nurse'].map(async (persona) => {
        const { findPeople } = await client(persona, ThreeAmCallDocument, maya);
        return findPeople.people[0]?.person.crisisPlan;
      }),
    );
    expect(plans.map((plan) => [plan?.state, plan?.whatHelps !== null, plan?.triggers !== null])).toEqual([
      ['DISCLOSED', true, false],
      ['DISCLOSED', true, true],
    ]);
  });

  test('follows the household to the child', async () => {
    const variables = { system: 'NHS_NUMBER', value: '9990000018' } as const;
    const { personByIdentifier } = await client('mash-social-worker', ChildInHouseholdDocument, variables);
    const members = personByIdentifier?.household.members ?? [];
    // She stands once for each agency that says she is at home.
    const said = members.map(({ relationship, person }) => `${relationship} ${person?.identity.name}`);
    expect(new Set(said)).toEqual(new Set(['CHILD Isla Kerr']));
  });
});

const search = (familyName: string, givenName: string, dateOfBirth: string) => ({
  by: { familyName, givenName, dateOfBirth },
});
const KAI = search('Shaw', 'Kai', '2015-05-19');
const DONNA = search('Shaw', 'Donna', '1989-08-02');
const IRIS = search('Holt', 'Iris', '1949-02-17');
const ISLA = search('Kerr', 'Isla', '2021-06-08');
const LEILA = search('Haddad', 'Leila', '1991-07-02');

describe('what is shown to', () => {
  test('a school’s safeguarding lead: her own pupil to the code, and that children’s services know him', async () => {
    const { findPeople } = await client('school-safeguarding-lead', OwnPupilDocument, KAI);
    const pupil = findPeople.people[0]?.person;
    expect(pupil?.education).toMatchObject({ attendancePercent: 82, safeguardingConcern: true });
    expect(pupil?.education.attendance?.map(({ code }) => code.code)).toContain('O');
    expect(pupil?.childSafeguarding.known).toBe(true);
    expect(pupil?.childSafeguarding.items?.map(({ status }) => status)).toEqual([['EARLY_HELP']]);
    expect(pupil?.domesticAbuse.sources.map(({ reason }) => reason)).toEqual([
      'NEEDS_REVIEW',
      'NEEDS_REVIEW',
    ]);
  });

  test('a work coach: the claim and how far the landlord has gone, and nothing of health', async () => {
    const { findPeople } = await client('work-coach', ClaimAndRentDocument, DONNA);
    const claimant = findPeople.people[0]?.person;
    expect(claimant?.benefits.awards?.map(({ kind, to }) => [kind?.text, to === null])).toContainEqual([
      'Universal Credit',
      true,
    ]);
    expect(claimant?.housing).toMatchObject({ arrearsBand: 'OVER_8_WEEKS', noticeStage: 'NOTICE_SERVED' });
    expect([claimant?.mentalHealth.openToService, claimant?.clinical.diagnoses]).toEqual([null, null]);
    const health = [...(claimant?.mentalHealth.sources ?? []), ...(claimant?.clinical.sources ?? [])];
    expect(new Set(health.map(({ reason }) => reason))).toEqual(new Set(['GATEWAY_EXCLUDES']));
  });

  test('a general practitioner: the medicines, and that the trust sees her; nothing of the police', async () => {
    const { findPeople } = await client('general-practitioner', PatientInSurgeryDocument, IRIS);
    const patient = findPeople.people[0]?.person;
    expect(patient?.clinical.diagnoses?.map(({ diagnosis }) => diagnosis?.text)).toContain('Type 2 diabetes');
    expect(patient?.clinical.medication?.filter(({ highRisk }) => highRisk)).toMatchObject([
      { name: 'Insulin glargine' },
    ]);
    expect(patient?.mentalHealth).toMatchObject({ openToService: true, team: { desk: 'Crisis Team North' } });
    expect([patient?.warningMarkers.items, patient?.policeEvents.state]).toEqual([null, 'WITHHELD']);
  });

  test('a health visitor: the child in need, and what to watch for with her mother', async () => {
    const { findPeople } = await client('health-visitor', HealthVisitDocument, ISLA);
    const child = findPeople.people[0]?.person;
    expect(child?.childSafeguarding.items?.map(({ status }) => status)).toEqual([['IN_NEED']]);
    const mother = child?.household.members?.find(({ person }) => person?.identity.name === 'Maya Kerr');
    expect(mother?.relationship).toBe('PARENT');
    expect(mother?.person?.domesticAbuse.seeAlone).toBe(true);
    expect(new Set(mother?.person?.warningMarkers.items?.map(({ type }) => type))).toEqual(
      new Set(['DOG', 'SELF_HARM']),
    );
  });

  test('a domestic abuse adviser: the case and how to reach her client, and not where she is', async () => {
    const { findPeople } = await client('domestic-abuse-adviser', BeforeConferenceDocument, LEILA);
    const victim = findPeople.people[0]?.person;
    expect(victim?.domesticAbuse.seeAlone).toBe(true);
    expect(victim?.domesticAbuse.items?.map((one) => [one.as, one.adviser?.name])).toContainEqual([
      'VICTIM',
      'Farah Idris',
    ]);
    expect(victim?.contact.safeContact).toMatch(/see alone/i);
    expect(victim?.addresses.items).toBeNull();
  });
});

describe('every reference that the demo suggests is proven', () => {
  const SEE_NOBODY: readonly string[] = ['governance-officer', 'analyst'];
  const suggested = PERSONAS.flatMap(({ persona, role, references }) =>
    references.map(({ reference }) => [persona, reference, SEE_NOBODY.includes(role)] as const),
  );
  test.each(suggested)('%s on %s', async (persona, reference, seesNobody) => {
    const { data } = await sightline.ask(persona, '{ viewer { relationship } }', { reference });
    expect(data.viewer.relationship).toBe(seesNobody ? 'NONE' : 'VERIFIED');
  });
});

describe('those who see no person’s data', () => {
  test.each(['What may an analyst ask?', 'What do our rules give, and to whom?'])(
    '“%s” is answered with rules, and no section is given',
    async (name) => {
      const example = EXAMPLES.find((one) => one.name === name);
      const { data } = await sightline.ask(example?.persona ?? '', example?.query ?? '', {
        variables: { ...example?.variables },
      });
      expect(data.agencies.length).toBeGreaterThan(0);
      expect(data.viewer.mayAsk.length).toBeGreaterThan(0);
      expect(data.viewer.mayAsk.filter(({ level }: { level: string | null }) => level !== null)).toEqual([]);
      expect(data.disclosurePlan?.agenciesAsked ?? []).toEqual([]);
    },
  );
});

describe('the same family at another purpose', () => {
  test('the law keeps health out, whatever is held', async () => {
    const { findPeople } = await client(
      'early-help-lead',
      MultipleDisadvantageDocument,
      { by: { familyName: 'Shaw', givenName: 'Donna', dateOfBirth: '1989-08-02' } },
      'multiple-disadvantage',
    );
    const trust = findPeople.people[0]?.person.mentalHealth;
    expect(trust?.openToService).toBeNull();
    expect(trust?.sources.map(({ reason }) => reason)).toContain('GATEWAY_EXCLUDES');
  });
});
