/** graphql-shield allows what it is not told about, and tells what it should not: each way in which it does. */
import {
  buildSchema,
  GraphQLError,
  type GraphQLSchema,
  graphql,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Ledger } from '../../src/gateway/request/ledger.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';

/** Stands between `shielded` and the library, so that each of its pitfalls can be walked into on purpose. */
const pitfall = vi.hoisted(() => ({
  map: null as null | ((map: Record<string, Record<string, unknown>>) => void),
  options: null as null | Record<string, unknown>,
}));
vi.mock('../../src/gateway/schema/shield-library.ts', async (load) => {
  const real = await load<typeof import('../../src/gateway/schema/shield-library.ts')>();
  return {
    ...real,
    graphqlShield: () => {
      const library = real.graphqlShield();
      return {
        ...library,
        shield: (map: never, options: object) => {
          pitfall.map?.(map);
          return library.shield(map, { ...options, ...pitfall.options });
        },
      };
    },
  };
});
const { shielded } = await import('../../src/gateway/schema/shield.ts');

describe('the start', () => {
  afterEach(() => {
    pitfall.map = null;
    pitfall.options = null;
  });
  const small = (): GraphQLSchema =>
    buildSchema(`
      type Query { person: Person }
      type Person { id: ID! crisisPlan: CrisisPlan }
      interface Section { state: String! }
      type CrisisPlan implements Section { state: String! triggers: String contacts: [ContactPoint!] }
      type ContactPoint { value: String }
    `);

  test('goes on with a whole map', async () => {
    expect((await shielded(small())).getType('CrisisPlan')).toBeDefined();
  });

  // Seen to fail, each row, without assertDeniesAll() in shielded(): the schema was served.
  const walkedInto: [string, NonNullable<typeof pitfall.map>, Record<string, unknown>?][] = [
    [
      'one rule of a type is undefined, and the fallback is the library’s own',
      (map) => Object.assign(map.CrisisPlan ?? {}, { contacts: undefined }),
      { fallbackRule: undefined },
    ],
    [
      'a type has no rules, and the fallback is the library’s own',
      (map) => void delete map.ContactPoint,
      { fallbackRule: undefined },
    ],
    [
      'a field has no rule, and the fallback allows',
      (map) => void delete map.CrisisPlan?.triggers,
      { fallbackRule: true as never },
    ],
    [
      'rules stand on the interface alone',
      (map) => {
        map.Section = map.CrisisPlan ?? {};
        delete map.CrisisPlan;
      },
      { fallbackRule: undefined },
    ],
  ];
  test.each(walkedInto)('is refused when %s', async (_what, map, options = {}) => {
    const { allow } = (await import('../../src/gateway/schema/shield-library.ts')).graphqlShield();
    pitfall.map = map;
    pitfall.options = 'fallbackRule' in options ? { fallbackRule: allow } : null;
    await expect(shielded(small())).rejects.toThrow(/answers without a decision/);
  });

  test('has a fallback that denies what the map does not name, with a code of ours', async () => {
    pitfall.map = (map) => void delete map.CrisisPlan?.triggers;
    const schema = await shielded(small());
    const result = await graphql({
      schema,
      source: '{ person { crisisPlan { triggers } } }',
      rootValue: { person: { crisisPlan: { triggers: 'sirens' } } },
      contextValue: { ledger: { locate: () => null } },
    });
    expect(result.data).toEqual({ person: { crisisPlan: { triggers: null } } });
    expect(result.errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'WITHHELD', reason: 'NOT_LISTED' },
    ]);
  });
});

describe('served', () => {
  let sightline: Sightline;
  beforeAll(async () => {
    sightline = await startSightline();
  });
  afterAll(() => sightline?.close());
  const maya = (fields: string) =>
    `{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { people { person { ${fields} } } } }`;

  /** Types of the gateway's own graph, which carries nothing of a person: what else answers here is a leak. */
  const OPEN = [
    'AccessHistory',
    'Agency',
    'Agreement',
    'Contact',
    'Countable',
    'DisclosurePlan',
    'Grant',
    'Person',
    'PersonMatch',
    'PersonSearchResult',
    'PlannedField',
    'Query',
    'Rule',
    'Source',
    'SourceAnswer',
    'Viewer',
  ];

  test('every field of person data is denied to a request that was given no decision', async () => {
    const denied = new Set<string>();
    const answers = new Set<string>();
    for (const type of Object.values(sightline.app.gateway.schema.getTypeMap())) {
      if (!isObjectType(type) || isIntrospectionType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        if (['state', 'sources', 'source'].includes(field.name)) continue;
        const answer = await Promise.resolve()
          .then(() =>
            field.resolve?.({ [field.name]: 'secret' }, {}, { ledger: new Ledger() }, {
              parentType: type,
              fieldName: field.name,
              path: { key: field.name },
              operation: { operation: 'query' },
              fieldNodes: [],
            } as never),
          )
          .catch((error: unknown) => error);
        // Any other error is one of the product's resolvers, which then was let through to.
        const isDenial =
          answer instanceof Error &&
          (/was not asked of a section|lies in no timeline/.test(answer.message) ||
            (answer instanceof GraphQLError && answer.extensions.code === 'WITHHELD'));
        (isDenial ? denied : answers).add(type.name);
      }
    }
    expect([...answers].toSorted()).toEqual(OPEN);
    expect(denied.size).toBeGreaterThan(40);
  });

  // Seen to fail with failures thrown on by askAgency() and no formatError in startApollo().
  const eachReader = (action: string) =>
    `do $$ declare one record; begin
       for one in select distinct grantee from information_schema.column_privileges where table_name = 'CarePlan' and column_name = 'ClientID' and grantee like '%reader'
       loop execute format('${action}', one.grantee); end loop; end $$`;
  const broken: [string, string, string][] = [
    [
      'a column is renamed',
      'alter table "CarePlan" rename column "HelpsTxt" to "HelpTxt"',
      'alter table "CarePlan" rename column "HelpTxt" to "HelpsTxt"',
    ],
    [
      'a table is gone',
      'alter table "CarePlan" rename to "CarePlanOld"',
      'alter table "CarePlanOld" rename to "CarePlan"',
    ],
    [
      'a column has another type',
      'alter table "CarePlan" add column kept text; update "CarePlan" set kept = "PlanType"; alter table "CarePlan" alter column "PlanType" type boolean using true',
      'alter table "CarePlan" alter column "PlanType" type char(2) using kept; alter table "CarePlan" drop column kept',
    ],
    [
      'a column may no longer be read',
      eachReader('revoke select ("HelpsTxt") on "CarePlan" from %I'),
      eachReader('grant select ("HelpsTxt") on "CarePlan" to %I'),
    ],
  ];
  test.each(broken)(
    'when at an agency %s, nothing of its tables is told',
    async (_what, breaking, mending) => {
      await sightline.sql('mental-health', breaking);
      try {
        const answer = await sightline.ask(
          'triage-nurse',
          maya('crisisPlan { state whatHelps } identity { name }'),
        );
        expectMasked(answer);
        expect(answer.data.findPeople.people[0].person.crisisPlan).toEqual({
          state: 'UNAVAILABLE',
          whatHelps: null,
        });
        expect(answer.data.findPeople.people[0].person.identity.name).toMatch(/kerr/i);
        expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['SOURCE_UNAVAILABLE']);
      } finally {
        await sightline.sql('mental-health', mending);
      }
    },
  );

  function expectMasked({ text }: Answer) {
    expect(text).not.toMatch(
      /CarePlan|HelpsTxt|select|relation |column \\?"|operator|reader|postgres|127\.0\.0\.1|localhost|\.ts\b|node_modules/i,
    );
    expect(sightline.logged.join('\n')).not.toMatch(/CarePlan|HelpsTxt|relation "|does not exist/);
  }

  test('a name that the asker gives a field does not make it another’s', async () => {
    const forged = maya('markers: warningMarkers { list: items { from: reviewDate kind: type } }');
    expect((await sightline.ask('response-officer', forged)).status).toBe(400);
    const honest = await sightline.ask(
      'response-officer',
      maya('markers: warningMarkers { list: items { kind: type } }'),
    );
    expect(honest.data.findPeople.people[0].person.markers.list.length).toBeGreaterThan(0);
    const officer = await sightline.ask(
      'response-officer',
      maya('a: crisisPlan { b: whatHelps c: triggers } d: crisisPlan { b: triggers }'),
    );
    expect(officer.data.findPeople.people[0].person).toMatchObject({ a: { c: null }, d: { b: null } });
  });
});
