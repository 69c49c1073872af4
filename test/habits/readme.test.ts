import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { LIMITS } from '../../src/gateway/limits/limits.ts';
import { projectRoot } from '../../src/project-root.ts';
import { type SharedSightline, sharedSightline } from '../support/sightline.ts';

const readme = readFileSync(join(projectRoot(), 'README.md'), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text]) => text ?? '',
  );
const [query = ''] = blocks('graphql');
const [officers = '', nurses = ''] = blocks('json');

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

test.each([
  ['response-officer', officers],
  ['triage-nurse', nurses],
])('the call at 3am is answered to the %s as README shows it', async (persona, shown) => {
  const { data } = await sightline.ask(persona, query);
  expect(data.findPeople.people[0].person).toEqual(JSON.parse(shown));
});

test('README says why the officer’s nulls are null, and whom to call', async () => {
  const { errors } = await sightline.ask('response-officer', query);
  const said = errors.map(({ path = [], extensions: { code, reason, contact } }) => [
    path.at(-1),
    code,
    reason,
    (contact as { phone: string }).phone,
  ]);
  expect(said.sort()).toEqual([
    ['diagnoses', 'WITHHELD', 'LEVEL', '01632 960200'],
    ['triggers', 'WITHHELD', 'LEVEL', '01632 960200'],
  ]);
});

test('the limits that README names are those in force', () => {
  const { tokens, depth, aliases, directives, cost, people } = LIMITS;
  const grouped = (number: number) => number.toLocaleString('en-GB');
  expect(readme.replace(/\s+/g, ' ')).toContain(
    `${grouped(tokens)} tokens, ${depth} levels, ${aliases} aliases, ${directives} directives`,
  );
  expect(readme).toContain(`a cost of ${grouped(cost)}`);
  expect(readme).toContain(`names at most ${people} people`);
});
