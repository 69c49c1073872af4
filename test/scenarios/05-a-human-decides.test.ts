/** Scenario 5, for whoever the records confuse: nobody is shown, a person decides, and their word stands. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { type Answer, type Asking, personaOf, type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
let trust: TcpProxy;
beforeAll(async () => {
  sightline = await startSightline({
    agencyTimeoutMs: 60_000,
    async agencyUrls(urls) {
      const url = new URL(urls['mental-health'] as string);
      trust = await startProxy(url.hostname, Number(url.port));
      url.port = String(trust.port);
      return { ...urls, 'mental-health': url.href };
    },
  });
});
afterAll(async () => {
  await sightline?.close();
  await trust?.close();
});

const TASKS = `query ($state: ReviewState, $person: ID) { reviewTasks(state: $state, person: $person) { next tasks {
  id state origins
  sides { relationship records { agency { id } record names { givenName familyName } dateOfBirth } }
  comparisons { feature agreement bits }
  decisions { verdict organisation { id } role name why }
} } }`;
const DECIDE = `mutation ($task: ID!, $verdict: LinkVerdict!, $why: String!) {
  decideLink(task: $task, verdict: $verdict, why: $why) { verdict message } }`;
const CONFIRM = `mutation ($task: ID!, $verdict: LinkVerdict!) {
  confirmLink(task: $task, verdict: $verdict, why: "read both files") { verdict message } }`;
/** What waits for an agency, as its own governance officer sees it, and their word on it. */
const officerOf = async (organisation: string, query: string, variables: Record<string, unknown> = {}) =>
  sightline.askAs(
    await sightline.tokens.issue(
      personaOf('governance-officer', { organisation, sub: `IG-${organisation}` }),
    ),
    query,
    { purpose: 'governance', variables },
  );
const TO_CONFIRM = `{ linksToConfirm { tasks { id state comparisons { feature }
  sides { records { agency { id } names { familyName } dateOfBirth } }
  decisions { verdict organisation { id } role why } } } }`;
const UNDO = 'mutation ($task: ID!) { undoLinkDecision(task: $task, why: "mistaken") { verdict } }';
const found = (name: string, born: string, fields: string) =>
  `{ findPeople(by: { familyName: "${name.split(' ')[1]}", givenName: "${name.split(' ')[0]}", dateOfBirth: "${born}" })
     { outcome people { person { id ${fields} } } } }`;
const PIKE = 'police:26/000145';
const MAYA = (fields: string) => found('Maya Kerr', '2002-03-14', fields);
const SOCIAL_WORKER: Asking = { reference: 'childrens-services:26018' };
const taskList = (answer: Answer) => answer.data.reviewTasks.tasks;
const agenciesOf = (task: { sides: { records: { agency: { id: string } | null }[] }[] }) =>
  task.sides.flatMap(({ records }) => records.map(({ agency }) => agency?.id));

describe('two like-named men, reached by a reference', () => {
  test('are MANY_MATCH: nobody is shown, and a task is made', async () => {
    const answer = await sightline.ask(
      'triage-nurse',
      found('Jordan Pike', '1996-12-05', 'identity { name }'),
      {
        reference: PIKE,
      },
    );
    expect(answer.data.findPeople).toEqual({ outcome: 'MANY_MATCH', people: [] });
    const tasks = taskList(await sightline.ask('triage-nurse', TASKS, { reference: PIKE }));
    expect(tasks.map(({ origins }: { origins: string[] }) => origins)).toContainEqual([
      'CANDIDATE',
      'MANY_MATCH',
    ]);
  });

  test('stand side by side with what each agency releases, and without a word of one that may not appear', async () => {
    const answer = await sightline.ask('triage-nurse', TASKS, { reference: PIKE });
    const records = taskList(answer).flatMap((task: { sides: { records: object[] }[] }) =>
      task.sides.flatMap((side) => side.records),
    );
    expect(records).toContainEqual({
      agency: { id: 'police' },
      record: expect.any(String),
      names: [{ givenName: 'JORDAN', familyName: 'PIKE' }],
      dateOfBirth: '1996-12-05',
    });
    expect(answer.text).not.toMatch(/\b(80171|40171|100171)\b|work-and-pensions|QQ000171/);
  });

  const decisions = async () =>
    (await sightline.store('select entry from register_entry order by seq'))
      .map(({ entry }) => JSON.parse(entry as string))
      .filter(({ kind }) => kind === 'DECISION');
  const agenciesOfHim = async () => {
    const [row] = await sightline.store('select person from index_record where agency = $1 and record = $2', [
      'police',
      '100171',
    ]);
    const rows = await sightline.store('select agency from index_record where person = $1 order by 1', [
      row?.person,
    ]);
    return rows.map(({ agency }) => agency);
  };

  test('are not one person by the nurse’s word alone, which is registered for both', async () => {
    const tasks = taskList(await sightline.ask('triage-nurse', TASKS, { reference: PIKE }));
    const task = tasks.find(
      (one: never) => agenciesOf(one).includes('police') && agenciesOf(one).includes('mental-health'),
    );
    const variables = { task: task.id, verdict: 'SAME', why: 'both letters were in his pocket' };
    const answer = await sightline.ask('triage-nurse', DECIDE, { reference: PIKE, variables });
    expect(answer.data.decideLink.verdict).toBe('SAME');
    const entries = await decisions();
    expect(entries).toHaveLength(2);
    expect(
      entries[0].outcomes.map(
        ({ agency, state, reason }: Record<string, string>) => `${agency} ${state} ${reason}`,
      ),
    ).toEqual(['mental-health SAME AWAITING_CONFIRMATION', 'police SAME AWAITING_CONFIRMATION']);
    expect(JSON.stringify(entries)).not.toContain('pocket');
    expect(await agenciesOfHim()).not.toContain('mental-health');
  });

  test('are one person once an officer of the police has confirmed it, who sees their own side of it', async () => {
    expect((await officerOf('mental-health', TO_CONFIRM)).data.linksToConfirm.tasks).toEqual([]);
    const { tasks } = (await officerOf('police', TO_CONFIRM)).data.linksToConfirm;
    expect(tasks).toMatchObject([
      {
        state: 'AWAITING_CONFIRMATION',
        comparisons: [],
        decisions: [{ verdict: 'SAME', organisation: { id: 'mental-health' }, why: null }],
      },
    ]);
    const records = tasks[0].sides.flatMap((side: { records: object[] }) => side.records);
    expect(records).toContainEqual({
      agency: { id: 'police' },
      names: [{ familyName: 'PIKE' }],
      dateOfBirth: '1996-12-05',
    });
    expect(records).toContainEqual({ agency: null, names: null, dateOfBirth: null });
    const variables = { task: tasks[0].id, verdict: 'SAME' };
    expect((await officerOf('police', CONFIRM, variables)).data.confirmLink.verdict).toBe('SAME');
    expect((await decisions()).slice(2).map(({ role, outcomes }) => [role, outcomes[0].reason])).toEqual([
      ['governance-officer', 'CONFIRMS'],
      ['governance-officer', 'CONFIRMS'],
    ]);
    expect(await agenciesOfHim()).toEqual(expect.arrayContaining(['mental-health', 'police']));
  });

  test('and the next who looks sees who decided, and why only within the same organisation', async () => {
    const variables = { state: 'DECIDED' };
    const [own] = taskList(await sightline.ask('triage-nurse', TASKS, { reference: PIKE, variables }));
    expect(own.decisions).toMatchObject(
      [
        { verdict: 'SAME', organisation: { id: 'police' }, role: 'governance-officer', why: null },
        { verdict: 'SAME', organisation: { id: 'mental-health' }, role: 'triage-nurse', why: /pocket/ },
      ].map((one) => (one.why === null ? one : { ...one, why: expect.stringMatching(/pocket/) })),
    );
  });
});

describe('an unlink', () => {
  let task = '';

  test('stops the answer that is under way: it shows nobody, for there are two of whom it may be', async () => {
    const maya = await sightline.ask('mash-social-worker', MAYA(''), SOCIAL_WORKER);
    const person = maya.data.findPeople.people[0].person.id;
    const linked = taskList(
      await sightline.ask('mash-social-worker', TASKS, { ...SOCIAL_WORKER, variables: { person } }),
    );
    expect(linked.every(({ origins }: { origins: string[] }) => origins.join() === 'LINKED')).toBe(true);
    task = linked.find(
      (one: never) => agenciesOf(one).includes('police') && agenciesOf(one).includes('mental-health'),
    ).id;
    trust.stall();
    const asked = sightline.ask('triage-nurse', MAYA('crisisPlan { exists whatHelps }'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const decided = await sightline.ask('mash-social-worker', DECIDE, {
      ...SOCIAL_WORKER,
      variables: { task, verdict: 'DIFFERENT', why: 'two women of one name' },
    });
    expect(decided.errors).toEqual([]);
    const answer = await asked.finally(() => trust.restore());
    expect(answer.data.findPeople).toEqual({ outcome: 'MANY_MATCH', people: [] });
  });

  test('survives every pass of the feeds', async () => {
    await sightline.app.refreshIndex();
    const people = await sightline.store(
      `select count(distinct person)::int as people from index_record
       where (agency, record) in (('police', '100018'), ('mental-health', '40018'))`,
    );
    expect(people).toEqual([{ people: 2 }]);
    const answer = await sightline.ask('triage-nurse', MAYA('identity { name }'));
    expect(answer.data.findPeople.outcome).toBe('MANY_MATCH');
  });

  test('is undone by another decision, which a second person confirms, and the first remains', async () => {
    const answer = await sightline.ask('mash-social-worker', UNDO, {
      ...SOCIAL_WORKER,
      variables: { task },
    });
    expect(answer.data.undoLinkDecision.verdict).toBe('UNSURE');
    const outcome = async () =>
      (await sightline.ask('triage-nurse', MAYA('crisisPlan { exists }'))).data.findPeople.outcome;
    expect(await outcome()).toBe('MANY_MATCH');
    const [waiting] = (await officerOf('mental-health', TO_CONFIRM)).data.linksToConfirm.tasks;
    await officerOf('mental-health', CONFIRM, { task: waiting.id, verdict: 'UNSURE' });
    expect(await outcome()).toBe('MATCH');
    const kept = await sightline.store('select verdict from index_decision order by id');
    expect(kept.map(({ verdict }) => verdict)).toEqual(['SAME', 'SAME', 'DIFFERENT', 'UNSURE', 'UNSURE']);
  });
});

describe('who may not review', () => {
  const everybodyElse = [
    'response-officer',
    'housing-officer',
    'dean-cole',
    'governance-officer',
    'general-practitioner',
  ];

  test.each(everybodyElse)(
    '%s: refused before anybody is looked for, with the same words for every question',
    async (who) => {
      const list = await sightline.ask(who, TASKS);
      const decide = await sightline.ask(who, DECIDE, {
        variables: { task: 'a', verdict: 'SAME', why: 'x' },
      });
      for (const answer of [list, decide]) {
        expect(answer.status).toBe(400);
        expect(answer.data ?? null).toBeNull();
        expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['PURPOSE_NOT_PERMITTED']);
      }
      expect(list.errors[0]?.message).toBe(decide.errors[0]?.message);
    },
  );

  test('a reviewer on no case sees no task, and decides nothing', async () => {
    const reference = 'childrens-services:99999';
    expect(taskList(await sightline.ask('mash-social-worker', TASKS, { reference }))).toEqual([]);
    const variables = { state: 'DECIDED' };
    const tasks = taskList(await sightline.ask('triage-nurse', TASKS, { reference: PIKE, variables }));
    const before = await sightline.store('select count(*) from index_decision');
    for (const task of [tasks[0].id, 'nonsense']) {
      const answer = await sightline.ask('mash-social-worker', DECIDE, {
        ...SOCIAL_WORKER,
        variables: { task, verdict: 'SAME', why: 'found the id in a letter' },
      });
      expect(answer.data.decideLink).toBeNull();
      expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_AVAILABLE']);
    }
    expect(await sightline.store('select count(*) from index_decision')).toEqual(before);
  });

  test.each([
    ['without a purpose', { purpose: null }, 'PURPOSE_REQUIRED'],
    ['without a reference', { reference: null }, 'REFERENCE_REQUIRED'],
    ['by a purpose at which the role may not review', { purpose: 'housing' }, 'PURPOSE_NOT_PERMITTED'],
  ])('%s nothing is reviewed', async (_, asking, code) => {
    const answer = await sightline.ask('triage-nurse', TASKS, asking);
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual([code]);
  });

  test('one decision at a time, and with a reason', async () => {
    const two = `mutation { one: decideLink(task: "a", verdict: SAME, why: "x") { verdict }
      two: decideLink(task: "b", verdict: SAME, why: "x") { verdict } }`;
    expect((await sightline.ask('triage-nurse', two)).errors[0]?.extensions.code).toBe('QUERY_REFUSED');
    const blank = 'mutation { decideLink(task: "a", verdict: SAME, why: "  ") { verdict } }';
    expect((await sightline.ask('triage-nurse', blank)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
