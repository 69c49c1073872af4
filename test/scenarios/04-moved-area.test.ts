/** Scenario 4: Southmere looks after Tia Grant and has placed her in Northshire. Her mother must not learn where. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CARERS_HOME } from '../../fixtures/people/looked-after.ts';
import { type Answer, personaOf, type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const TIA_AT_WORK = 'childrens-services:26220';
const tia = (fields: string) =>
  `{ findPeople(by: { familyName: "Grant", givenName: "Tia", dateOfBirth: "2014-09-30" }) { outcome message people { person { ${fields} } } } }`;
const NOBODY = tia('id').replace('Tia', 'Tamsin').replace('2014-09-30', '2014-09-29');
const person = (answer: Answer) => answer.data.findPeople.people[0].person;
const SAFEGUARDING =
  'childSafeguarding { state known items { status responsibleAuthority dutyContact { desk phone } from to category { code } source { agency { id } } } }';

describe('the hub in Northshire', () => {
  const ask = (fields: string) =>
    sightline.ask('mash-social-worker', tia(fields), { reference: TIA_AT_WORK });

  test('sees that she is looked after, by whom, and whom to call there', async () => {
    const { childSafeguarding } = person(await ask(SAFEGUARDING));
    expect(childSafeguarding).toMatchObject({ state: 'DISCLOSED', known: true });
    const live = childSafeguarding.items.filter(({ to }: { to: string | null }) => to === null);
    expect(live).toContainEqual(
      expect.objectContaining({
        status: expect.arrayContaining(['LOOKED_AFTER']),
        responsibleAuthority: expect.stringMatching(/Southmere/),
        dutyContact: expect.objectContaining({ phone: '01632 960390' }),
      }),
    );
  });

  test('sees the flag of the national system beside it, with status and dates and not the plan', async () => {
    const { items } = person(await ask(SAFEGUARDING)).childSafeguarding;
    const flags = items.filter(
      ({ source }: { source: { agency: { id: string } } }) => source.agency.id === 'primary-care',
    );
    expect(flags).toContainEqual(
      expect.objectContaining({ status: ['LOOKED_AFTER'], to: null, category: null }),
    );
  });

  test('sees the old plan as over', async () => {
    const { items } = person(await ask(SAFEGUARDING)).childSafeguarding;
    const plans = items.filter(({ status }: { status: string[] }) => status.includes('PROTECTION_PLAN'));
    for (const { to } of plans) expect(to).toEqual(expect.any(String));
    expect(JSON.stringify(items)).toMatch(/PROTECTION_PLAN|PREVIOUSLY_KNOWN/);
  });
});

describe('a login that is tied to her mother', () => {
  const MOTHER = { system: 'NINO', value: 'QQ000219D' } as const;

  test.each(['mash-social-worker', 'response-officer', 'housing-officer'])(
    'as %s is answered as if Tia did not exist',
    async (persona) => {
      const mother = personaOf(persona, { person: MOTHER });
      const token = await sightline.tokens.issue(mother);
      const asking = {
        purpose: persona === 'housing-officer' ? 'early-help' : 'child-protection',
        reference: persona === 'mash-social-worker' ? TIA_AT_WORK : mother.reference,
      };
      const [asked, nobody] = await Promise.all([
        sightline.askAs(token, tia('id'), asking),
        sightline.askAs(token, NOBODY, asking),
      ]);
      expect(asked.data.findPeople).toMatchObject({ outcome: 'NO_MATCH', people: [] });
      expect(asked.text).toBe(nobody.text);
    },
  );

  test('cannot be told by the time or the statements, and the owner hears of it', async () => {
    const alerts = await sightline.store(
      "select payload from index_outbox where kind = 'EXCLUDED_ATTEMPT' and organisation = 'childrens-services'",
    );
    expect(alerts.length).toBeGreaterThan(0);
  });
});

describe('everybody else', () => {
  test('an officer who still has the old address sees that it is not current', async () => {
    const answer = await sightline.ask(
      'response-officer',
      tia('addresses { items { postcode current source { agency { id } } } }'),
      { purpose: 'child-protection', reference: 'police:26/000140' },
    );
    const { items } = person(answer).addresses;
    expect(items).toContainEqual(expect.objectContaining({ postcode: 'ZZ4 2LR', current: false }));
  });

  test.each(['early-help-lead', 'housing-officer', 'general-practitioner', 'work-coach'])(
    '%s, who has no reason to, never learns where she is placed',
    async (persona) => {
      const answer = await sightline.ask(
        persona,
        tia(
          'addresses { items { lines postcode uprn } } childSafeguarding { items { placementAddress { postcode } placementType { code } } }',
        ),
      );
      for (const word of [CARERS_HOME.postcode, CARERS_HOME.uprn, 'Tannery'])
        expect(answer.text).not.toContain(word);
    },
  );
});
