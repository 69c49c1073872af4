import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changedByTime } from '../../adapters/contract.ts';
import type { MentalHealthTables } from '../../adapters/mental-health/tables.ts';
import { type MadeDemo, makeDemo } from '../fixtures/demo-databases.ts';
import { type ChangingAgency, feedOf, openChanging, toldSince } from './support/index-changes.ts';

const MARGIN = 60;
/** What the trust tells, but for the wait until it is told again. */
const changes = changedByTime<MentalHealthTables>(
  (db) => db.selectFrom('Client').select(['ClientID as record', 'ChangedTS as at']),
  { marginSeconds: MARGIN, againSeconds: 0 },
);

let demo: MadeDemo;
let trust: ChangingAgency;
beforeAll(async () => {
  demo = await makeDemo('changed_by_time');
  trust = await openChanging(demo.adapterOf('mental-health'), demo.agencies['mental-health']);
});
afterAll(async () => {
  await trust?.close();
  await demo?.drop();
});

const changeClient = (clerk: pg.Client, client: string) =>
  clerk.query(`update "Client" set "Surname" = "Surname" where "ClientID" = $1`, [client]);
/** As if everybody had been written last this long ago. */
async function age(seconds: number) {
  await trust.clerk.query('alter table "Client" disable trigger user');
  await trust.clerk.query(`update "Client" set "ChangedTS" = now() - make_interval(secs => $1)`, [seconds]);
  await trust.clerk.query('alter table "Client" enable trigger user');
}
const clients = async () => [...(await feedOf(trust)).keys()];

describe('changes that are told by the time of the agency’s clock', () => {
  it('include one that was stamped before others were told, and could be seen only after', async () => {
    const { db, clerk } = trust;
    await age(2 * MARGIN);
    const [slow = '', quick = ''] = await clients();
    const other = new pg.Client({ connectionString: demo.agencies['mental-health'].adminUrl });
    await other.connect();
    const mark = await changes.mark(db);
    await other.query('begin');
    await changeClient(other, slow);
    await changeClient(clerk, quick);
    const first = await changes.since(db, mark, 10);
    expect(first.records).toEqual([quick]);
    await other.query('commit');
    await other.end();
    const again = await changes.since(db, first.mark, 10);
    expect(again.records).toEqual([slow, quick]);
  });

  it('are not told again once they are older than any transaction', async () => {
    const { db, clerk } = trust;
    const [client = ''] = await clients();
    const mark = await changes.mark(db);
    await changeClient(clerk, client);
    const first = await changes.since(db, mark, 10);
    const again = await changes.since(db, first.mark, 10);
    expect(again.records).toContain(client);
    await age(2 * MARGIN);
    expect(await changes.since(db, again.mark, 10)).toEqual({ records: [], mark: again.mark });
  });

  it('are told where they bear the very same time, in pages of any length', async () => {
    const { db, clerk } = trust;
    const mark = await trust.adapter.index.changes?.mark(db);
    await clerk.query('update "Client" set "Surname" = "Surname"');
    const { records, pages } = await toldSince(trust, mark ?? '', 3);
    expect(records).toEqual(new Set(await clients()));
    expect(Math.max(...pages)).toBe(3);
  });

  it('are told although the agency’s clock was ahead when the mark was made', async () => {
    const { db, clerk } = trust;
    await age(2 * MARGIN);
    const [client = ''] = await clients();
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const [settled] = (await changes.mark(db)).split(' ');
    await changeClient(clerk, client);
    const { records } = await changes.since(db, `${settled} ${inAnHour} ${inAnHour} `, 10);
    expect(records).toEqual([client]);
  });

  it('are refused for what is no mark', async () => {
    await expect(changes.since(trust.db, '17', 10)).rejects.toThrow(SyntaxError);
  });
});

describe('an address that ends', () => {
  it('is a change on the day after, though nobody writes a row then', async () => {
    const { db, clerk } = trust;
    const { rows } = await clerk.query<{ ClientID: string }>(
      `update "ClientAddress" set "EndDT" = (now() at time zone 'Europe/London')::date - interval '1 day' + interval '15 hours'
         where "AddressID" = (select min("AddressID") from "ClientAddress") returning "ClientID"`,
    );
    await age(30 * 86_400);
    const mark = (await trust.changes.mark(db)).replaceAll(/\d{4}-\d\d-\d\d(?=T)/g, daysAgo(2));
    const { records } = await toldSince(trust, mark);
    expect([...records]).toEqual(rows.map((row) => row.ClientID));
  });
});

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
