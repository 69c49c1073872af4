/** One line of time: which events stand in it, page by page, and what a cursor may be used for. */
import { type OperationDefinitionNode, parse } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { costOf } from '../../src/gateway/limits/cost.ts';
import { type SharedSightline, sharedSightline } from '../support/sightline.ts';
import { found, maya } from './support/people.ts';

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
}, 120_000);

const ALWAYS = 'since: "1900-01-01"';
const ITEM = 'date section title source { agency { id } record }';
const line = async (persona: string, args: string, fields = `state next items { ${ITEM} }`) => {
  const answer = await sightline.ask(persona, maya(`timeline(${args}) { ${fields} }`));
  return { answer, timeline: answer.data && found(answer).timeline };
};

describe('a timeline', () => {
  test('is newest first, and each event is in its section, told there by the same record', async () => {
    const { timeline } = await line('triage-nurse', `${ALWAYS}, first: 500`);
    const times = timeline.items.map(({ date }: { date: string }) => Date.parse(date));
    expect(times).toEqual(times.toSorted((one: number, other: number) => other - one));
    const sections = found(
      await sightline.ask(
        'triage-nurse',
        maya(
          'policeEvents { items(first: 500) { source { record } } } involvements { items { source { record } } }',
        ),
      ),
    );
    for (const section of ['policeEvents', 'involvements']) {
      const records = (items: { source: { record: string } }[]) =>
        items.map(({ source }) => source.record).sort();
      const shown = timeline.items.filter((one: { section: string }) => one.section === section);
      expect(records(shown)).toEqual(records(sections[section].items));
      expect(shown).not.toEqual([]);
    }
  });

  test('is of twelve months unless asked for more, and each source says of which days it is', async () => {
    const { timeline } = await line('triage-nurse', 'first: 500', 'items { date } sources { state scope }');
    const today = new Date().toISOString().slice(0, 10);
    for (const { date } of timeline.items) expect(date.slice(0, 10) <= today).toBe(true);
    const asked = timeline.sources.filter(({ scope }: { scope: string | null }) => scope !== null);
    expect(asked).not.toEqual([]);
    for (const { scope } of asked) expect(scope).toMatch(/^events from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d/);
  });

  test('page by page is the same as in one', async () => {
    const { timeline: whole } = await line('triage-nurse', `${ALWAYS}, first: 500`);
    const items = [];
    let after: string | null = null;
    do {
      const { timeline }: Awaited<ReturnType<typeof line>> = await line(
        'triage-nurse',
        `${ALWAYS}, first: 2${after === null ? '' : `, after: "${after}"`}`,
      );
      items.push(...timeline.items);
      after = timeline.next;
    } while (after !== null);
    expect(items).toEqual(whole.items);
    expect(whole.next).toBeNull();
  });
});

describe('refused before any agency is asked', () => {
  const NOT_A_PLACE = /^after is not a place in this timeline/;

  test.each([0, -1, 501])('is a page of %i', async (first) => {
    const { answer } = await line('triage-nurse', `first: ${first}`);
    expect(answer.errors[0]).toMatchObject({
      message: `first must be from 1 to 500; ${first} was given`,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test('is a window that runs backwards', async () => {
    const { answer } = await line('triage-nurse', 'since: "2026-05-02", until: "2026-05-01"');
    expect(answer.errors[0]).toMatchObject({
      message: 'since must not be later than until: since is 2026-05-02 and until is 2026-05-01',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test('is the cursor of another caller, of another window, and one that was tampered with, in the same words', async () => {
    const { timeline } = await line('triage-nurse', `${ALWAYS}, first: 1`);
    const cursor = timeline.next as string;
    expect(cursor).toBeTruthy();
    const flipped = `${cursor.slice(0, 20)}${cursor[20] === 'A' ? 'B' : 'A'}${cursor.slice(21)}`;
    const refused = [
      await line('response-officer', `${ALWAYS}, after: "${cursor}"`),
      await line('triage-nurse', `since: "1900-01-02", after: "${cursor}"`),
      await line('triage-nurse', `after: "${cursor}"`),
      await line('triage-nurse', `${ALWAYS}, after: "${flipped}"`),
      await line('triage-nurse', `${ALWAYS}, after: ""`),
    ];
    for (const { answer } of refused) {
      expect(answer.errors[0]?.message).toMatch(NOT_A_PLACE);
      expect(answer.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    expect(new Set(refused.map(({ answer }) => answer.errors[0]?.message)).size).toBe(1);
  });
});

test('a timeline costs a section for each kind of event, and each item of its page, by whatever name it is asked', () => {
  const { schema } = sightline.app.gateway;
  const cost = (fields: string) => {
    const document = parse(`{ person(id: "x") { ${fields} } }`);
    return costOf(schema, document, document.definitions[0] as OperationDefinitionNode, {});
  };
  const alone = cost('timeline { state }') - cost('id');
  expect(alone).toBeGreaterThan(10 * 50);
  const page = (first: number) => cost(`timeline(first: ${first}) { items { title } }`);
  expect(page(500) - page(50)).toBe(450);
  expect(cost('timeline { items { title } }')).toBe(page(50));
  const twice = cost(
    'a: timeline(first: 500) { items { title } } b: timeline(first: 50) { items { title } }',
  );
  expect(twice - cost('id')).toBe(page(500) + page(50) - 2 * cost('id') + 1);
});
