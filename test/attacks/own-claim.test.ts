/**
 * A nurse is on an incident that ties Carys Lowe. Catrin Lowe, of the same surname and birthday, is a client of the
 * charity, which shows itself to nobody on a claim. If the nurse's own word made the two women one, the reference would
 * tie both, and the charity would open: so what links more waits for somebody of an agency that owns one of the records.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadKeys } from '../../src/person-index/records/keys.ts';
import { createSealedIds } from '../../src/person-index/records/sealed-ids.ts';
import { type Answer, type Asking, personaOf, type Sightline, startSightline } from '../support/sightline.ts';

const BORN = '1990-05-06';
const REFERENCE = 'police:26/000140';
const CARYS = { agency: 'police', record: '190140' };
const CATRIN = { agency: 'police', record: '190141' };
let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
  await sightline.sql(
    'police',
    `insert into "T_NOMINAL" ("NOM_ID", "SURNAME", "FORENAME1", "DOB", "SEX_CD", "UPD_DTTM")
     values ('190140', 'LOWE', 'CARYS', '19900506', 'F', '202601010000'),
            ('190141', 'LOWE', 'CATRIN', '19900506', 'F', '202601010000')`,
  );
  await sightline.sql(
    'police',
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD") values ('26/000140', '190140', 'I')`,
  );
  await sightline.sql(
    'domestic-abuse-service',
    `insert into "CLIENT" ("CLIENT_ID", "SURNAME", "FORENAME", "DOB", "SEX", "PARTY_CD")
     values ('C9141', 'Lowe', 'Catrin', '06/05/1990', 'F', 'V')`,
  );
  await sightline.sql(
    'domestic-abuse-service',
    `insert into "MARAC_CASE" ("REF", "VICTIM_ID", "STATUS", "OPEN_DT") values ('M26-9141', 'C9141', 'OPEN', '2026-01-02')`,
  );
  await sightline.app.refreshIndex();
});
afterAll(() => sightline?.close());
beforeEach(async () => {
  await sightline.store('delete from index_claim');
});

const nurse = (query: string, asking: Asking = {}) =>
  sightline.ask('triage-nurse', query, { reference: REFERENCE, ...asking });
const TASK = `id state sides { relationship records { agency { id } record names { givenName familyName } dateOfBirth } }
  comparisons { feature } decisions { verdict organisation { id } role name why }`;
const TASKS = `query ($state: ReviewState) { reviewTasks(first: 50, state: $state) { tasks { ${TASK} } } }`;
const TO_CONFIRM = `{ linksToConfirm { next tasks { ${TASK} } } }`;
const CONFIRM = `mutation ($task: ID!, $verdict: LinkVerdict!) {
  confirmLink(task: $task, verdict: $verdict, why: "one woman, two cards") { verdict message } }`;
const UNDO =
  'mutation ($task: ID!) { undoLinkDecision(task: $task, why: "I was wrong") { verdict message } }';
const DECIDE = `mutation ($task: ID!, $verdict: LinkVerdict!, $why: String!) {
  decideLink(task: $task, verdict: $verdict, why: $why) { verdict message } }`;
const search = (given: string) =>
  `{ findPeople(by: { familyName: "Lowe", ${given}dateOfBirth: "${BORN}" }) { outcome people { person {
       relationship identity { name } domesticAbuse { state sources { agency { id } state } } } } } }`;
const charity = ({ data }: Answer) =>
  data.findPeople.people[0]?.person.domesticAbuse.sources.find(
    ({ agency }: { agency: { id: string } }) => agency.id === 'domestic-abuse-service',
  )?.state;
const personOf = async ({ agency, record }: typeof CARYS) =>
  (
    await sightline.store('select person from index_record where agency = $1 and record = $2', [
      agency,
      record,
    ])
  )[0]?.person;

/** The task that the nurse's own search makes, whether or not she has decided on it. */
async function taskOfBoth(): Promise<string> {
  expect((await nurse(search(''))).data.findPeople.outcome).toBe('MANY_MATCH');
  for (const state of ['OPEN', 'UNSURE', 'DECIDED']) {
    const { tasks } = (await nurse(TASKS, { variables: { state } })).data.reviewTasks;
    const both = tasks.find(
      ({ sides }: never) => /CARYS/.test(JSON.stringify(sides)) && /CATRIN/.test(JSON.stringify(sides)),
    );
    if (both) return both.id;
  }
  throw new Error('there is no task of both');
}

/** The task as an organisation knows it. */
const seal = async (organisation: string, reference: string | null) =>
  createSealedIds(loadKeys({ dataDir: sightline.dataDir, env: undefined }), organisation, reference).seal(
    'task',
    JSON.stringify([CARYS.agency, CARYS.record, CATRIN.agency, CATRIN.record]),
  );

/** The governance officer of an agency, who is on no case. */
const officerOf = async (organisation: string, query: string, variables: Record<string, unknown> = {}) =>
  sightline.askAs(
    await sightline.tokens.issue(
      personaOf('governance-officer', { organisation, sub: `IG-${organisation}`, name: 'Ines Grey' }),
    ),
    query,
    { purpose: 'governance', variables },
  );
const entries = async () =>
  (await sightline.store('select entry from register_entry order by seq'))
    .map(({ entry }) => JSON.parse(entry as string))
    .filter(({ kind }) => kind === 'DECISION');

describe('a claimant who says that whom they claim is whom their reference ties', () => {
  test('is not VERIFIED for her by their own word, and the charity stays shut', async () => {
    const before = await nurse(search('givenName: "Catrin", '));
    expect(before.data.findPeople.people[0].person.relationship).toBe('CLAIMED');
    const variables = { task: await taskOfBoth(), verdict: 'SAME', why: 'same birthday, surely the same' };
    expect((await nurse(DECIDE, { variables })).data.decideLink.verdict).toBe('SAME');
    const after = await nurse(search('givenName: "Catrin", '));
    expect(after.data.findPeople).toEqual(before.data.findPeople);
    expect(charity(after)).not.toBe('DISCLOSED');
    expect(await personOf(CARYS)).not.toBe(await personOf(CATRIN));
  });

  test('nor by saying it twice, nor with a colleague of the same organisation', async () => {
    const variables = { task: await taskOfBoth(), verdict: 'SAME', why: 'again' };
    await nurse(DECIDE, { variables });
    const colleague = await sightline.tokens.issue(personaOf('triage-nurse', { sub: 'N000999' }));
    await sightline.sql(
      'police',
      `insert into "T_RESOURCE_LOG" ("OCC_NO", "CALLSIGN", "STAFF_REF", "STAFF_ORG", "FROM_DTTM")
       values ('26/000140', 'NT02', 'N000999', 'NSMHT', '202601010000')`,
    );
    const { purpose } = personaOf('triage-nurse');
    const answer = await sightline.askAs(colleague, DECIDE, { variables, purpose, reference: REFERENCE });
    expect(answer.data.decideLink.verdict).toBe('SAME');
    expect(await personOf(CARYS)).not.toBe(await personOf(CATRIN));
  });
});

describe('the second word', () => {
  test('is asked of the agency whose records the two are, and of no other', async () => {
    for (const organisation of ['mental-health', 'domestic-abuse-service', 'housing'])
      expect((await officerOf(organisation, TO_CONFIRM)).data.linksToConfirm.tasks).toEqual([]);
    const [task, ...more] = (await officerOf('police', TO_CONFIRM)).data.linksToConfirm.tasks;
    expect(more).toEqual([]);
    expect(task).toMatchObject({ state: 'AWAITING_CONFIRMATION', comparisons: [] });
    // Whose the first word is they see, so that they can ask; not who, nor why.
    expect(task.decisions[0]).toEqual({
      verdict: 'SAME',
      organisation: { id: 'mental-health' },
      role: 'triage-nurse',
      name: null,
      why: null,
    });
    const names = task.sides.flatMap((side: { records: { names: { givenName: string }[] }[] }) =>
      side.records.map((record) => record.names[0]?.givenName),
    );
    expect(names.toSorted()).toEqual(['CARYS', 'CATRIN']);
  });

  test('is not given by an officer of another agency, nor in another verdict: answered as a task that never was', async () => {
    const [{ id: task }] = (await officerOf('police', TO_CONFIRM)).data.linksToConfirm.tasks;
    const refused = [
      await officerOf('mental-health', CONFIRM, { task, verdict: 'SAME' }),
      await officerOf('police', CONFIRM, { task, verdict: 'DIFFERENT' }),
      await officerOf('police', CONFIRM, { task: 'never was', verdict: 'SAME' }),
      await nurse(CONFIRM, { variables: { task: await taskOfBoth(), verdict: 'SAME' } }),
    ];
    for (const { data, errors } of refused) {
      expect(data.confirmLink).toBeNull();
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_AVAILABLE']);
    }
    expect(await personOf(CARYS)).not.toBe(await personOf(CATRIN));
  });

  test('makes them one, and the register has both words', async () => {
    const earlier = (await entries()).length;
    const [{ id: task }] = (await officerOf('police', TO_CONFIRM)).data.linksToConfirm.tasks;
    const confirmed = await officerOf('police', CONFIRM, { task, verdict: 'SAME' });
    expect(confirmed.data.confirmLink.verdict).toBe('SAME');
    expect(await personOf(CARYS)).toBe(await personOf(CATRIN));
    const found = await nurse(search('givenName: "Catrin", '));
    expect(found.data.findPeople.people[0].person.relationship).toBe('VERIFIED');
    const words = (await entries()).map(({ sub, role, outcomes }) => [sub, role, outcomes[0].reason]);
    expect(words[0]).toEqual(['RMN2208', 'triage-nurse', 'AWAITING_CONFIRMATION']);
    expect(words.slice(earlier)).toEqual([
      ['IG-police', 'governance-officer', 'CONFIRMS'],
      ['IG-police', 'governance-officer', 'CONFIRMS'],
    ]);
    expect((await officerOf('police', TO_CONFIRM)).data.linksToConfirm.tasks).toEqual([]);
  });

  test('is taken back by who gave it, and nobody else of their office', async () => {
    const task = await seal('police', null);
    const colleague = await sightline.tokens.issue(
      personaOf('governance-officer', { organisation: 'police', sub: 'IG-other' }),
    );
    const other = await sightline.askAs(colleague, UNDO, { purpose: 'governance', variables: { task } });
    expect(other.data.undoLinkDecision).toBeNull();
    expect((await officerOf('police', UNDO, { task })).data.undoLinkDecision.verdict).toBe('UNSURE');
    expect(await personOf(CARYS)).not.toBe(await personOf(CATRIN));
  });
});

test('whoever decided can take it back, though they may no longer see the two', async () => {
  const task = await taskOfBoth();
  const variables = { task, verdict: 'DIFFERENT', why: 'two cards' };
  expect((await nurse(DECIDE, { variables })).data.decideLink.verdict).toBe('DIFFERENT');
  await sightline.sql(
    'police',
    `update "T_NOMINAL" set "SENS_FLG" = 'P', "UPD_DTTM" = '202602010000' where "NOM_ID" = '190141'`,
  );
  await sightline.app.refreshIndex();
  expect((await nurse(DECIDE, { variables })).data.decideLink).toBeNull();
  expect((await nurse(UNDO, { variables: { task } })).data.undoLinkDecision.verdict).toBe('UNSURE');
  // It ends a DIFFERENT: so it waits, for those whose records they are.
  const [waiting] = (await officerOf('police', TO_CONFIRM)).data.linksToConfirm.tasks;
  expect(waiting.decisions[0]).toMatchObject({ verdict: 'UNSURE', role: 'triage-nurse' });
});

test.each(['response-officer', 'housing-officer', 'analyst', 'data-subject', 'general-practitioner'])(
  '%s may not confirm, in the same words for every question',
  async (who) => {
    const answers = [
      await sightline.ask(who, TO_CONFIRM),
      await sightline.ask(who, CONFIRM, { variables: { task: 'a', verdict: 'SAME' } }),
    ];
    for (const { errors } of answers)
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['PURPOSE_NOT_PERMITTED']);
    expect(answers[0]?.errors[0]?.message).toBe(answers[1]?.errors[0]?.message);
  },
);

test('an officer who is kept from one of the two is not asked', async () => {
  const asked = async () => (await officerOf('police', TO_CONFIRM)).data.linksToConfirm.tasks;
  expect(await asked()).toHaveLength(1);
  await sightline.sql(
    'police',
    `insert into "T_STAFF_EXCL" ("NOM_ID", "STAFF_REF") values ('190141', 'IG-police')`,
  );
  await sightline.sql(
    'police',
    `update "T_NOMINAL" set "UPD_DTTM" = '202602020000' where "NOM_ID" = '190141'`,
  );
  await sightline.app.refreshIndex();
  expect(await asked()).toEqual([]);
});
