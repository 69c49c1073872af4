/** A record that its agency deletes: answers know nothing of it at once, the index holds what it hid for P90D, and the register says when it went. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';

let days = 0;
let sightline: Sightline;
beforeAll(async () => {
  const began = Date.now();
  sightline = await startSightline({ now: () => new Date(began + days * 86_400_000) });
});
afterAll(() => sightline?.close());

const QUESTION =
  '{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { people { person { crisisPlan { state sources { agency { id } state reason } } } } } }';
const plan = async () =>
  (await sightline.ask('triage-nurse', QUESTION)).data.findPeople.people[0].person.crisisPlan;
const goneRecords = () => sightline.store('select record, person from index_gone order by record');
const retained = async () =>
  (await sightline.store('select entry from register_entry order by seq'))
    .map(({ entry }) => JSON.parse(entry as string))
    .filter(({ kind }) => kind === 'RETENTION');

test('it is no link at once; after its period it is gone, and an entry names agency, period and when it was last fed', async () => {
  expect(await plan()).toMatchObject({ state: 'DISCLOSED' });
  const maya = await sightline.store(
    `select distinct m.record, m.person from index_record m join index_record p using (person)
     where m.agency = 'mental-health' and p.agency = 'police' and p.names::text ilike '%kerr%' and p.date_of_birth = '2002-03-14' order by 1`,
  );
  for (const { record } of maya)
    await sightline.sql('mental-health', 'delete from "Client" where "ClientID" = $1', [record]);
  // The trust stamps what it writes and not what it deletes: that is found when everything is looked at again.
  days = 0.3;
  await sightline.app.refreshIndex();
  expect(await plan()).toMatchObject({
    state: 'NOT_HELD',
    sources: [{ agency: { id: 'mental-health' }, state: 'NOT_HELD', reason: 'NO_LINKED_RECORD' }],
  });
  expect(await goneRecords()).toEqual(maya);

  days = 90;
  await sightline.app.refreshIndex();
  expect([await goneRecords(), await retained()]).toEqual([maya, []]);
  days = 91;
  await sightline.app.refreshIndex();
  expect(await goneRecords()).toEqual([]);
  expect(await retained()).toMatchObject(
    maya.map(({ person }) => ({
      sub: 'gateway',
      role: null,
      person,
      outcomes: [{ section: 'index', agency: 'mental-health', state: 'LEFT', reason: 'P90D' }],
    })),
  );
});
