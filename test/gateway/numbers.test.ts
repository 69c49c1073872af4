/** Looking for somebody by number: in any form that people write, and never silently nobody for what is no number. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
  await sightline.sql(
    'police',
    `update "T_NOMINAL" set "CRO_NO" = 'SF05/482703J', "PNC_ID" = '20/118G' where trim("NOM_ID") = '100018'`,
  );
  await sightline.app.refreshIndex();
});
afterAll(() => sightline?.close());

const byNumber = (system: string, value: string) =>
  sightline.ask(
    'response-officer',
    `query ($v: String!) { personByIdentifier(system: ${system}, value: $v) { identity { name } identifiers { items { system value } } } }`,
    { variables: { v: value } },
  );

describe('a number in the database of an agency and one in a question are read alike', () => {
  test.each([
    ['CRO', 'SF05/482703J'],
    ['CRO', 'sf05 / 482703 j'],
    ['PNC', '2020/0000118G'],
    ['PNC', '20200000118G'],
    ['PNC', '20/118G'],
    ['PNC', '20118G'],
  ])('%s %s finds her', async (system, value) => {
    const { data } = await byNumber(system, value);
    expect(data.personByIdentifier.identity.name).toBe('Maya Kerr');
    expect(data.personByIdentifier.identifiers.items).toEqual(
      expect.arrayContaining([
        { system: 'PNC', value: '2020/0000118G' },
        { system: 'CRO', value: 'SF05/482703J' },
      ]),
    );
  });

  test('and a search by number as well', async () => {
    const { data } = await sightline.ask(
      'response-officer',
      '{ findPeople(by: { identifier: { system: CRO, value: "SF05/482703J" } }) { outcome people { agreesOn } } }',
    );
    expect(data.findPeople).toEqual({ outcome: 'MATCH', people: [{ agreesOn: ['identifier'] }] });
  });
});

describe('what can be no number of its system', () => {
  const WRONG: [string, string, RegExp][] = [
    ['NHS_NUMBER', '9990000019', /ten digits/],
    ['UPN', 'UN1', /letter and twelve digits/],
    ['NINO', 'TN010170M', /two letters and six digits/],
    ['PNC', '2020/0000118H', /2002\/0073319Z/],
    ['CRO', 'SF05/482703K', /SF05\/482703J/],
    ['CRN', '987654', /letter and six digits/],
    ['NOMS', '9876', /A1234BC/],
  ];
  test.each(WRONG)(
    '%s %s is told as a mistake, with the form that is expected',
    async (system, value, form) => {
      const number = await byNumber(system, value);
      expect(number.status).toBe(400);
      expect(number.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
      expect(number.errors[0]?.message).toMatch(form);
      expect(number.errors[0]?.message).not.toContain(value);
      const search = await sightline.ask(
        'response-officer',
        `query ($v: String!) { findPeople(by: { familyName: "Kerr", dateOfBirth: "2002-03-14", identifier: { system: ${system}, value: $v } }) { outcome } }`,
        { variables: { v: value } },
      );
      expect(search.status).toBe(400);
      expect(search.errors[0]?.message).toBe(number.errors[0]?.message);
    },
  );

  test('in the database of an agency is noted, and left out', async () => {
    await sightline.sql(
      'police',
      `update "T_NOMINAL" set "CRO_NO" = '265416/21H' where trim("NOM_ID") = '100018'`,
    );
    const before = sightline.logged.length;
    await sightline.app.refreshIndex();
    const { data } = await byNumber('PNC', '2020/0000118G');
    expect(data.personByIdentifier.identifiers.items).not.toContainEqual(
      expect.objectContaining({ system: 'CRO', value: '265416/21H' }),
    );
    const log = sightline.logged.slice(before).join('\n');
    expect(log).toMatch(/T_NOMINAL\.CRO_NO: not a CRO number/);
    expect(log).toMatch(/CRO: cannot be read/);
    expect(log).not.toContain('265416');
  });
});
