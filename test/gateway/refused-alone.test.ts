/** A mistake of the caller's in the only thing asked is a mistake of the request; nobody there is an answer. */
import { beforeAll, expect, test } from 'vitest';
import { type SharedSightline, sharedSightline } from '../support/sightline.ts';

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

const LOCAL = 'personByIdentifier(system: LOCAL, value: "100018") { id }';
const NOBODY = 'person(id: "nobody") { id }';
const table: [string, string, number][] = [
  ['a local number without its issuer', `{ ${LOCAL} }`, 400],
  ['the same beside what can be answered', `{ viewer { name } ${LOCAL} }`, 200],
  ['nobody under that id', `{ ${NOBODY} }`, 200],
];
test.each(table)('%s', async (_what, query, status) => {
  expect((await sightline.ask('response-officer', query)).status).toBe(status);
});
