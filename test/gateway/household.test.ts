/** Members of a household are people: each passes the gate or is not there. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { found, maya } from './support/people.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const MEMBERS = `household { state members { relationship sameAddress source { agency { id } } person { id relationship identity { givenName } } } }`;
const asWorker = (fields: string) => sightline.ask('mash-social-worker', maya(fields));

async function putInHousehold(of: string, member: string | null, relation: string): Promise<void> {
  await sightline.sql(
    'housing',
    `insert into household_member (member_id, tenant_no, member_tenant_no, surname, forename, rel_cd, dep_child, lives_in, last_upd)
     values ('T' || (select count(*) from household_member), $1, $2, 'Somebody', 'Else', $3, 'N', 'Y', now())`,
    [of, member, relation],
  );
}
const clearHousehold = (of: string) =>
  sightline.sql('housing', `delete from household_member where tenant_no = $1 and member_id like 'T%'`, [of]);
interface Member {
  relationship: string;
  source: { agency: { id: string } };
  person: { id: string; relationship: string; identity: { givenName: string } } | null;
}
const membersOf = (answer: Answer): Member[] => found(answer).household.members;
/** Who is at home stands once for each agency that says so. */
const saidBy = (agency: string, answer: Answer): Member[] =>
  membersOf(answer).filter(({ source }) => source.agency.id === agency);
const givenNames = (members: readonly Member[]) =>
  members.map(({ person }) => person?.identity.givenName ?? null);

test('a verified person lends each member the relationship', async () => {
  const answer = await asWorker(MEMBERS);
  expect(found(answer).household.state).toBe('DISCLOSED');
  for (const agency of ['childrens-services', 'housing']) {
    expect(saidBy(agency, answer)).toMatchObject([
      {
        relationship: 'CHILD',
        sameAddress: true,
        person: { relationship: 'VERIFIED', identity: { givenName: expect.stringMatching(/isla/i) } },
      },
    ]);
  }
  expect(new Set(membersOf(answer).map(({ person }) => person?.id)).size).toBe(1);
  expect(answer.errors).toEqual([]);
});

describe('who does not pass is not there, and not counted', () => {
  const passing: [string, string][] = [
    ['a protected person', '50180'],
    ['one whom an agency has restricted, though housing does not know it', '50190'],
  ];
  test.each(passing)('%s', async (_who, tenant) => {
    const before = await asWorker(MEMBERS);
    await putInHousehold('50018', tenant, 'LODG');
    const after = await asWorker(MEMBERS);
    await clearHousehold('50018');
    expect(after.data).toEqual(before.data);
    expect(after.errors).toEqual(before.errors);
    expect(after.holes).toEqual(before.holes);
  });

  const OWEN = `{ findPeople(by: { familyName: "Tate", givenName: "Owen", dateOfBirth: "1984-06-21" }) { people { person { ${MEMBERS} } } } }`;
  const others: [string, string | null, string[] | null][] = [
    ['alone', null, null],
    ['beside a lodger, who is there', '50161', ['Peter']],
  ];
  test.each(others)(
    'the other side of the caller’s own case, reached through a household: %s',
    async (_how, lodger, names) => {
      if (lodger) await putInHousehold('50200', lodger, 'LODG');
      const before = await sightline.ask('dean-cole', OWEN);
      await putInHousehold('50200', '51383', 'OTH');
      const after = await sightline.ask('dean-cole', OWEN);
      await clearHousehold('50200');
      expect(after.status).toBe(200);
      expect(after.text).not.toMatch(/leila/i);
      expect(membersOf(after)).toEqual(membersOf(before));
      expect(after.errors).toEqual(before.errors);
      expect(after.holes).toEqual(before.holes);
      expect(membersOf(after) && givenNames(membersOf(after))).toEqual(names);
    },
  );

  test('and whoever lives with the other side is kept from the caller too, once the feed has told', async () => {
    await putInHousehold('50200', '51383', 'OTH');
    await sightline.app.refreshIndex();
    const told = await sightline.ask('dean-cole', OWEN);
    await clearHousehold('50200');
    await sightline.app.refreshIndex();
    expect(told.data).toEqual({ findPeople: { people: [] } });
    expect((await sightline.ask('dean-cole', OWEN)).data.findPeople.people).toHaveLength(1);
  });
});

test('a member whom the index does not know stands in the list, as nobody, and may still be known', async () => {
  await putInHousehold('50018', null, 'SIBL');
  const answer = await asWorker(MEMBERS);
  await clearHousehold('50018');
  const members = membersOf(answer);
  expect(saidBy('housing', answer)).toHaveLength(2);
  const at = members.findIndex(({ person }) => person === null);
  expect(members[at]).toMatchObject({ relationship: 'SIBLING', person: null });
  expect(answer.errors).toHaveLength(1);
  expect(answer.errors[0]).toMatchObject({
    path: ['findPeople', 'people', 0, 'person', 'household', 'members', at, 'person'],
    message: expect.stringMatching(/may still be known/),
    extensions: { code: 'NOT_AVAILABLE', agency: 'housing', section: 'household' },
  });
  expect(answer.holes).toContainEqual(
    expect.objectContaining({
      path: answer.errors[0]?.path,
      state: 'NOT_AVAILABLE',
      reason: 'NO_LINKED_RECORD',
    }),
  );
});

describe('two steps out', () => {
  const TWO_STEPS = `household { members { person { identity { givenName } household { members { relationship person { relationship identity { givenName } } } } } } }`;

  test('the household of a member is reached through them, and those the reference ties keep their own relationship', async () => {
    await putInHousehold('50018', '50161', 'LODG');
    await putInHousehold('50161', '50200', 'LODG');
    await putInHousehold('50161', '50018', 'OTH');
    const answer = await asWorker(TWO_STEPS);
    for (const tenant of ['50018', '50161']) await clearHousehold(tenant);
    const lodger = found(answer).household.members.find(
      ({ person }: { person: { identity: { givenName: string } } }) => person.identity.givenName === 'Peter',
    );
    expect(lodger.person.household.members).toEqual([
      {
        relationship: 'OTHER',
        person: { relationship: 'VERIFIED', identity: { givenName: expect.stringMatching(/owen/i) } },
      },
      {
        relationship: 'OTHER',
        person: { relationship: 'VERIFIED', identity: { givenName: expect.stringMatching(/maya/i) } },
      },
    ]);
  });

  test('whoever is protected two steps away is not there, and not counted', async () => {
    await putInHousehold('50018', '50161', 'LODG');
    const before = await asWorker(TWO_STEPS);
    await putInHousehold('50161', '50180', 'LODG');
    const after = await asWorker(TWO_STEPS);
    for (const tenant of ['50018', '50161']) await clearHousehold(tenant);
    expect(after.data).toEqual(before.data);
    expect(after.holes).toEqual(before.holes);
  });

  test('a third is refused before anything is asked', async () => {
    const answer = await asWorker(
      'household { members { person { household { members { person { household { members { person { id } } } } } } } } }',
    );
    expect(answer.status).toBe(400);
    expect(answer.errors[0]?.extensions.code).toBe('QUERY_REFUSED');
    expect(answer.errors[0]?.message).toMatch(/2/);
  });
});

test('where the level tells only that there are children, no member is given, and none is looked up', async () => {
  const answer = await sightline.ask(
    'response-officer',
    maya('household { dependentChildren members { relationship } }'),
  );
  expect(found(answer).household).toEqual({ dependentChildren: true, members: null });
  expect(answer.errors[0]?.extensions).toMatchObject({
    code: 'WITHHELD',
    reason: 'LEVEL',
    agency: sightline.app.catalogue.sections.get('household')?.fields.get('members')?.suppliers[0],
  });
});

test('everybody reached stands in the register, with the relationship they were lent', async () => {
  const answer = await asWorker(MEMBERS);
  expect(givenNames(saidBy('housing', answer))).toHaveLength(1);
  const rows = await sightline.store('select entry from register_entry where request_id = $1', [
    answer.headers.get('x-request-id'),
  ]);
  const people = rows
    .map(({ entry }) => JSON.parse(entry as string))
    .filter(({ kind }) => kind === 'DISCLOSURE');
  expect(new Set(people.map(({ person }) => person)).size).toBe(2);
  expect(people.map(({ relationship }) => relationship)).toEqual(['VERIFIED', 'VERIFIED']);
});
