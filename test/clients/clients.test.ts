/** Every recipe of docs/client-recipes.md is a program here, compiled with the rest and run against the real gateway. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, isEnumType, parse, print } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Hole, holesAt, NotAnswered } from '../../src/client/index.ts';
import { ENGLISH, words, wordsAt } from '../../src/client/words.ts';
import { projectRoot } from '../../src/project-root.ts';
import { ANSWER_REASONS } from '../../src/states.ts';
import { personaOf, type SharedSightline, sharedSightline } from '../support/sightline.ts';
import { askApollo, createApollo } from './apollo.ts';
import { ask } from './fetch.ts';
import { askRelay, createRelay } from './relay.ts';
import type { Sharing } from './sharing.ts';
import { askUrql, createUrql } from './urql.ts';

const MAYA = { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' };
const PERSON = ['findPeople', 'people', 0, 'person'];
const root = projectRoot();
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

async function sharingOf(persona: string, change: Partial<Sharing> = {}): Promise<Sharing> {
  const { purpose, reference } = personaOf(persona);
  const token = await sightline.tokens.issue(personaOf(persona));
  return { url: `${sightline.url}/graphql`, token, purpose, reference, ...change };
}
const QUERY = textOf('test/clients/crisis.graphql');

// biome-ignore lint/suspicious/noExplicitAny: as each client types it
type Asked = { data: any; errors?: readonly any[]; holes: readonly Hole[]; standingOf?(section: any): any };
const CLIENTS: Record<string, (sharing: Sharing) => () => Promise<Asked>> = {
  'Apollo Client': (sharing) => {
    const client = createApollo(sharing);
    return () => askApollo(client, MAYA);
  },
  urql: (sharing) => {
    const client = createUrql(sharing);
    return () => askUrql(client, MAYA);
  },
  Relay: (sharing) => {
    const relay = createRelay(sharing);
    return () => askRelay(relay, MAYA);
  },
  'no library': (sharing) => () => ask(sharing, QUERY, MAYA),
};

describe.each(Object.entries(CLIENTS))('with %s', (name, clientOf) => {
  test('what is allowed is shown, and what is null is told from what is none', async () => {
    const { data, holes } = await clientOf(await sharingOf('response-officer'))();
    const { person } = data.findPeople.people[0];
    expect(person.identity).toMatchObject({ name: 'Maya Kerr', dateOfBirth: '2002-03-14' });
    expect(person.crisisPlan).toMatchObject({
      whatHelps: expect.stringContaining('low voice'),
      triggers: null,
    });
    expect(person.clinical.diagnoses).toBeNull();
    for (const [place, reason] of [
      [['crisisPlan', 'triggers'], 'LEVEL'],
      [['clinical', 'diagnoses'], 'NEEDS_BREAK_GLASS'],
    ] as const) {
      const open = holesAt(holes, [...PERSON, ...place]);
      expect(open).toContainEqual(expect.objectContaining({ agency: 'mental-health', reason }));
      expect(wordsAt(open)).toMatch(/Call .*01632 960200/);
    }
    expect(holesAt(holes, [...PERSON, 'crisisPlan', 'whatHelps'])).toEqual([]);
  });

  test('a fragment on the interface of all sections says how each stands', async () => {
    const { data, standingOf = (section) => section } = await clientOf(await sharingOf('response-officer'))();
    const { crisisPlan, clinical } = data.findPeople.people[0].person;
    expect(standingOf(crisisPlan)).toMatchObject({ state: 'DISCLOSED', sources: [{ state: 'DISCLOSED' }] });
    expect(standingOf(clinical).state).toBe('WITHHELD');
  });

  test('errors of fields stand beside the data, unless the holes alone are asked for', async () => {
    const { errors = [] } = await clientOf(await sharingOf('response-officer'))();
    const paths = errors.map(({ path, extensions }) => [path.slice(4).join('.'), extensions.code]);
    expect(paths).toEqual(
      ['Relay', 'Apollo Client'].includes(name)
        ? []
        : [
            ['crisisPlan.triggers', 'WITHHELD'],
            ['clinical.diagnoses', 'WITHHELD'],
          ],
    );
  });

  test('each question is asked, by POST: nothing is kept, and nothing of anybody stands in an address', async () => {
    const askAgain = clientOf(await sharingOf('response-officer'));
    const before = sightline.logged.length;
    await askAgain();
    await askAgain();
    const requests = () =>
      sightline.logged
        .slice(before)
        .map((line) => JSON.parse(line))
        .filter(({ msg }) => msg === 'request');
    await expect.poll(() => requests().length).toBe(2);
    for (const request of requests())
      expect(request).toMatchObject({ method: 'POST', route: '/graphql', status: 200 });
  });

  test('a request that is not answered at all is an error, with what the gateway says', async () => {
    const askWithout = clientOf(await sharingOf('response-officer', { reference: '' }));
    const refused = await askWithout().catch((thrown) => thrown);
    expect(refused).toBeInstanceOf(NotAnswered);
    expect(refused).toMatchObject({ kind: 'REFERENCE', message: expect.stringMatching(/Sharing-Reference/) });
  });

  test('a token that does not hold asks for another sign-in', async () => {
    const asked = clientOf(await sharingOf('response-officer', { token: 'not.a.token' }))();
    await expect(asked).rejects.toMatchObject({ kind: 'SIGN_IN', status: 401 });
  });
});

/** As graphql-js prints, but arguments are never put on lines of their own. */
const asRelayPrints = (document: string) =>
  print(parse(document)).replaceAll(
    /\(\n([^()]*)\n\s*\)/g,
    (_lines, given: string) => `(${given.trim().replaceAll(/\n\s*/g, ', ')})`,
  );

describe('what is kept of Relay’s compiler', () => {
  const folder = 'test/clients/__generated__';
  const artifacts = readdirSync(join(root, folder)).map(
    (file) => [file, textOf(`${folder}/${file}`)] as const,
  );

  test('is of the documents as they stand', () => {
    const documents = [...textOf('test/clients/relay.ts').matchAll(/graphql`([^`]+)`/g)].map(
      ([, text = '']) => text,
    );
    const hashes = documents.map((text) => createHash('md5').update(asRelayPrints(text)).digest('hex'));
    const kept = artifacts.map(([, text]) => /\(node as any\)\.hash = "(\w+)"/.exec(text)?.[1]);
    expect(kept.sort()).toEqual(hashes.sort());
  });

  test('has the enums of the schema as it stands', () => {
    const schema = buildSchema(textOf('schema/sightline.graphql'));
    const unions = artifacts.flatMap(([, text]) => [...text.matchAll(/^export type (\w+) = ("[^;]+);$/gm)]);
    expect(unions.length).toBeGreaterThan(2);
    for (const [, name = '', values = ''] of unions) {
      const type = schema.getType(name);
      const known = isEnumType(type) ? type.getValues().map((value) => value.name) : [];
      expect(
        values
          .split(' | ')
          .map((value) => value.slice(1, -1))
          .sort(),
        name,
      ).toEqual([...known, '%future added value'].sort());
    }
  });

  // The compiler is 118 MB, so it is no package of ours: RELAY_COMPILER names its program where there is one.
  test.runIf(process.env.RELAY_COMPILER)('is what the compiler writes', () => {
    const copy = mkdtempSync(join(tmpdir(), 'sightline-relay-'));
    try {
      mkdirSync(join(copy, folder), { recursive: true });
      for (const file of [
        'schema/sightline.graphql',
        'test/clients/relay.ts',
        'test/clients/relay.config.json',
      ])
        cpSync(join(root, file), join(copy, file));
      execFileSync(process.env.RELAY_COMPILER as string, ['test/clients/relay.config.json'], { cwd: copy });
      const written = readdirSync(join(copy, folder)).map((file) => [
        file,
        readFileSync(join(copy, folder, file), 'utf8'),
      ]);
      expect(written).toEqual(artifacts);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });
});

/** What the client says of each state and reason, as a table. */
function tableOfWords(): string {
  const { reasons, bareStates } = ENGLISH;
  const contact = { desk: '*desk*', phone: '*number*' };
  const row = (state: string, reason: string | null) => {
    const scope = reason === 'NONE_IN_SCOPE' ? '*scope*' : null;
    const { sentence } = words(
      { section: null, agency: 'agency', state, reason, contact },
      { scope, agencies: { agency: '*Agency*' } },
    );
    return `| ${[state, reason].filter(Boolean).join(', ')} | ${sentence} |`;
  };
  const stateOf = (reason: string) => {
    if (['NO_LINKED_RECORD', 'NONE_IN_SCOPE'].includes(reason)) return 'NOT_HELD';
    return reason in ANSWER_REASONS ? 'UNAVAILABLE' : 'WITHHELD';
  };
  const rows = Object.keys(reasons).map((reason) => row(stateOf(reason), reason));
  const bare = Object.keys(bareStates).map((state) => row(state, null));
  const unknown = row('*of a later gateway*', null);
  return [
    '| `state` and `reason` | `words(hole).sentence` |',
    '|---|---|',
    ...rows,
    ...bare,
    unknown,
    '',
  ].join('\n');
}

test('the recipes are these programs, and the words those of the client, word for word', async () => {
  const recipes = textOf('docs/client-recipes.md');
  const shown = recipes
    .replaceAll(
      /(<!-- (test\/clients\/[\w.]+) -->\n```(\w+)\n)[\s\S]*?```/g,
      (_block, head: string, file: string) => `${head}${textOf(file)}\`\`\``,
    )
    .replace(
      /(<!-- the words of the client -->\n)(\|.*\n)*/,
      (_table, head: string) => head + tableOfWords(),
    );
  expect(shown).toContain(tableOfWords());
  expect([...recipes.matchAll(/<!-- test\/clients\/([\w.]+) -->/g)].map(([, file]) => file).sort()).toEqual([
    'apollo.ts',
    'codegen.ts',
    'crisis.graphql',
    'fetch.ts',
    'relay.config.json',
    'relay.ts',
    'sharing.ts',
    'urql.ts',
  ]);
  await expect(shown).toMatchFileSnapshot(join(root, 'docs/client-recipes.md'));
});
