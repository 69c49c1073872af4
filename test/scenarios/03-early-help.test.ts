/** Scenario 3: the Shaw family. A boy who misses school, rent owed, notice served, and one practitioner with two reasons. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type SharedSightline, sharedSightline } from '../support/sightline.ts';

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

const find = (given: string, born: string, fields: string) =>
  `{ findPeople(by: { familyName: "Shaw", givenName: "${given}", dateOfBirth: "${born}" }) { people { person { ${fields} } } } }`;
const kai = (fields: string) => find('Kai', '2015-05-19', fields);
const donna = (fields: string) => find('Donna', '1989-08-02', fields);
const ask = (purpose: 'early-help' | 'multiple-disadvantage', query: string) =>
  sightline.ask('early-help-lead', query, { purpose });
const person = (answer: Answer) => answer.data.findPeople.people[0].person;
const reasonAt = (answer: Answer, field: string) =>
  answer.errors.find(({ path }) => path?.join('.').endsWith(field))?.extensions;

describe('to help the family early', () => {
  test('the practitioner sees how often Kai is at school, and with which marks', async () => {
    const answer = await ask(
      'early-help',
      kai(
        'education { state school { name } attendanceBand attendancePercent attendance { code { code text } sessions } }',
      ),
    );
    expect(person(answer).education).toMatchObject({
      state: 'DISCLOSED',
      school: { name: expect.stringMatching(/Northmoor Primary/) },
      attendanceBand: 'PERSISTENTLY_ABSENT',
      attendancePercent: 82,
    });
    const codes = person(answer).education.attendance.map(
      ({ code }: { code: { code: string } }) => code.code,
    );
    expect(codes).toEqual(expect.arrayContaining(['O', 'N', 'I']));
  });

  test('the practitioner sees bands and stage of the rent, not the sum', async () => {
    const answer = await ask('early-help', donna('housing { state arrearsBand noticeStage arrearsPence }'));
    expect(person(answer).housing).toMatchObject({
      arrearsBand: 'OVER_8_WEEKS',
      noticeStage: 'NOTICE_SERVED',
      arrearsPence: null,
    });
    expect(reasonAt(answer, 'housing.arrearsPence')).toMatchObject({ reason: 'LEVEL', agency: 'housing' });
  });

  test('no benefits: that is another purpose', async () => {
    const answer = await ask('early-help', donna('benefits { state awards { kind { code } } }'));
    expect(person(answer).benefits).toEqual({ state: 'WITHHELD', awards: null });
    expect(reasonAt(answer, 'benefits.awards')).toMatchObject({
      code: 'WITHHELD',
      agency: 'work-and-pensions',
    });
  });

  test('the plan says who does what by when, and the family’s strengths stand beside their needs', async () => {
    const answer = await ask(
      'early-help',
      kai('needs { state items { outcome kind } plan { goal action owner { name } due done } }'),
    );
    const { items, plan } = person(answer).needs;
    const kinds = new Set(items.map(({ kind }: { kind: string }) => kind));
    expect(kinds).toEqual(new Set(['NEED', 'STRENGTH']));
    expect(plan).toContainEqual(
      expect.objectContaining({
        goal: expect.any(String),
        owner: { name: 'Bola Trent' },
        due: expect.any(String),
      }),
    );
  });

  test('from Kai to his mother, and from her to the man who lives with her: each is gated', async () => {
    const answer = await ask(
      'early-help',
      kai(
        'household { members { relationship person { identity { givenName } household { members { person { identity { givenName } } } } } } }',
      ),
    );
    const mother = person(answer).household.members.find(
      (member: { person: { identity: { givenName: string } } | null }) =>
        /donna/i.test(member.person?.identity.givenName ?? ''),
    );
    expect(mother.relationship).toBe('PARENT');
    const names = mother.person.household.members.map(
      (member: { person: { identity: { givenName: string } } | null }) => member.person?.identity.givenName,
    );
    expect(names).toContainEqual(expect.stringMatching(/carl/i));
  });
});

describe('to find families with multiple disadvantage', () => {
  test('the award of Universal Credit is there', async () => {
    const answer = await ask(
      'multiple-disadvantage',
      donna('benefits { state awards { kind { code text } from } healthGroup { code } }'),
    );
    expect(person(answer).benefits.awards).toContainEqual(
      expect.objectContaining({ kind: { code: 'UC', text: expect.stringMatching(/Universal Credit/) } }),
    );
    expect(person(answer).benefits.healthGroup).toBeNull();
  });

  test.each(['mental-health', 'primary-care'])(
    'the law keeps %s out of every section, and the answer says that it is the law',
    async (agency) => {
      const answer = await ask(
        'multiple-disadvantage',
        '{ viewer { mayAsk { section agency { id } level reason } } }',
      );
      const theirs = answer.data.viewer.mayAsk.filter(
        (one: { agency: { id: string } }) => one.agency.id === agency,
      );
      expect(theirs.length).toBeGreaterThan(5);
      for (const { level, reason } of theirs)
        expect({ level, reason }).toEqual({ level: null, reason: 'GATEWAY_EXCLUDES' });
    },
  );

  test('a field of theirs is null, with that reason', async () => {
    const answer = await ask('multiple-disadvantage', donna('mentalHealth { state openToService }'));
    expect(person(answer).mentalHealth).toEqual({ state: 'WITHHELD', openToService: null });
    expect(reasonAt(answer, 'mentalHealth.openToService')).toMatchObject({ reason: 'GATEWAY_EXCLUDES' });
  });
});
