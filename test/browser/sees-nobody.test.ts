/** Who is told to count instead: by what they may ask, and only where nothing can be done about any of it. */
import { expect, test } from 'vitest';
import { asksOfPeople, seesNobody } from '../../src/pages/app/graphiql/sees-nobody.ts';

const withheld = (reason: string) => ({ level: null, reason });
const given = { level: 'EXISTS', reason: null };

test.each([
  ['everything is withheld from the role', [withheld('ROLE'), withheld('PURPOSE')], true],
  ['one section is given', [withheld('ROLE'), given], false],
  ['one section opens in an emergency', [withheld('ROLE'), withheld('NEEDS_BREAK_GLASS')], false],
  ['one is decided each time', [withheld('ROLE'), withheld('NEEDS_REVIEW')], false],
  ['one is given with consent', [withheld('ROLE'), withheld('CONSENT_REQUIRED')], false],
  ['one is withheld for a reason of a later gateway', [withheld('ROLE'), withheld('LATER')], false],
  ['nothing is known', [], false],
])('%s', (_what, mayAsk, nobody) => {
  expect(seesNobody(mayAsk)).toBe(nobody);
});

test.each([
  ['findPeople', true],
  ['person', true],
  ['people', true],
  ['personByIdentifier', true],
  ['agencies', false],
  ['barriers', false],
  ['viewer', false],
])('%s asks about people: %s', (name, is) => {
  expect(asksOfPeople([{ name: 'viewer' }, { name }])).toBe(is);
});
