/** Arguments of lists: a null is the default, a number that makes no sense is refused, and several suppliers make one list. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type FieldNode,
  type GraphQLObjectType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  print,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { costOf } from '../../src/gateway/limits/cost.ts';
import { prune } from '../../src/gateway/request/prune.ts';
import { projectRoot } from '../../src/project-root.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { found, maya } from './support/people.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
  // More events than a list has by default, one of them without a day.
  await sightline.sql(
    'police',
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM", "UPD_DTTM")
     select '26/9' || lpad(n::text, 5, '0'), '100018', 'I', 'CFS', case when n < 60 then '2026100' || n % 10 || '1200' end, '202610091200'
     from generate_series(1, 60) as n`,
  );
  // Notes of the trust on even days and of the practice on odd ones, thirty in all, and one of each without a day.
  const [trust] = await sightline.store(
    `select o.record from index_record r join index_record o on o.person = r.person and o.agency = 'mental-health'
     where r.agency = 'police' and r.record = '100018'`,
  );
  const client = trust?.record as string;
  await sightline.sql('mental-health', 'delete from "ProgNote" where "ClientID" = $1', [client]);
  await sightline.sql(
    'mental-health',
    `insert into "ProgNote" ("NoteID", "ClientID", "NoteDT", "ThirdPartyYN", "LegalPrivYN", "Txt")
     select 'T' || n, $1, case when n <= 30 then timestamp '2026-06-01 10:00' + n * interval '1 day' end, 'N', 'N', 'day ' || n
     from generate_series(2, 32, 2) as n`,
    [client],
  );
  await sightline.sql('primary-care', `delete from "CONSULTATION" where "PATIENT_ID" = '70018'`);
  await sightline.sql(
    'primary-care',
    `insert into "CONSULTATION" ("CONS_ID", "PATIENT_ID", "STAT_CD", "CONS_DT", "THIRD_PTY", "LEGAL_PRIV", "SENS_YN", "NOTE_TXT")
     select 'EP-9' || n, '70018', 'C', case when n <= 30 then timestamp '2026-06-01 10:00' + n * interval '1 day' end, 'N', 'N', 'N', 'day ' || n
     from generate_series(1, 31, 2) as n`,
  );
}, 120_000);
afterAll(() => sightline?.close());

const ask = (query: string, variables?: Record<string, unknown>) =>
  sightline.ask('triage-nurse', query, { ...(variables && { variables }) });
const events = (args: string) => maya(`policeEvents { items${args} { category } truncated }`);

describe('a null', () => {
  test.each([
    ['as first', '(first: null)', {}],
    ['as first and since', '(first: null, since: null)', {}],
    ['in a variable', '(first: $first, since: $since)', { first: null, since: null }],
  ])('%s is the default: fifty events of more than sixty', async (_how, args, variables) => {
    const head = Object.keys(variables).length > 0 ? 'query ($first: Int, $since: Date) ' : '';
    const answer = await sightline.ask('response-officer', `${head}${events(args)}`, { variables });
    expect(found(answer).policeEvents.items).toHaveLength(50);
    expect(found(answer).policeEvents.truncated).toBe(true);
    expect(answer.errors).toEqual([]);
  });

  test.each(['first', 'after', 'state', 'person'])(
    'as %s of reviewTasks is as if it were left out',
    async (name) => {
      const tasks = (args: string) =>
        sightline.ask('mash-social-worker', `{ reviewTasks${args} { next tasks { id } } }`);
      expect((await tasks(`(${name}: null)`)).text).toBe((await tasks('')).text);
    },
  );

  test.each(['first', 'after'])('as %s of linksToConfirm is as if it were left out', async (name) => {
    const links = (args: string) =>
      sightline.ask('governance-officer', `{ linksToConfirm${args} { next tasks { id } } }`, {
        reference: null,
      });
    expect((await links(`(${name}: null)`)).text).toBe((await links('')).text);
  });

  test.each(['first', 'after', 'state'])(
    'as %s of breakGlassGrants is as if it were left out',
    async (name) => {
      const grants = (args: string) =>
        sightline.ask('governance-officer', `{ breakGlassGrants${args} { next items { id } } }`, {
          reference: null,
        });
      expect((await grants('')).data.breakGlassGrants).toEqual({ next: null, items: [] });
      expect((await grants(`(${name}: null)`)).text).toBe((await grants('')).text);
    },
  );

  test.each(['first', 'after', 'state'])(
    'as %s of disclosureRequests is as if it were left out',
    async (name) => {
      const requests = (args: string) =>
        sightline.ask('governance-officer', `{ disclosureRequests${args} { next items { id } } }`, {
          reference: null,
        });
      expect((await requests('')).data.disclosureRequests).toEqual({ next: null, items: [] });
      expect((await requests(`(${name}: null)`)).text).toBe((await requests('')).text);
    },
  );

  test.each(['reason', 'level', 'uses', 'until'])(
    'as %s of decideDisclosure is as if it were left out',
    async (name) => {
      const decide = (args: string) =>
        sightline.ask(
          'governance-officer',
          `mutation { decideDisclosure(id: "x", verdict: PERMIT, note: "No."${args}) { id } }`,
          { reference: null },
        );
      expect((await decide(`, ${name}: null`)).text).toBe((await decide('')).text);
    },
  );

  test.each([
    ...['first', 'after'].map((name) => ['consentsToConfirm', name] as const),
    ...['first', 'after', 'state'].flatMap((name) => [
      ['objections', name] as const,
      ['mistakes', name] as const,
    ]),
  ])('of %s as %s is as if it were left out', async (field, name) => {
    const queue = (args: string) =>
      sightline.ask('governance-officer', `{ ${field}${args} { next items { id } } }`, { reference: null });
    expect((await queue('')).data[field]).toEqual({ next: null, items: [] });
    expect((await queue(`(${name}: null)`)).text).toBe((await queue('')).text);
  });

  test('as until of a consent sets it no end', async () => {
    const record = (until: string) =>
      sightline.ask(
        'triage-nurse',
        `mutation { recordConsent(person: "x", purpose: "homelessness-referral", to: "housing", evidence: "signed"${until}) { until } }`,
      );
    expect((await record(', until: null')).errors).toMatchObject([{ extensions: { code: 'NOT_AVAILABLE' } }]);
  });

  test.each(['role', 'purpose', 'agency', 'section'])(
    'as %s of policyMatrix is as if it were left out',
    async (name) => {
      const given = { role: '"triage-nurse"', agency: '"police"', [name]: 'null' };
      const matrix = (args: Record<string, string>) =>
        ask(
          `{ policyMatrix(${Object.entries(args).map(([one, value]) => `${one}: ${value}`)}) { role section level } }`,
        );
      const { [name as 'role']: _, ...without } = given;
      const left = await matrix(without);
      expect(left.data.policyMatrix).not.toEqual([]);
      expect((await matrix(given)).text).toBe(left.text);
    },
  );
  test.each(['first', 'after'])('as %s of who looked is as if it were left out', async (name) => {
    const looks = (args: string) =>
      sightline.ask('data-subject', `{ accessHistory { entries${args} { next items { date } } } }`);
    expect((await looks(`(${name}: null)`)).text).toBe((await looks('')).text);
  });

  test('as agency of barriers is as if it were left out', async () => {
    const counts = (args: string) =>
      sightline.ask(
        'governance-officer',
        `{ barriers(from: "2026-01-01", to: "2026-01-31"${args}) { asked { value } rows { keys { value } } } }`,
        { reference: null },
      );
    expect((await counts(', agency: null')).text).toBe((await counts('')).text);
  });

  test.each(['first', 'after'])('as %s of register is as if it were left out', async (name) => {
    const entries = (args: string) =>
      sightline.ask(
        'governance-officer',
        `{ register(by: { kind: BREAK_GLASS }${args}) { next items { at } } }`,
        {
          reference: null,
        },
      );
    expect((await entries(`, ${name}: null`)).text).toBe((await entries('')).text);
  });

  test('as replayDays of policyDiff is as if it were left out: no request is looked at', async () => {
    const yaml = readFileSync(join(projectRoot(), 'adapters/mental-health/sharing.yaml'), 'utf8');
    const text = yaml.replace('opens: [medication, allergies]', 'opens: [medication]');
    const diff = (more: string) =>
      sightline.ask(
        'governance-officer',
        `query ($yaml: String!) { policyDiff(files: [{ agency: "mental-health", yaml: $yaml }]${more})
          { changes { section fieldsClosed requestsWithheld { value } } } }`,
        { reference: null, variables: { yaml: text } },
      );
    const left = await diff('');
    expect(left.data.policyDiff.changes[0]).toMatchObject({ section: 'clinical', requestsWithheld: null });
    expect((await diff(', replayDays: null')).text).toBe(left.text);
  });
  test.each(['from', 'to'])('as %s of registerStatement is as if it were left out', async (name) => {
    const statement = (args: string) =>
      sightline.ask('governance-officer', `{ registerStatement${args} { from to whole } }`, {
        reference: null,
      });
    expect((await statement(`(${name}: null)`)).text).toBe((await statement('')).text);
  });

  test.each(['operationName', 'variables', 'relationship'])(
    'as %s of disclosurePlan is as if it were left out',
    async (name) => {
      const plan = (more: string) =>
        ask(
          `{ disclosurePlan(query: "{ person(id: \\"x\\") { crisisPlan { whatHelps } } }"${more}) { fields { path state level reason } } }`,
        );
      const left = await plan('');
      expect(left.data.disclosurePlan.fields).not.toEqual([]);
      expect((await plan(`, ${name}: null`)).text).toBe(left.text);
    },
  );

  test('as issuer, or as anything that is known of a person, is as if it were left out', async () => {
    const number = (more: string) =>
      ask(`{ personByIdentifier(system: NHS_NUMBER, value: "9990000018"${more}) { identity { name } } }`);
    expect((await number(', issuer: null')).data).toEqual((await number('')).data);
    const search = (more: string) =>
      ask(
        `{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14"${more} }) { outcome people { agreesOn } } }`,
      );
    expect((await search(', sex: null, postcode: null, identifier: null')).data).toEqual(
      (await search('')).data,
    );
  });

  test.each(['since', 'until', 'first', 'after'])(
    'as %s of timeline is as if it were left out',
    async (name) => {
      const line = async (args: string) => {
        const answer = await sightline.ask(
          'response-officer',
          maya(`timeline${args} { next items { title date } }`),
        );
        return found(answer).timeline;
      };
      const left = await line('');
      expect(left.items).toHaveLength(50);
      expect(await line(`(${name}: null)`)).toEqual(left);
    },
  );

  test('before a note is no limit', async () => {
    const notes = async (args: string) =>
      found(await ask(maya(`clinical { notes${args} { text } }`))).clinical.notes;
    expect(await notes('(before: null)')).toEqual(await notes(''));
  });

  test('costs what the default costs', () => {
    const { schema } = sightline.app.gateway;
    const cost = (args: string) => {
      const document = parse(`{ person(id: "x") { policeEvents { items${args} { category } } } }`);
      return costOf(schema, document, document.definitions[0] as OperationDefinitionNode, {});
    };
    expect(cost('(first: null)')).toBe(cost(''));
    expect(cost('(first: 50)')).toBe(cost(''));
  });

  test('of every argument that may be null is tried above', () => {
    const nullable = Object.values(sightline.app.gateway.schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) && !type.name.startsWith('__')
        ? Object.values(type.getFields()).flatMap((field) =>
            field.args
              .filter((arg) => !isNonNullType(arg.type))
              .map((arg) => `${type.name}.${field.name}.${arg.name}`),
          )
        : [],
    );
    expect(nullable.sort()).toEqual(
      [
        ...[
          'Clinical.notes.before',
          'Clinical.notes.first',
          'PoliceEvents.items.first',
          'PoliceEvents.items.since',
        ],
        ...['after', 'first', 'person', 'state'].map((name) => `Query.reviewTasks.${name}`),
        ...['operationName', 'relationship', 'variables'].map((name) => `Query.disclosurePlan.${name}`),
        ...['after', 'first'].map((name) => `Query.linksToConfirm.${name}`),
        ...['after', 'first'].map((name) => `AccessHistory.entries.${name}`),
        'Query.barriers.agency',
        ...['after', 'first'].map((name) => `Query.register.${name}`),
        ...['from', 'to'].map((name) => `Query.registerStatement.${name}`),
        ...['after', 'first', 'state'].map((name) => `Query.breakGlassGrants.${name}`),
        ...['after', 'first', 'state'].map((name) => `Query.disclosureRequests.${name}`),
        ...['level', 'reason', 'until', 'uses'].map((name) => `Mutation.decideDisclosure.${name}`),
        ...['agency', 'purpose', 'role', 'section'].map((name) => `Query.policyMatrix.${name}`),
        ...['after', 'first'].map((name) => `Query.consentsToConfirm.${name}`),
        ...['after', 'first', 'state'].flatMap((name) => [
          `Query.objections.${name}`,
          `Query.mistakes.${name}`,
        ]),
        ...['after', 'first', 'since', 'until'].map((name) => `Person.timeline.${name}`),
        'Mutation.recordConsent.until',
        'Query.policyDiff.replayDays',
        'Query.personByIdentifier.issuer',
      ].sort(),
    );
  });
});

describe('a number that makes no sense', () => {
  test.each([0, -1, 501])('as first: %i makes no list, in a variable too', async (first) => {
    const literal = await ask(events(`(first: ${first})`));
    const variable = await ask(`query ($first: Int) ${events('(first: $first)')}`, { first });
    for (const answer of [literal, variable]) {
      expect(found(answer).policeEvents.items).toBeNull();
      expect(answer.errors[0]).toMatchObject({
        message: `first must be from 1 to 500; ${first} was given`,
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
  });

  test('as first: the largest there is costs too much', async () => {
    const { status, errors } = await ask(events('(first: 2147483647)'));
    expect([status, errors[0]?.extensions.code]).toEqual([400, 'QUERY_REFUSED']);
  });

  test('as first of reviewTasks is refused with its bound', async () => {
    for (const first of [0, 51]) {
      const answer = await sightline.ask('mash-social-worker', `{ reviewTasks(first: ${first}) { next } }`);
      expect(answer.errors[0]?.message).toContain('from 1 to 50');
    }
  });
});

describe('a list of two suppliers', () => {
  const clinical = async (fields: string) => {
    const answer = await ask(maya(`clinical { ${fields} }`));
    expect(answer.errors).toEqual([]);
    return found(answer).clinical;
  };
  const days = (notes: { text: string }[]) => notes.map(({ text }) => Number(text.slice(4)));
  const newestFirst = Array.from({ length: 30 }, (_, at) => 30 - at);

  test('is one list, newest first, and what has no day comes last in the order of agencies', async () => {
    const { notes, truncated } = await clinical(
      'notes(first: 100) { text source { agency { id } } } truncated',
    );
    expect(days(notes)).toEqual([...newestFirst, 32, 31]);
    expect(truncated).toBe(false);
  });

  test.each([
    [1, true],
    [2, true],
    [31, true],
    [32, false],
    [33, false],
  ])('is cut once: first: %i gives so many in all, and truncated says %s', async (first, cut) => {
    const { notes, truncated } = await clinical(`notes(first: ${first}) { text } truncated`);
    expect(days(notes)).toEqual([...newestFirst, 32, 31].slice(0, first));
    expect(truncated).toBe(cut);
  });

  test('that each supplier could give whole is truncated where together they are more than a list has', async () => {
    expect(await clinical('truncated')).toEqual({ truncated: true });
    expect((await clinical('notes { text } truncated')).notes).toHaveLength(20);
    expect(
      await clinical('a: notes(first: 40) { text } b: notes(first: 3) { writtenAt } truncated'),
    ).toMatchObject({
      truncated: true,
    });
  });

  test('counts for truncated what the filter leaves', async () => {
    const before = 'before: "2026-06-04T00:00:00Z"';
    const { notes, truncated } = await clinical(`notes(first: 2, ${before}) { text } truncated`);
    expect(days(notes)).toEqual([2, 1]);
    expect(truncated).toBe(false);
    expect((await clinical(`notes(first: 1, ${before}) { text } truncated`)).truncated).toBe(true);
  });

  test('that is never cut is in the same order', async () => {
    const answer = await ask(
      maya('clinical { diagnoses { from } } warningMarkers { items { from } } addresses { items { from } }'),
    );
    const { clinical: record, ...sections } = found(answer);
    for (const items of [record.diagnoses, sections.warningMarkers.items, sections.addresses.items]) {
      const dates = items.map(({ from }: { from: string | null }) => from ?? '');
      expect(dates.length).toBeGreaterThan(1);
      expect(dates).toEqual([...dates].sort().reverse());
    }
  });

  // Else the order would tell a date to whom it is withheld.
  test('is not put in order by a date that is not released: it is not even asked for', () => {
    const { schema } = sightline.app.gateway;
    const document = parse('{ person(id: "x") { involvements { items { service } } } }');
    const person = (document.definitions[0] as OperationDefinitionNode).selectionSet
      .selections[0] as FieldNode;
    const nodes = person.selectionSet?.selections as FieldNode[];
    const type = schema.getType('Involvements') as GraphQLObjectType;
    const execution = { schema, fragments: {}, variableValues: {} };
    const asked = (released: (path: string) => boolean) =>
      print(prune(nodes, type, 'involvements', execution, false, released));
    expect(asked(() => true)).toContain('sightlineDate: from');
    expect(asked((path) => path !== 'items.from')).not.toContain('from');
  });
});
