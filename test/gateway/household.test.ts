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
const givenNames = (answer: Answer): string[] =>
  found(answer).household.members.map(
    ({ person }: { person: { identity: { givenName: string } } | null }) =>
      person?.identity.givenName ?? null,
  );

test('a verified person lends each member the relationship', async () => {
  const answer = await asWorker(MEMBERS);
  expect(found(answer).household).toMatchObject({
    state: 'DISCLOSED',
    members: [
      {
        relationship: 'CHILD',
        sameAddress: true,
        source: { agency: { id: 'housing' } },
        person: { relationship: 'VERIFIED', identity: { givenName: expect.stringMatching(/isla/i) } },
      },
    ],
  });
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

  test('the other side of the caller’s own case, reached through a household', async () => {
    await putInHousehold('50200', '51383', 'OTH');
    const owen = `{ findPeople(by: { familyName: "Tate", givenName: "Owen", dateOfBirth: "1984-06-21" }) { people { person { ${MEMBERS} } } } }`;
    const dean = await sightline.ask('dean-cole', owen);
    await clearHousehold('50200');
    expect(dean.status).toBe(200);
    expect(dean.text).not.toMatch(/leila/i);
    expect(found(dean).household.members).toEqual([]);
  });
});

test('a member whom the index does not know stands in the list, as nobody, and may still be known', async () => {
  await putInHousehold('50018', null, 'SIBL');
  const answer = await asWorker(MEMBERS);
  await clearHousehold('50018');
  const { members } = found(answer).household;
  expect(members).toHaveLength(2);
  const at = members.findIndex(({ person }: { person: unknown }) => person === null);
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

  test('whoever was only reached through a household lends nobody anything: beyond them only those the reference ties are there', async () => {
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
        person: { relationship: 'VERIFIED', identity: { givenName: expect.stringMatching(/maya/i) } },
      },
    ]);
    expect(answer.text).not.toMatch(/owen/i);
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
    agency: 'housing',
  });
});

test('everybody reached stands in the register, with the relationship they were lent', async () => {
  const answer = await asWorker(MEMBERS);
  expect(givenNames(answer)).toHaveLength(1);
  const rows = await sightline.store('select entry from register_entry where request_id = $1', [
    answer.headers.get('x-request-id'),
  ]);
  const people = rows
    .map(({ entry }) => JSON.parse(entry as string))
    .filter(({ kind }) => kind === 'DISCLOSURE');
  expect(new Set(people.map(({ person }) => person)).size).toBe(2);
  expect(people.map(({ relationship }) => relationship)).toEqual(['VERIFIED', 'VERIFIED']);
});
