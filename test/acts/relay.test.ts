/** Relay: the nurse in the car tells the officer beside her one thing, and it stands in the register as the owner's disclosure. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLINICAL, found, glassOf, maya, owen } from '../scenarios/break-glass.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const { ask, entries } = glassOf(() => sightline);
const WHY = 'He will hold the inhaler for her in the van.';
interface Relaying {
  section?: string;
  item?: string;
  to?: string;
  why?: string;
  persona?: string;
  reference?: string;
}
const relay = (
  person: string,
  { section = 'clinical', item = 'medication', to = 'PC4417', why = WHY, persona, reference }: Relaying = {},
) =>
  sightline.ask(
    persona ?? 'triage-nurse',
    `mutation ($person: ID!, $section: String!, $item: String!, $to: String!, $why: String!) {
      recordRelay(person: $person, section: $section, item: $item, to: $to, why: $why) { id at } }`,
    { variables: { person, section, item, to, why }, ...(reference && { reference }) },
  );
const nurse = (query = maya(), reference?: string) => ask(query, reference, 'triage-nurse');
const kept = () => sightline.store('select count(*)::int as relays from relay');

describe('the gap says first who beside the officer may know', () => {
  const FIRST = /^Ask the street-triage mental-health nurse of .+ beside you\. /;

  test('where it needs another’s act, by the log and policy alone; of what is kept back for good it does not', async () => {
    const answer = await ask(maya(CLINICAL.replace('scope', 'scope message')));
    const messages = answer.errors
      .filter(({ path }) => path?.includes('clinical'))
      .map(({ path, message }) => [path?.at(-1), FIRST.test(message)]);
    expect(messages).toEqual([
      ['diagnoses', false],
      ['medication', true],
      ['allergies', true],
      ['notes', false],
    ]);
    for (const { message } of found(answer).clinical.sources) expect(`${message} `).toMatch(FIRST);
    const holes: { section: string; reason: string | null; message?: string }[] = answer.holes;
    for (const { section, reason, message } of holes.filter((one) => one.section === 'clinical'))
      expect([section, reason, `${message} `.match(FIRST) !== null]).toEqual([
        ...[section, reason],
        reason === 'NEEDS_BREAK_GLASS',
      ]);
  });

  test('the same of somebody whom nobody knows, and no more once the nurse is off the log', async () => {
    const fields = 'clinical { sources { agency { id } message } }';
    const mayas = found(await ask(maya(fields)));
    const owens = found(await ask(owen(fields), 'police:26/000140'));
    expect(owens.clinical).toEqual(mayas.clinical);
    const release = (time: string | null) =>
      sightline.sql(
        'police',
        `update "T_RESOURCE_LOG" set "TO_DTTM" = $1 where "CALLSIGN" = 'NT01' and "OCC_NO" = '26/000124'`,
        [time],
      );
    expect(found(await ask(maya(fields), 'police:26/000124'))).toMatchObject({ clinical: mayas.clinical });
    await release('202001010000');
    const alone = found(await ask(maya(fields), 'police:26/000124'));
    for (const { message } of alone.clinical.sources) expect(message ?? '').not.toMatch(/beside you/);
    await release(null);
  });
});

describe('passing on one item', () => {
  test('is refused until it was disclosed on this very reference, then registered as the owners’, without what it says', async () => {
    const person = found(await nurse(maya('identity { name }'))).id as string;
    const early = await relay(person);
    expect(early.data).toBeNull();
    expect(early.errors[0]?.extensions.code).toBe('NOT_AVAILABLE');
    await nurse();
    const answer = await relay(person);
    expect(answer.errors).toEqual([]);
    const { id, at } = answer.data.recordRelay;
    expect(Number.isNaN(Date.parse(at))).toBe(false);
    const [entry] = await entries('RELAY');
    expect(entry).toMatchObject({
      ...{ role: 'triage-nurse', reference: 'police:26/000123', regime: 'PART2', relationship: 'VERIFIED' },
      act: { id, item: 'medication', to: { organisation: 'police', staff: 'PC4417' } },
    });
    expect(
      entry.outcomes.map((one: Record<string, unknown>) => [one.agency, one.section, one.state]),
    ).toEqual([
      ['mental-health', 'clinical', 'RELAYED'],
      ['primary-care', 'clinical', 'RELAYED'],
    ]);
    for (const { records, rule } of entry.outcomes) {
      expect(records.length).toBeGreaterThan(0);
      expect(rule.file).toMatch(/sharing\.yaml$/);
    }
    expect(JSON.stringify(entry)).not.toMatch(/Sertraline|Salbutamol|inhaler/);
    // It widens nothing of what the officer is shown here.
    expect(found(await ask(maya())).clinical).toMatchObject({ state: 'WITHHELD', medication: null });
  });

  test('everything that stands against it is one refusal, and nothing is recorded but that', async () => {
    const person = found(await nurse()).id as string;
    const before = await kept();
    const flat = found(await nurse(maya('identity { name }'), 'police:26/000124')).id as string;
    await ask(maya('intelligence { items { handling { text } } } warningMarkers { items { type } }'));
    const officers = found(await ask(maya('identity { name }'))).id as string;
    const answers = [
      await relay('x'),
      await relay(person, { to: 'PC9999' }),
      await relay(person, { to: 'RMN2208' }),
      await relay(person, { section: 'benefits', item: 'awards' }),
      await relay(flat, { reference: 'police:26/000124' }),
      await relay(person, { reference: 'police:26/000150' }),
      // The officer’s own, which is sealed from whoever is beside him; and what he was never given.
      await relay(officers, {
        persona: 'response-officer',
        section: 'intelligence',
        item: 'items',
        to: 'RMN2208',
      }),
      await relay(officers, { persona: 'response-officer', to: 'RMN2208' }),
    ];
    for (const answer of answers) {
      expect(answer.data).toBeNull();
      expect(answer.errors[0]?.extensions).toMatchObject({
        code: 'NOT_AVAILABLE',
        section: null,
        agency: null,
      });
    }
    const messages = new Set(answers.map(({ errors }) => errors[0]?.message));
    expect(messages.size).toBe(1);
    expect(await kept()).toEqual(before);
    expect(await entries('RELAY')).toHaveLength(1);
    // What is not sealed from her he may pass on to the same colleague.
    const markers = { persona: 'response-officer', section: 'warningMarkers', item: 'items', to: 'RMN2208' };
    expect((await relay(officers, markers)).errors).toEqual([]);
  });

  test('to somebody whom an agency keeps from the person it is refused alike', async () => {
    const person = found(await nurse()).id as string;
    const set = (staff: string) =>
      sightline.store(
        `update index_record set excluded_staff = $1::text[] where agency = 'mental-health' and person =
           (select person from index_record where agency = 'police' and record = '100018')`,
        [staff ? [staff] : []],
      );
    await set('PC4417');
    expect((await relay(person)).errors[0]?.extensions.code).toBe('NOT_AVAILABLE');
    await set('');
    expect((await relay(person)).errors).toEqual([]);
  });

  test.each<[string, Relaying, RegExp]>([
    ['an account of blanks', { why: '      ' }, /^why must say/],
    ['what the item says in place of its name', { item: 'Sertraline 50mg' }, /item names no field/],
    ['a section that is none', { section: 'clinicals' }, /section names no section/],
  ])('%s is refused, and kept nowhere', async (_what, wrong, says) => {
    const before = await kept();
    const answer = await relay('x', wrong);
    expect(answer.status).toBe(400);
    expect(answer.errors[0]).toMatchObject({
      ...{ message: expect.stringMatching(says), extensions: { code: 'BAD_USER_INPUT' } },
    });
    expect(answer.text).not.toContain('Sertraline');
    expect(await kept()).toEqual(before);
  });
});
