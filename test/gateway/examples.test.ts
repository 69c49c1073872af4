import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse, print, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOLE_CODES } from '../../src/gateway/hole-error.ts';
import { ChildInHouseholdDocument, ThreeAmCallDocument } from '../../src/generated/examples.ts';
import { EXAMPLES } from '../../src/graphiql/examples.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

describe.each(EXAMPLES.map((example) => [example.name, example] as const))(
  'the example “%s”',
  (_, example) => {
    test('is valid against the public schema', () => {
      expect(validate(sightline.app.gateway.schema, parse(example.query))).toEqual([]);
    });

    test('is answered, and finds whom it asks about', async () => {
      const { variables, persona = 'analyst' } = example;
      const { status, data, errors } = await sightline.ask(persona, example.query, { variables });
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
): Promise<Data> {
  const answer = await sightline.ask(persona, print(document), { variables });
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
    expect(members.map(({ relationship, person }) => [relationship, person?.identity.name])).toEqual([
      ['CHILD', 'Isla Kerr'],
    ]);
  });
});
