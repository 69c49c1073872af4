/** A person of the agency decides: a social worker asks for what is shown to nobody in her place, and a guardian answers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { withdraw } from '../../src/store/withdrawals.ts';
import { maya as findMaya, found, glassOf } from '../scenarios/break-glass.ts';
import { type Answer, personaOf, type Sightline, startSightline } from '../support/sightline.ts';
import { isByTheClock } from '../support/statement-log.ts';

/** On a Monday morning, unless a test moves it. */
const MORNING = Date.parse('2026-11-16T09:00:00Z');
let at = MORNING;
let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline({ now: () => new Date(at) });
});
afterAll(() => sightline?.close());

const { asOfficer, entries, alerts } = glassOf(() => sightline);
const hours = (count: number) => count * 3_600_000;
const WHY = 'The section 47 enquiry turns on what she was told at discharge.';
const ALL = `id state section agency { id } why reference askedBy { sub name role organisation site } askedAt answerBy decidedAt
  reason note level usesLeft until ownRecords`;
const CLINICAL = `clinical { state diagnoses { diagnosis { text } } medication { name }
  sources { agency { id } state level reason scope } }`;
const maya = findMaya(CLINICAL);
const isla = `{ findPeople(by: { familyName: "Kerr", givenName: "Isla", dateOfBirth: "2021-06-08" }) { people { person { id ${CLINICAL} } } } }`;

const look = (query = maya) => sightline.ask('mash-social-worker', query);
const idOf = async (query = maya) => found(await look(query)).id as string;
interface Request {
  section?: string;
  agency?: string;
  why?: string;
  persona?: string;
  reference?: string;
}
const request = (
  person: string,
  { section = 'clinical', agency = 'mental-health', why = WHY, persona, reference }: Request = {},
) =>
  sightline.ask(
    persona ?? 'mash-social-worker',
    `mutation ($person: ID!, $section: String!, $agency: ID!, $why: String!) {
      requestDisclosure(person: $person, section: $section, agency: $agency, why: $why) { ${ALL} } }`,
    { variables: { person, section, agency, why }, ...(reference && { reference }) },
  );
const DECIDE = `mutation ($id: ID!, $verdict: DisclosureVerdict!, $reason: NotGivenReason, $level: SharingLevel, $uses: Int,
  $until: DateTime, $note: String!) { decideDisclosure(id: $id, verdict: $verdict, reason: $reason, level: $level, uses: $uses,
  until: $until, note: $note) { ${ALL} } }`;
const NOTE = 'Spoke to the ward: discharge summary only.';
const decide = (id: string, said: object, organisation = 'mental-health') =>
  asOfficer(organisation, DECIDE, { id, note: NOTE, ...said });
const permit = (id: string, more: object = {}, organisation = 'mental-health') =>
  decide(id, { verdict: 'PERMIT', level: 'FULL', ...more }, organisation);
const deny = (id: string, reason = 'NOT_NECESSARY', organisation = 'mental-health') =>
  decide(id, { verdict: 'DENY', reason }, organisation);
const own = async (page = '', persona = 'mash-social-worker') => {
  const asking = { purpose: null, reference: null };
  const answer = await sightline.ask(
    persona,
    `{ disclosureRequests${page} { items { ${ALL} } next } }`,
    asking,
  );
  return answer.data.disclosureRequests.items;
};
const mine = async (id: string) => (await own('(first: 50)')).find((one: { id: string }) => one.id === id);
const waiting = async (organisation: string, page = '(state: WAITING)') =>
  (await asOfficer(organisation, `{ disclosureRequests${page} { items { ${ALL} } next } }`)).data
    .disclosureRequests.items;
// biome-ignore lint/suspicious/noExplicitAny: as the query of the test has it
async function asked(query = maya, more: Request = {}): Promise<any> {
  const answer = await request(await idOf(query), more);
  expect(answer.errors).toEqual([]);
  return answer.data.requestDisclosure;
}
const source = (answer: Answer, agency = 'mental-health') =>
  found(answer).clinical.sources.find((one: { agency: { id: string } }) => one.agency.id === agency);
const counts = () =>
  sightline.store(
    `select (select count(*) from disclosure_request) as requests, (select count(*) from index_outbox) as alerts,
       (select count(*) from disclosure_request where verdict is not null) as decided`,
  );
/** All but what is of one request alone. */
const alike = ({ id: _, askedAt: __, answerBy: ___, ...rest }: Record<string, unknown>) => rest;

describe('asking', () => {
  test('goes to the queue of the agency that decides, and says until when it waits', async () => {
    const act = await asked();
    expect(act).toMatchObject({
      ...{ state: 'WAITING', section: 'clinical', agency: { id: 'mental-health' }, why: WHY },
      reference: 'childrens-services:26018',
      askedBy: { role: 'mash-social-worker', organisation: 'childrens-services' },
      ...{ askedAt: '2026-11-16T09:00:00.000Z', answerBy: '2026-11-16T13:00:00.000Z' },
      ...{ decidedAt: null, reason: null, note: null, level: null, usesLeft: null, until: null },
      ownRecords: [],
    });
    const [seen] = await waiting('mental-health');
    expect(seen).toMatchObject({ id: act.id, why: WHY, note: null });
    expect(seen.ownRecords).toHaveLength(1);
    for (const other of ['primary-care', 'police', 'childrens-services'])
      expect(await waiting(other)).toEqual([]);
    const told = await alerts('DISCLOSURE%');
    expect(told).toEqual([
      { organisation: 'mental-health', kind: 'DISCLOSURE_TO_DECIDE', payload: { act: act.id } },
    ]);
    const [entry] = await entries('REVIEW');
    expect(entry).toMatchObject({
      outcomes: [{ section: 'clinical', agency: 'mental-health', state: 'ASKED', records: seen.ownRecords }],
      act: { id: act.id, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(JSON.stringify(entry)).not.toContain('discharge');
  });

  test('of somebody whom the agency does not know is answered alike, and the account stays with who wrote it', async () => {
    const [mayas] = await own();
    const islas = await asked(isla);
    expect(alike(islas)).toEqual(alike(mayas));
    const seen = (await waiting('mental-health')).find(({ id }: { id: string }) => id === islas.id);
    expect(seen).toMatchObject({ ownRecords: [], why: expect.stringMatching(/^Not shown/) });
    await permit(islas.id);
    expect(source(await look(isla))).toMatchObject({ state: 'NOT_HELD', reason: 'NO_LINKED_RECORD' });
    // Used up by having asked, though nothing is there.
    expect(source(await look(isla))).toMatchObject({ state: 'WITHHELD', reason: 'NEEDS_REVIEW' });
  });

  test('runs the same statements for both, whether or not the agency knows them', async ({ skip }) => {
    const { statements: log } = sightline;
    if (!log) return skip('the server’s own log cannot be read');
    const people = [await idOf(), await idOf(isla)];
    const ran = [];
    for (const person of people) {
      const { statements } = await log.allDuring(() =>
        request(person, { section: 'intelligence', agency: 'police' }),
      );
      // Databases answer in any order.
      const own = statements.filter((one) => !isByTheClock(one));
      ran.push(own.map(({ agency, sql }) => `${agency}: ${sql}`).sort());
    }
    expect(ran[0]?.length).toBeGreaterThan(0);
    expect(ran[1]).toEqual(ran[0]);
    await sightline.store("delete from disclosure_request where agency = 'police'");
  });

  test('the same again, and the same twice at once, is one request', async () => {
    const [before] = await counts();
    const person = await idOf();
    const again = await request(person);
    expect(again.errors[0]).toMatchObject({
      message: expect.stringMatching(/^clinical waits for an answer already, by /),
      extensions: { code: 'BAD_USER_INPUT' },
    });
    const twice = await Promise.all([1, 2].map(() => request(person, { agency: 'primary-care' })));
    expect(twice.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    const [after] = await counts();
    expect(Number(after?.requests)).toBe(Number(before?.requests) + 1);
  });

  test.each<[string, Request, RegExp]>([
    ['an account of blanks', { why: '          ' }, /^why must say why/],
    ['an account without words', { why: '1234 5678 47' }, /^why must say in words/],
    [
      'a section that needs nobody’s word',
      { section: 'mentalHealth' },
      /Nobody of mental-health decides on mentalHealth/,
    ],
    ['a section that the agency does not supply', { section: 'housing' }, /decides on housing/],
    ['a section that is none', { section: 'clinicals' }, /clinical of mental-health and primary-care/],
    ['an agency that is none', { agency: 'the-trust' }, /an agency that there is not/],
    [
      'what is sealed, with what its file says',
      { section: 'intelligence', agency: 'police', persona: 'triage-nurse' },
      /duty inspector/,
    ],
    ['what is behind break-glass', { persona: 'response-officer' }, /decides on clinical/],
  ])('%s is refused by name, and nothing is asked', async (_what, more, says) => {
    const person = more.persona ? 'x' : await idOf();
    const [before] = await counts();
    const answer = await request(person, more);
    expect(answer.status).toBe(400);
    expect(answer.data).toBeNull();
    expect(answer.errors[0]).toMatchObject({
      ...{ message: expect.stringMatching(says), extensions: { code: 'BAD_USER_INPUT' } },
    });
    expect(await counts()).toEqual([before]);
  });

  test('of a person who is not seen is answered as ever, and as for a stale id', async () => {
    const nobody = await request('x');
    expect(nobody.errors[0]?.extensions.code).toBe('NOT_AVAILABLE');
    const plain = await look('{ person(id: "x") { id } }');
    expect(nobody.errors[0]?.message).toBe(plain.errors[0]?.message);
    const elsewhere = await request(await idOf(), { reference: 'childrens-services:26220' });
    expect(elsewhere.errors[0]?.message).toBe(nobody.errors[0]?.message);
  });
});

describe('deciding', () => {
  test('PERMIT shows whoever asked that section of that person, once, and nothing to anybody else', async () => {
    const [act] = await waiting('mental-health');
    const before = await look();
    const decided = (await permit(act.id)).data.decideDisclosure;
    expect(decided).toMatchObject({
      ...{ state: 'PERMITTED', level: 'FULL', usesLeft: 1, until: '2026-11-23T09:00:00.000Z', note: NOTE },
      ...{ decidedAt: '2026-11-16T09:00:00.000Z', reason: null },
    });
    // A colleague on the same case, and the same login for another purpose, another person or another case.
    const token = await sightline.tokens.issue(personaOf('mash-social-worker', { sub: 'another-login' }));
    const { purpose, reference } = personaOf('mash-social-worker');
    for (const other of [
      await sightline.askAs(token, maya, { purpose, reference }),
      await look(isla),
      await sightline.ask('mash-social-worker', maya, { reference: 'childrens-services:26171' }),
    ])
      expect(other.text).not.toMatch(/Sertraline/);
    expect(await mine(act.id)).toMatchObject({
      ...{ state: 'PERMITTED', usesLeft: 1, note: null, ownRecords: [] },
    });

    const shown = await look();
    expect(source(shown)).toMatchObject({
      ...{ state: 'DISCLOSED', level: 'FULL', reason: null },
      scope: expect.stringContaining('as somebody of the agency decided for this case'),
    });
    expect(found(shown).clinical.medication.map(({ name }: { name: string }) => name)).toContain(
      'Sertraline',
    );
    // The practice's part stands as it stood.
    expect(source(shown, 'primary-care')).toMatchObject({ state: 'WITHHELD', reason: 'NEEDS_REVIEW' });
    const after = await look();
    expect(after.text).toBe(before.text);
    expect(await mine(act.id)).toMatchObject({
      ...{ state: 'USED', usesLeft: 0 },
    });
  });

  // Each but the person seen to fail with its column left out of the statement that reads permits.
  test.each(['sub', 'issuer', 'organisation', 'role', 'purpose', 'reference', 'person'])(
    'a permit whose %s is another’s opens nothing',
    async (column) => {
      const act = await asked();
      await permit(act.id);
      await sightline.store(`update disclosure_request set ${column} = 'another' where id = $1`, [act.id]);
      expect(source(await look())).toMatchObject({ state: 'WITHHELD', reason: 'NEEDS_REVIEW' });
      const [kept] = await sightline.store('select uses_left from disclosure_request where id = $1', [
        act.id,
      ]);
      expect(kept).toEqual({ uses_left: 1 });
      await sightline.store('delete from disclosure_request where id = $1', [act.id]);
    },
  );

  test('one request that asks the section twice is one use; one that does not ask it is none', async () => {
    const act = await asked();
    await permit(act.id, { uses: 2 });
    await look(findMaya('identity { name }'));
    const twice = `{ a: ${maya.slice(1, -1)} b: ${maya.slice(1, -1)} }`;
    expect((await look(twice)).text.match(/Sertraline/g)?.length).toBeGreaterThan(1);
    expect(await mine(act.id)).toMatchObject({ state: 'PERMITTED', usesLeft: 1 });
    await look();
    expect(source(await look())).toMatchObject({ state: 'WITHHELD' });
  });

  test('of requests that come at once no more are shown it than were permitted', async () => {
    const act = await asked();
    await permit(act.id, { uses: 2 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => look()));
    expect(answers.filter((answer) => source(answer).state === 'DISCLOSED')).toHaveLength(2);
    for (const answer of answers) expect(['DISCLOSED', 'WITHHELD']).toContain(source(answer).state);
    expect(await mine(act.id)).toMatchObject({ usesLeft: 0 });
  });

  test('a level gives no more than that level, and DENY nothing: whoever asked reads a reason and never the note', async () => {
    const act = await asked();
    await permit(act.id, { level: 'EXISTS' });
    const shown = await look();
    expect(source(shown).level ?? 'none').toMatch(/EXISTS|none/);
    expect(shown.text).not.toMatch(/Sertraline/);
    const denied = await asked();
    expect((await deny(denied.id, 'ANOTHER_ROUTE')).data.decideDisclosure).toMatchObject({
      ...{ state: 'NOT_GIVEN', reason: 'ANOTHER_ROUTE', note: NOTE },
    });
    expect(await mine(denied.id)).toMatchObject({
      state: 'NOT_GIVEN',
      reason: 'ANOTHER_ROUTE',
      note: null,
      ownRecords: [],
    });
    expect(source(await look())).toMatchObject({ state: 'WITHHELD', reason: 'NEEDS_REVIEW' });
    const kinds = (await entries('REVIEW')).map(({ outcomes }) => [outcomes[0].state, outcomes[0].reason]);
    expect(kinds.at(-1)).toEqual(['DENIED', 'ANOTHER_ROUTE']);
    expect(JSON.stringify(await entries('REVIEW'))).not.toContain('ward');
  });

  test('nobody answers in time: not given, as where it is denied, and too late to decide', async () => {
    const act = await asked();
    at = MORNING + hours(4);
    const told = await mine(act.id);
    expect(told).toMatchObject({ id: act.id, state: 'NOT_GIVEN', reason: 'NOT_ANSWERED', decidedAt: null });
    const late = await permit(act.id);
    expect(late.errors[0]).toMatchObject({
      message: expect.stringMatching(/to be answered before now/),
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(await waiting('mental-health')).toEqual([]);
    at = MORNING;
    await deny(act.id);
  });

  test('a permit ends with its time, and a clock that goes back opens nothing that was not decided yet', async () => {
    const act = await asked();
    const until = new Date(MORNING + hours(1)).toISOString();
    await permit(act.id, { until, uses: 5 });
    at = MORNING - 1;
    expect(source(await look())).toMatchObject({ state: 'WITHHELD' });
    at = MORNING + hours(1);
    expect(source(await look())).toMatchObject({ state: 'WITHHELD' });
    const told = await mine(act.id);
    expect(told).toMatchObject({ id: act.id, state: 'USED', usesLeft: 5 });
    at = MORNING;
    // Used up for those who follow: it would be open again at this hour.
    await sightline.store('update disclosure_request set uses_left = 0 where id = $1', [act.id]);
  });

  test.each<[string, object, RegExp]>([
    ['a denial without a reason', { verdict: 'DENY' }, /needs a reason/],
    ['a denial because nobody answered', { verdict: 'DENY', reason: 'NOT_ANSWERED' }, /NOT_ANSWERED/],
    ['a denial with a level', { verdict: 'DENY', reason: 'NOT_NECESSARY', level: 'FULL' }, /PERMIT alone/],
    ['a permit without a level', { verdict: 'PERMIT' }, /needs a level/],
    ['a permit with a reason', { verdict: 'PERMIT', level: 'FULL', reason: 'NOT_NECESSARY' }, /DENY alone/],
    ['a permit of no use', { verdict: 'PERMIT', level: 'FULL', uses: 0 }, /uses takes 1 to 100/],
    [
      'a permit for eight days',
      { verdict: 'PERMIT', level: 'FULL', until: '2026-11-24T09:00:00Z' },
      /seven days/,
    ],
    [
      'a permit until yesterday',
      { verdict: 'PERMIT', level: 'FULL', until: '2026-11-15T09:00:00Z' },
      /later than now/,
    ],
    ['a note of blanks', { verdict: 'PERMIT', level: 'FULL', note: '   ' }, /^note must say why/],
  ])('%s is refused, and it waits on', async (_what, said, says) => {
    const [act] = await waiting('primary-care');
    const answer = await decide(act.id, said, 'primary-care');
    expect(answer.errors[0]).toMatchObject({
      ...{ message: expect.stringMatching(says), extensions: { code: 'BAD_USER_INPUT' } },
    });
    expect((await waiting('primary-care'))[0]).toMatchObject({ id: act.id, state: 'WAITING' });
  });

  test('is the owner’s alone, once: no other agency, role or login, and never on what one asked oneself', async () => {
    const act = await asked();
    for (const organisation of ['primary-care', 'childrens-services'])
      expect((await permit(act.id, {}, organisation)).errors[0]?.extensions.code).toBe('NOT_AVAILABLE');
    expect((await permit('no-such-id')).errors[0]?.message).toBe(
      (await permit(act.id, {}, 'police')).errors[0]?.message,
    );
    for (const [persona, purpose] of [
      ['mash-social-worker', undefined],
      ['triage-nurse', undefined],
      ['analyst', undefined],
      ['governance-officer', null],
    ] as const) {
      const answer = await sightline.ask(persona, DECIDE, {
        ...{ variables: { id: act.id, verdict: 'PERMIT', level: 'FULL', note: NOTE } },
        ...(purpose === null && { purpose }),
      });
      expect(answer.errors[0]?.extensions.code).toMatch(/^PURPOSE_/);
    }
    const nobody = await own('', 'housing-officer');
    expect(nobody).toEqual([]);
    expect((await deny(act.id)).errors).toEqual([]);
    expect((await permit(act.id)).errors[0]?.message).toMatch(/decided it already/);
    // As if whoever asked came back as an officer of the agency, under the number that their organisation knows.
    const mine = await asked();
    await sightline.store(
      `update disclosure_request set organisation = 'mental-health', staff = 'IG-mental-health' where id = $1`,
      [mine.id],
    );
    expect((await permit(mine.id)).errors[0]).toMatchObject({
      message: expect.stringMatching(/somebody else of your agency/),
      extensions: { code: 'QUERY_REFUSED' },
    });
    await sightline.store('delete from disclosure_request where id = $1', [mine.id]);
  });

  test('an officer who is kept from the person sees no request about them, and decides none', async () => {
    const act = await asked();
    const kept = personaOf('governance-officer', {
      ...{ organisation: 'mental-health', sub: 'IG-kept', name: 'Herself' },
      person: { system: 'NHS_NUMBER', value: '9990000018' },
    });
    const token = await sightline.tokens.issue(kept);
    const asking = { purpose: 'governance' };
    const listed = await sightline.askAs(token, '{ disclosureRequests(first: 50) { items { id } } }', asking);
    expect(listed.data.disclosureRequests.items).not.toContainEqual({ id: act.id });
    const variables = { id: act.id, verdict: 'PERMIT', level: 'FULL', note: NOTE };
    const word = await sightline.askAs(token, DECIDE, { ...asking, variables });
    expect(word.errors[0]?.extensions.code).toBe('NOT_AVAILABLE');
    await deny(act.id);
  });

  test('a record that is linked meanwhile is not what was decided on: it is withheld as before', async () => {
    const act = await asked();
    await permit(act.id);
    await sightline.store(
      `update disclosure_request set records = array_append(records, 'another') where id = $1`,
      [act.id],
    );
    expect(source(await look())).toMatchObject({ state: 'WITHHELD', reason: 'NEEDS_REVIEW' });
    await sightline.store('update disclosure_request set uses_left = 0 where id = $1', [act.id]);
  });

  test('what is permitted of intelligence is never what is of handling code C', async () => {
    const fields = 'intelligence { state items { handling { text } } sources { agency { id } scope } }';
    const act = await asked(maya, { section: 'intelligence', agency: 'police' });
    await permit(act.id, {}, 'police');
    const { intelligence } = found(await look(findMaya(fields)));
    expect(intelligence.sources[0].scope).toMatch(/reports of handling code C/);
    for (const { handling } of intelligence.items ?? [])
      expect(handling.text).toBe('Lawful sharing permitted');
  });

  test('ten that wait are the limit, and it says whom to call', async () => {
    const person = await idOf();
    const [{ waiting: before } = {}] = await sightline.store(
      `select count(*)::int as waiting from disclosure_request where verdict is null and answer_by > $1`,
      [new Date(at)],
    );
    await sightline.store(
      `insert into disclosure_request (id, issuer, sub, staff, name, role, organisation, site, purpose, reference, person, section,
         agency, why, salt, relationship, records, decides, policy_version, asked_at, answer_by)
       select 'more-' || n, issuer, sub, staff, name, role, organisation, site, purpose, reference, 'somebody-' || n, section,
         agency, why, salt, relationship, records, decides, policy_version, asked_at, answer_by
       from disclosure_request, generate_series(1, $1) n where verdict is null and agency = 'primary-care'`,
      [10 - Number(before)],
    );
    const answer = await request(person);
    expect(answer.errors[0]).toMatchObject({
      message: expect.stringMatching(/ten is the limit\. Call /),
      extensions: { code: 'QUERY_REFUSED', limit: 10 },
    });
    await sightline.store(`delete from disclosure_request where id like 'more-%'`);
  });
});

test('8.3 an agreement that is withdrawn takes what was permitted with it, and what waits: not given', async () => {
  const [permitted, untouched] = [await asked(), await asked(isla)];
  await permit(permitted.id);
  const store = openStore(sightline.storeUrl);
  await withdraw(store.db, {
    ...{ agreement: 'NS-ISA-021', version: 2, at: new Date(), by: 'M. Cope', why: 'scenario' },
  });
  await store.close();
  await expect.poll(async () => source(await look()).reason).toBe('AGREEMENT_WITHDRAWN');
  const told = await own('(state: NOT_GIVEN, first: 50)');
  for (const id of [permitted.id, untouched.id])
    expect(told.find((one: { id: string }) => one.id === id)).toMatchObject({
      ...{ state: 'NOT_GIVEN', reason: 'LAW_EXCLUDES' },
    });
  expect((await permit(untouched.id)).errors[0]?.message).toMatch(/gives them nothing of clinical now/);
  expect(found(await look()).clinical.medication).toBeNull();
});
