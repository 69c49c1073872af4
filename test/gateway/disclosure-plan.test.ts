/** What a query would disclose, told without running it, is what running it then does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { type Answer, type SharedSightline, sharedSightline } from '../support/sightline.ts';
import { type Leaf, leavesOf, valuesAt } from '../support/whole-person.ts';
import { disclosing } from './support/columns.ts';
import { maya } from './support/people.ts';

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

interface PlannedField {
  path: string;
  agency: { id: string };
  state: 'WOULD_ASK' | 'WITHHELD' | 'NOT_COVERED';
  level: string | null;
  reason: string | null;
  scope: string | null;
  rule: {
    agreement: { id: string };
    file: string;
    line: number;
    gateways: string[];
    conditions: string[];
  } | null;
}
interface Plan {
  fields: PlannedField[];
  agenciesAsked: { id: string }[];
  agenciesNotAsked: { id: string }[];
}
const PLAN = `query ($query: String!, $variables: JSON, $relationship: Relationship) {
  disclosurePlan(query: $query, variables: $variables, relationship: $relationship) {
    agenciesAsked { id } agenciesNotAsked { id }
    fields { path agency { id } state level reason scope rule { agreement { id } file line gateways conditions } }
  }
}`;
const planOf = async (
  persona: string,
  query: string,
  variables: Record<string, unknown> = {},
  asking: { reference?: string | null } = {},
): Promise<Plan> => {
  const answer = await sightline.ask(persona, PLAN, { variables: { query, ...variables }, ...asking });
  expect(answer.errors).toEqual([]);
  return answer.data.disclosurePlan;
};

/** A selection of `Person` with these leaves and nothing else. */
function selecting(leaves: readonly Leaf[]): string {
  const nest = (paths: readonly string[]): string => {
    const heads = [...new Set(paths.map((path) => path.split('.')[0] as string))];
    return heads
      .map((head) => {
        const inner = paths
          .filter((path) => path.startsWith(`${head}.`))
          .map((path) => path.slice(head.length + 1));
        return inner.length > 0 ? `${head} { ${nest(inner)} }` : head;
      })
      .join(' ');
  };
  return nest(leaves.map(({ section, path }) => `${section}.${path}`));
}
const captured = async (work: () => Promise<Answer>) => {
  if (!sightline.statements) return { result: await work(), statements: null };
  const { result, statements } = await sightline.statements.during(work);
  return { result, statements: disclosing(statements) };
};
const withoutIndexes = (path: readonly (string | number)[] = []) =>
  path.filter((key) => typeof key === 'string').join('.');

describe.each(['response-officer', 'triage-nurse', 'mash-social-worker', 'housing-officer'])(
  'asked by %s',
  (persona) => {
    test('whatever is selected: planned as withheld is null with that reason, and who is not asked gets no statement', async () => {
      const leaves = leavesOf(sightline.app.catalogue);
      await fc.assert(
        fc.asyncProperty(fc.subarray(leaves, { minLength: 1, maxLength: 25 }), async (some) => {
          const query = maya(selecting(some));
          const plan = await planOf(persona, query);
          const { result, statements } = await captured(() => sightline.ask(persona, query));
          expect(result.data.findPeople.outcome).toBe('MATCH');

          const asked = new Set(plan.agenciesAsked.map(({ id }) => id));
          expect((statements ?? []).filter(({ agency }) => !asked.has(agency))).toEqual([]);
          for (const path of new Set(plan.fields.map((field) => field.path))) {
            const planned = plan.fields.filter((field) => field.path === path);
            if (planned.some(({ state }) => state === 'WOULD_ASK')) continue;
            const values = valuesAt(result.data, path);
            expect(values.every((value) => value === null)).toBe(true);
            const reasons = planned.flatMap(({ reason }) => reason ?? []);
            const errors = result.errors.filter(({ path: at }) => {
              const place = withoutIndexes(at);
              return place === path || path.startsWith(`${place}.`);
            });
            // A list that others filled has the error at each item; one that is empty has none to put it at.
            if (values.length > 0 && reasons.length > 0)
              expect(errors.map(({ extensions }) => extensions.reason)).toEqual(
                expect.arrayContaining([expect.toSatisfy((reason) => reasons.includes(reason as string))]),
              );
          }
        }),
        { numRuns: 15 },
      );
    }, 60_000);
  },
);

test('a field is planned for each agency that supplies it, and every agency is asked or not', async () => {
  const plan = await planOf(
    'response-officer',
    maya('crisisPlan { whatHelps triggers } warningMarkers { items { type } }'),
  );
  const at = 'findPeople.people.person';
  expect(
    plan.fields.map(({ path, agency, state, level, reason }) => [path, agency.id, state, level ?? reason]),
  ).toEqual([
    [`${at}.crisisPlan.whatHelps`, 'mental-health', 'WOULD_ASK', 'SUMMARY'],
    [`${at}.crisisPlan.triggers`, 'mental-health', 'WITHHELD', 'LEVEL'],
    [`${at}.warningMarkers.items.type`, 'housing', 'WOULD_ASK', 'FULL'],
    [`${at}.warningMarkers.items.type`, 'mental-health', 'WOULD_ASK', 'FULL'],
    [`${at}.warningMarkers.items.type`, 'police', 'WOULD_ASK', 'FULL'],
    [`${at}.warningMarkers.items.type`, 'probation', 'WOULD_ASK', 'FULL'],
  ]);
  const ids = (agencies: { id: string }[]) => agencies.map(({ id }) => id);
  expect([...ids(plan.agenciesAsked), ...ids(plan.agenciesNotAsked)].toSorted()).toEqual(
    [...sightline.app.agencies.ids].toSorted(),
  );
});

test('the level that releases a field is the schema’s, whoever asks', async () => {
  const query = `query ($query: String!) { disclosurePlan(query: $query) { fields { path state needs } } }`;
  const fields = maya('crisisPlan { sharedExtract whatHelps triggers } housing { state }');
  for (const [persona, states] of [
    ['triage-nurse', ['WOULD_ASK', 'WOULD_ASK', 'WOULD_ASK']],
    ['response-officer', ['WOULD_ASK', 'WOULD_ASK', 'WITHHELD']],
    ['analyst', ['WITHHELD', 'WITHHELD', 'WITHHELD']],
  ] as const) {
    const { data } = await sightline.ask(persona, query, { variables: { query: fields } });
    const told: { state: string; needs: string }[] = data.disclosurePlan.fields;
    expect([persona, told.map(({ needs }) => needs)]).toEqual([
      persona,
      ['SUMMARY', 'SUMMARY', 'FULL', 'EXISTS'],
    ]);
    expect([persona, told.slice(0, 3).map(({ state }) => state)]).toEqual([persona, states]);
  }
});

test('every rule names a file and the line in it that says so', async () => {
  const leaves = leavesOf(sightline.app.catalogue);
  const { fields } = await planOf('triage-nurse', maya(selecting(leaves)));
  const rules = fields.flatMap(({ state, rule, agency }) => (rule ? [{ state, rule, agency }] : []));
  expect(rules.length).toBeGreaterThan(50);
  for (const { state, rule, agency } of rules) {
    expect(rule.file).toBe(`adapters/${agency.id}/sharing.yaml`);
    const line = readFileSync(join(projectRoot(), rule.file), 'utf8').split('\n')[rule.line - 1];
    expect(line).toMatch(/role: triage-nurse|agreement:|grants:|^ {6}\w+:/);
    if (state === 'WOULD_ASK') {
      expect(rule.gateways.length).toBeGreaterThan(0);
      expect(rule.conditions).toContain('PART2');
    }
  }
});

test('another relationship may be assumed', async () => {
  const query = maya('crisisPlan { triggers } policeEvents { items { date } }');
  const states = async (relationship: string) =>
    (await planOf('triage-nurse', query, { relationship })).fields.map(
      ({ state, reason }) => reason ?? state,
    );
  expect(await states('VERIFIED')).toEqual(['WOULD_ASK', 'WOULD_ASK']);
  expect(await states('UNVERIFIED')).toEqual(['WOULD_ASK', 'RELATIONSHIP_UNVERIFIED']);
  expect(await states('NONE')).toEqual(['NO_RELATIONSHIP', 'NO_RELATIONSHIP']);
});

test('variables decide what is left out of the query, and so out of the plan', async () => {
  const query = `query ($all: Boolean!) ${maya('crisisPlan @include(if: $all) { triggers } identity { name }')}`;
  const sections = async (all: boolean) =>
    new Set(
      (await planOf('triage-nurse', query, { variables: { all } })).fields.map(
        ({ path }) => path.split('.')[3],
      ),
    );
  expect(await sections(true)).toEqual(new Set(['crisisPlan', 'identity']));
  expect(await sections(false)).toEqual(new Set(['identity']));
});

describe('nobody is looked at', () => {
  const by = (id: string) => `{ person(id: "${id}") { crisisPlan { triggers } } }`;

  test('an id in it may be anybody’s or nobody’s: the plan is the same', async () => {
    const found = await sightline.ask('triage-nurse', maya('id'));
    const real = found.data.findPeople.people[0].person.id;
    expect(await planOf('triage-nurse', by(real))).toEqual(await planOf('triage-nurse', by('nobody')));
  });

  test('no statement reaches an agency or the index but for the caller’s own reference', async () => {
    if (!sightline.statements) return;
    const { statements } = await sightline.statements.allDuring(() =>
      planOf('triage-nurse', by('x'), {}, { reference: null }),
    );
    const looking = statements.filter(({ user }) => user.endsWith('_reader') || user.endsWith('_owner'));
    expect(looking.filter(({ sql }) => /index_record|index_candidate|T_|Client/.test(sql))).toEqual([]);
  });

  test('nothing goes to the register', async () => {
    const answer = await sightline.ask('triage-nurse', PLAN, { variables: { query: by('x') } });
    const entries = await sightline.store('select 1 from register_entry where request_id = $1', [
      answer.headers.get('x-request-id'),
    ]);
    expect(entries).toEqual([]);
  });
});

test.each([
  ['is no query', 'nonsense {', 'GRAPHQL_PARSE_FAILED'],
  ['asks what there is not', '{ person(id: "x") { secrets } }', 'GRAPHQL_VALIDATION_FAILED'],
  [
    'has several operations and names none',
    'query A { agencies { id } } query B { agencies { id } }',
    'BAD_USER_INPUT',
  ],
])('a text that %s is refused as such', async (_what, query, code) => {
  const answer = await sightline.ask('triage-nurse', PLAN, { variables: { query } });
  expect(answer.errors[0]?.extensions.code).toBe(code);
});
