/** No disclosure without a record; and the record holds who asked for what, never what was told. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { wholePerson } from '../support/whole-person.ts';

/** The disk under the spool is full while this is true. */
const disk = vi.hoisted(() => ({ full: false }));
vi.mock('../../src/register/spool.ts', async (load) => {
  const real = await load<typeof import('../../src/register/spool.ts')>();
  const append = real.Spool.prototype.append;
  real.Spool.prototype.append = function (entries) {
    if (disk.full)
      return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    return append.call(this, entries);
  };
  return real;
});

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const MAYA = 'findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" })';
const PLAN = `{ ${MAYA} { people { person { identity { name } crisisPlan { whatHelps } } } } }`;
const entriesOf = async (answer: Answer): Promise<{ text: string; entry: Record<string, never> }[]> => {
  const rows = await sightline.store('select entry from register_entry where request_id = $1', [
    answer.headers.get('x-request-id'),
  ]);
  return rows.map(({ entry }) => ({ text: entry as string, entry: JSON.parse(entry as string) }));
};
/** Every text and number that stands in the data of an answer, but words of the schema. */
function* values(node: unknown): Generator<string> {
  if (Array.isArray(node)) for (const one of node) yield* values(one);
  else if (typeof node === 'object' && node !== null) {
    for (const [name, one] of Object.entries(node))
      if (!['sources', 'source', 'state', 'id', 'relationship', 'outcome'].includes(name)) yield* values(one);
  } else if (typeof node === 'string' && node.length > 6 && !/^[A-Z_]+$/.test(node)) yield node;
}

describe('what is kept', () => {
  // Seen to fail with the answer's data put into outcomesOf().
  test('of a whole person holds not one value that was told, nor the question’s own', async () => {
    for (const persona of ['triage-nurse', 'mash-social-worker', 'response-officer', 'housing-officer']) {
      const answer = await sightline.ask(
        persona,
        `{ ${MAYA} { people { person { ${wholePerson(sightline.app.catalogue)} } } } }`,
      );
      const told = [...new Set(values(answer.data))];
      expect(told.length).toBeGreaterThan(10);
      const entries = await entriesOf(answer);
      // Who asked, under what and as of when may stand there, though a value may look the same.
      const kept = entries
        .map(({ text }) => text.replaceAll(/"(asOf|at|name|reference)":"[^"]*"/g, ''))
        .join('\n');
      expect(kept).toContain('"kind":"DISCLOSURE"');
      for (const value of told) expect(kept).not.toContain(value);
      expect(kept).not.toMatch(/Kerr|Maya|2002-03-14/i);
    }
  });

  // Seen to fail without the `record` in Gateway.#check.
  test.each([
    ['a purpose that the role may not assert', PLAN, { purpose: 'early-help' }],
    ['no purpose', PLAN, { purpose: null }],
    ['no reference', PLAN, { reference: null }],
  ])('a question with %s is refused, and that it was asked is kept', async (_what, query, asking) => {
    const answer = await sightline.ask('response-officer', query, asking);
    expect(answer.status).toBe(400);
    const [kept, ...others] = await entriesOf(answer);
    expect(others).toEqual([]);
    expect(kept?.entry).toMatchObject({
      kind: 'REFUSAL',
      sub: 'PC4417',
      person: null,
      outcomes: [{ state: 'WITHHELD', reason: answer.errors[0]?.extensions.code }],
    });
    expect(kept?.text).not.toMatch(/Kerr|Maya|2002/);
  });

  test('a number and an id that were answered with nobody are kept as asked, without the number', async () => {
    const answer = await sightline.ask(
      'response-officer',
      '{ a: personByIdentifier(system: NHS_NUMBER, value: "9990001804") { id } b: person(id: "nobody") { id } }',
    );
    const kept = await entriesOf(answer);
    expect(kept.map(({ entry }) => entry.kind)).toEqual(['REFUSAL', 'REFUSAL']);
    expect(kept.map(({ text }) => text).join()).not.toContain('9990001804');
  });
});

describe('when nothing can be kept', () => {
  afterEach(async () => {
    disk.full = false;
    await sightline.store('alter table if exists register_entry_away rename to register_entry');
  });
  const expectNothingTold = (answer: Answer) => {
    expect(answer.status).toBe(503);
    expect(answer.data ?? null).toBeNull();
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['REGISTER_UNAVAILABLE']);
    expect(answer.errors[0]?.extensions.contacts).toHaveLength(sightline.app.agencies.ids.length);
    expect(answer.text).not.toMatch(/low voice|Kerr|register_entry|ENOSPC|space left/i);
  };

  // Seen to fail with the throw in Gateway.#record taken out, and with the answer sent before #record: 200 and "low voice".
  test('nothing is told, and nothing is told of what could not be', async () => {
    await sightline.store('alter table register_entry rename to register_entry_away');
    disk.full = true;
    expectNothingTold(await sightline.ask('triage-nurse', PLAN));
    expectNothingTold(
      await sightline.ask(
        'triage-nurse',
        '{ personByIdentifier(system: PNC, value: "1998/0000161Q") { id } }',
      ),
    );
    const refused = await sightline.ask('triage-nurse', PLAN, { purpose: 'early-help' });
    expect(refused.status).toBe(503);
    expect(sightline.logged.join('\n')).not.toMatch(/low voice|Kerr/i);
  });

  test('the disk alone is enough, and so is the store', async () => {
    await sightline.store('alter table register_entry rename to register_entry_away');
    expect((await sightline.ask('triage-nurse', PLAN)).status).toBe(200);
    await sightline.store('alter table register_entry_away rename to register_entry');
    await expect
      .poll(() => sightline.app.register.status().waiting, { timeout: 20_000, interval: 100 })
      .toBe(0);
    disk.full = true;
    const answer = await sightline.ask('triage-nurse', PLAN);
    expect(answer.status).toBe(200);
    expect(await entriesOf(answer)).toHaveLength(2);
  });
});
