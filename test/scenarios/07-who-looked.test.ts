/** Scenario 7: "Who looked at my record?" Assume that somebody else holds her phone. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAdapters } from '../../src/adapters-found.ts';
import { actFromTerminal, recordFromTerminal } from '../../src/cli/operator-register.ts';
import { addSubjectAccess } from '../../src/cli/register/subject-access.ts';
import type { Persona } from '../../src/demo/persona.ts';
import { loadKeys } from '../../src/person-index/records/keys.ts';
import { projectRoot } from '../../src/project-root.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { shippedPolicy } from '../sharing/support/shipped-policy.ts';
import { type Answer, personaOf, type Sightline, startSightline } from '../support/sightline.ts';
import { SILENT } from '../support/silent-log.ts';
import { found, glassOf, maya } from './break-glass.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const { ask, open, asOfficer } = glassOf(() => sightline);
const HISTORY = `{ accessHistory { state reason message complaints contacts { desk phone email }
  entries { items { date organisation { id } role purpose sections breakGlass } next } } }`;
const history = (query = HISTORY) => sightline.ask('data-subject', query);
const entriesOf = (answer: Answer) => answer.data.accessHistory.entries.items;
/** Somebody with a proven identity who asks for their own record, without a request's number of their own. */
const subject = (value: string | null, more: Partial<Persona> = {}) => {
  const { person: _, ...maya } = personaOf('data-subject', { sub: `subject-of-${value}`, ...more });
  return { ...maya, ...(value && { person: { system: 'NHS_NUMBER' as const, value } }) };
};
const historyOf = async (persona: Persona, reference: string | null = null) =>
  sightline.askAs(await sightline.tokens.issue(persona), HISTORY, { purpose: persona.purpose, reference });
/** What `sightline register subject-access` prints, on the gateway's own store. */
async function inWriting(...args: string[]): Promise<string> {
  const { storeUrl, dataDir } = sightline;
  const now = () => new Date();
  const at = ({ db }: Store) => ({ db, dataDir, registerSigningKey: null, log: SILENT, now });
  let said = '';
  const register = new Command('register');
  addSubjectAccess(register, {
    openStore: async () => openStore(storeUrl),
    agencies: sightline.app.agencies.ids,
    operator: {
      ...{ user: 'ada', now, policyVersion: async () => 'f00d' },
      record: (store, entries) => recordFromTerminal(at(store), entries),
      recordWith: (store, entries, act) => actFromTerminal(at(store), entries, act),
    },
    indexKeys: () => loadKeys({ dataDir }),
    letterWords: async () => {
      const adapters = (await findAdapters(projectRoot())).map((one) => [one.id, one] as const);
      return { ...shippedPolicy(), agencies: new Map(adapters) };
    },
    out: (text) => {
      said += text;
    },
    err: (text) => {
      said += text;
    },
    exit: (code) => expect([code, said]).toEqual([0, said]),
  });
  await register.parseAsync(['subject-access', ...args], { from: 'user' });
  return said;
}
const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });

test('nobody has asked: an empty list, whom to ask in writing, and how to complain', async () => {
  const answer = await history();
  expect(answer.errors).toEqual([]);
  const { state, reason, message, complaints, contacts } = answer.data.accessHistory;
  expect({ state, reason }).toEqual({ state: 'DISCLOSED', reason: null });
  expect(entriesOf(answer)).toEqual([]);
  expect(message).toMatch(/not all that the law gives you/);
  expect(complaints).toMatch(/Tell the agency/);
  expect(complaints).toMatch(/Information Commissioner/);
  expect(contacts).toHaveLength(sightline.app.agencies.ids.length);
  for (const { phone, email } of contacts) expect(phone ?? email).not.toBeNull();
});

test('7.1 officer, nurse and housing officer ask, and she sees three looks, by day, role, purpose and section, and nobody’s name', async () => {
  const day = today.format(new Date());
  await ask(maya('crisisPlan { whatHelps } domesticAbuse { seeAlone } benefits { awards { from } }'));
  await sightline.ask('triage-nurse', maya('clinical { notes { text } } intelligence { items { text } }'));
  await sightline.ask('housing-officer', maya('housing { arrearsBand } childSafeguarding { known }'));
  const answer = await history();
  expect(entriesOf(answer)).toEqual([
    {
      ...{ date: day, organisation: { id: 'housing' }, role: 'housing-officer', purpose: 'early-help' },
      ...{ sections: ['housing'], breakGlass: false },
    },
    {
      ...{ date: day, organisation: { id: 'mental-health' }, role: 'triage-nurse' },
      ...{ purpose: 'mental-health-crisis', sections: ['clinical'], breakGlass: false },
    },
    {
      ...{ date: day, organisation: { id: 'police' }, role: 'response-officer' },
      // As asked: benefits are nothing that the officer was given.
      ...{ purpose: 'mental-health-crisis', sections: ['crisisPlan', 'benefits'], breakGlass: false },
    },
  ]);
  expect(JSON.stringify(entriesOf(answer))).not.toMatch(/PC4417|RMN2208|HO207|Marlow/);
});

test('7.2 a social worker and an adviser ask, and an officer for a quiet purpose: her answer is byte for byte what it was', async () => {
  const before = await history();
  const asked = [
    await sightline.ask('mash-social-worker', maya('identity { name } housing { arrearsBand }')),
    await ask(maya('identity { name }').replace('{ find', 'query Quiet { find')),
    await sightline.ask('response-officer', maya('housing { arrearsBand }'), { purpose: 'child-protection' }),
    await sightline.ask('domestic-abuse-adviser', maya('identity { name }')),
  ];
  // What is asked of nothing that may be named is quiet as well.
  await ask(maya('domesticAbuse { seeAlone }'));
  const loud = (await history()).data.accessHistory.entries.items.length;
  expect(loud).toBe(entriesOf(before).length + 1);
  expect(found(asked[0] as Answer).identity.name).toBeTruthy();
  const again = await history();
  await sightline.ask('mash-social-worker', maya('identity { name } housing { arrearsBand }'));
  await sightline.ask('domestic-abuse-adviser', maya('identity { name }'));
  expect((await history()).text).toBe(again.text);
});

test('7.3 Leila’s and Dean’s own answers after the adviser’s look are those of somebody of whom nobody asked', async () => {
  const leila = subject('9990001383');
  const dean = subject(null, { sub: 'subject-dean' });
  const asDean = { ...dean, person: { system: 'NINO' as const, value: 'QQ000214C' } };
  const nobody = await historyOf(subject('9990002754', { sub: 'subject-unknown' }));
  const before = [await historyOf(leila), await historyOf(asDean)];
  const look = await sightline.ask(
    'domestic-abuse-adviser',
    '{ findPeople(by: { familyName: "Haddad", givenName: "Leila", dateOfBirth: "1991-07-02" }) { people { person { identity { name } domesticAbuse { seeAlone } } } } }',
  );
  expect(found(look).identity.name).toBeTruthy();
  for (const answer of [...before, await historyOf(leila), await historyOf(asDean)])
    expect(answer.text).toBe(nobody.text);
});

test('7.4 a section 47 enquiry opens and closes: three reads, alike', async () => {
  const [row] = await sightline.store(
    `select o.record from index_record r join index_record o on o.person = r.person and o.agency = 'childrens-services'
     where r.agency = 'police' and r.record = '100018'`,
  );
  const own = String(row?.record);
  const before = await history();
  await sightline.sql(
    'childrens-services',
    `insert into "FACT_S47" ("FACT_S47_ID", "DIM_PERSON_ID", "START_DTTM") values (994701, $1, now())`,
    [own],
  );
  await sightline.app.refreshIndex();
  await sightline.ask('mash-social-worker', maya('childSafeguarding { known }'));
  const during = await history();
  await sightline.sql(
    'childrens-services',
    'update "FACT_S47" set "END_DTTM" = now() where "FACT_S47_ID" = 994701',
  );
  await sightline.app.refreshIndex();
  expect([during.text, (await history()).text]).toEqual([before.text, before.text]);
});

test('7.5 who represents a child is told the same with and without a protection plan: ask in writing', async () => {
  const representative = subject(null, { sub: 'subject-parent', name: 'A Parent' });
  const answers = [
    await historyOf(representative),
    // Tia Grant, looked after, and Kai Shaw, who is not; and a number that nobody has.
    ...(await Promise.all(
      ['childrens-services:26220', 'childrens-services:26151', 'childrens-services:00000'].map((reference) =>
        historyOf(representative, reference),
      ),
    )),
  ];
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers[0]?.data.accessHistory).toMatchObject({
    state: 'NOT_COVERED',
    entries: null,
    message: expect.stringMatching(/in writing/),
  });
});

test('whoever asks on a request about somebody else is told to ask in writing too, whoever they are themselves', async () => {
  const [liam] = await sightline.sql(
    'mental-health',
    `select "ClientID" as id from "Client" where "NHSNumber" <> '9990000018' and "MergedToClientID" is null order by 1 limit 1`,
  );
  await sightline.sql(
    'mental-health',
    `insert into "SubjectRequest" select (jsonb_populate_record(r, jsonb_build_object('ReqRef', 'SAR-009999', 'ClientID', $1::text))).*
     from "SubjectRequest" r where "ReqRef" = 'SAR-000018'`,
    [String(liam?.id)],
  );
  const answer = await sightline.ask('data-subject', HISTORY, { reference: 'mental-health:SAR-009999' });
  expect(answer.data.accessHistory).toMatchObject({ state: 'NOT_COVERED', entries: null });
});

test('what was opened in an emergency is shown as that', async () => {
  const { id } = found(await ask(maya('domesticAbuse { seeAlone }').replace('person {', 'person { id')));
  expect((await open(id)).errors).toEqual([]);
  await ask(maya('clinical { medication { name } }'));
  expect(entriesOf(await history()).slice(0, 2)).toEqual([
    expect.objectContaining({ sections: ['clinical'], breakGlass: true }),
    expect.objectContaining({ sections: ['clinical'], breakGlass: true }),
  ]);
});

test('pages read on by what tells nothing of what was left out, each look once', async () => {
  const whole = entriesOf(await history());
  const paged = [];
  let after: string | null = null;
  do {
    const answer: Answer = await sightline.ask(
      'data-subject',
      `query ($after: ID) { accessHistory { entries(first: 1, after: $after) { items { date organisation { id } role purpose sections breakGlass } next } } }`,
      { variables: { after } },
    );
    paged.push(...entriesOf(answer));
    after = answer.data.accessHistory.entries.next;
  } while (after);
  expect(paged).toEqual(whole);
  const stranger = await sightline.ask(
    'data-subject',
    `{ accessHistory { entries(after: "${'0'.repeat(64)}") { items { date } next } } }`,
  );
  expect(stranger.data.accessHistory.entries).toEqual({ items: [], next: null });
});

test('in writing the trust decides of its own record’s looks, quiet ones too; what it answers moves nothing on the phone', async () => {
  const before = await history();
  const file = join(sightline.dataDir, 'request.yaml');
  const listed = await inWriting(
    '--agency',
    'mental-health',
    '--identifier',
    'NHS_NUMBER:9990000018',
    '--out',
    file,
  );
  expect(listed).toMatch(/entries to decide, [1-9]\d* of them quiet/);
  const text = await readFile(file, 'utf8');
  for (const role of ['response-officer', 'triage-nurse', 'mash-social-worker']) expect(text).toContain(role);
  expect(text).not.toMatch(/PC4417|RMN2208|Marlow|Sertraline|domesticAbuse|childSafeguarding|intelligence/);
  await writeFile(
    file,
    text
      .replaceAll(/quiet: no\n( +)give:\n/g, 'quiet: no\n$1give: yes\n')
      .replaceAll(/(quiet: yes\n +give:)\n( +reason:)\n/g, '$1 no\n$2 Not safe.\n'),
  );
  const letter = await inWriting('--give', file);
  expect(letter).toContain('Response police officer');
  expect(letter).toContain('Information Commissioner');
  expect(letter).not.toMatch(/Social worker|violence adviser|Not safe/);
  expect((await history()).text).toBe(before.text);
  const answer = await asOfficer(
    'mental-health',
    '{ register(by: { kind: REPORT, section: "subjectAccess" }, first: 1) { items { outcomes { section } } } }',
  );
  expect(answer.data.register.items).toEqual([{ outcomes: [{ section: 'subjectAccess' }] }]);
  const others = await asOfficer(
    'police',
    '{ register(by: { kind: REPORT, section: "subjectAccess" }, first: 1) { items { at } } }',
  );
  expect(others.data.register.items).toEqual([]);
});

test('reading it is itself registered, and shown to nobody but the organisation through which it was read', async () => {
  await history();
  const reports = (organisation: string) =>
    asOfficer(
      organisation,
      '{ register(by: { kind: REPORT, sub: "subject-0018" }, first: 1) { items { ownRecord outcomes { section } } } }',
    );
  expect((await reports('mental-health')).data.register.items).toEqual([
    { ownRecord: null, outcomes: [{ section: 'accessHistory' }] },
  ]);
  expect((await reports('police')).data.register.items).toEqual([]);
});

test.each([
  ...[
    'response-officer',
    'triage-nurse',
    'mash-social-worker',
    'housing-officer',
    'dean-cole',
    'early-help-lead',
  ],
  ...['school-safeguarding-lead', 'work-coach', 'general-practitioner', 'health-visitor'],
  ...['domestic-abuse-adviser', 'governance-officer', 'analyst'],
])('%s is told that it is the person’s own to read, and reads nothing', async (persona) => {
  const answer = await sightline.ask(persona, HISTORY);
  expect(answer.data.accessHistory).toMatchObject({ state: 'WITHHELD', reason: 'PURPOSE', entries: null });
});

test('without a purpose it is not taken', async () => {
  const answer = await sightline.ask('data-subject', HISTORY, { purpose: null });
  expect(answer.status).toBe(400);
  expect(answer.errors[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
});
