/**
 * A protected person in somebody's household is not there, and nothing that is worked out from the household tells of
 * them. Seen to fail without `source.otherPerson` on the household's table (adapters/housing/person.ts): the section
 * is DISCLOSED, with a dependent child and an as-of.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const QUESTIONS = [
  'state sources { agency { id } state reason asOf }',
  'state members { relationship person { id } } sources { state reason asOf }',
  'dependentChildren state sources { state reason }',
];
const PROTECTED = '50180';
/** When an agency that has nobody linked last fed the index: the same for every person, and new after each pass. */
const FEED_TIME = /("reason":"NO_LINKED_RECORD","asOf":)"[^"]*"/g;

async function asked(): Promise<string[]> {
  const answers = await Promise.all(
    QUESTIONS.map((fields) =>
      sightline.ask(
        'dean-cole',
        `{ findPeople(by: { familyName: "Tate", givenName: "Owen", dateOfBirth: "1984-06-21" }) { people { person { household { ${fields} } } } } }`,
      ),
    ),
  );
  return answers.map(({ text }) => text.replaceAll(FEED_TIME, '$1'));
}

test('the household of a tenant is told as before when a protected child moves in', async () => {
  const before = await asked();
  expect(before.join()).toContain('NONE_IN_SCOPE');
  await sightline.sql(
    'housing',
    `insert into household_member (member_id, tenant_no, member_tenant_no, rel_cd, lives_in, dep_child, last_upd)
     values ('MX1', '50200', $1, 'CHLD', 'Y', 'Y', now())`,
    [PROTECTED],
  );
  await sightline.app.refreshIndex();
  expect(await asked()).toEqual(before);
});

test('one who is not protected is counted', async () => {
  await sightline.sql(
    'housing',
    "update household_member set member_tenant_no = null where member_id = 'MX1'",
  );
  await sightline.app.refreshIndex();
  expect((await asked()).join()).toContain('"dependentChildren":true');
});
