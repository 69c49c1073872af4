/** What is over goes, and what is left of it still proves that it was there; what is held stays, and so does all else. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { runRetention } from '../../src/acts/retention.ts';
import { followRetention } from '../../src/app/follow-retention.ts';
import { actFromTerminal } from '../../src/cli/operator-register.ts';
import { addHold } from '../../src/cli/register/hold.ts';
import { addRetention } from '../../src/cli/register/retention.ts';
import { registerFolder } from '../../src/register/data-folder.ts';
import type { RegisterEntry } from '../../src/register/entry.ts';
import { openStore } from '../../src/store/store.ts';
import { SILENT } from '../support/silent-log.ts';
import { sightline } from './command.ts';
import { disclosure } from './entries.ts';
import { newWorld, type World } from './world.ts';

const PERIODS = new Map([
  ['police', 'P1Y'],
  ['mental-health', 'P6Y'],
]);
const NOW = new Date('2026-11-30T12:00:00Z');

const [MARKERS] = disclosure('r').outcomes;
const of = (agency: string, ...records: string[]) => ({ ...MARKERS, section: 'identity', agency, records });
const entry = (id: string, at: string, more: Partial<RegisterEntry>): RegisterEntry =>
  disclosure(id, { at: `${at}T09:00:00.000Z`, ...more } as Partial<RegisterEntry>);
const byPolice = { organisation: 'police', outcomes: [of('police', 'N7')] as RegisterEntry['outcomes'] };
const byNurse = (...outcomes: unknown[]) => ({ outcomes: outcomes as RegisterEntry['outcomes'] });

const OVER = entry('over', '2025-11-29', byPolice);
const LIVE = entry('live', '2025-12-01', byPolice);
const LONGER = entry('another-keeps-longer', '2021-01-01', byNurse(of('police', 'N8')));
const UNSTATED = entry('another-states-none', '2015-01-01', byNurse(of('police', 'N9'), of('housing', 'T9')));
const PERSON = entry('of-the-person', '2025-01-01', {
  ...byPolice,
  person: 'person-2',
  ...byNurse(of('police')),
});
const NAMED = entry('names-the-record', '2026-11-01', {
  ...byPolice,
  person: 'person-2',
  ...byNurse(of('police', 'N2')),
});

let world: World;
beforeEach(async () => {
  world = await newWorld();
  await world.admin.query(`truncate register_look, register_look_agency, register_count, register_reading, register_hold;
    truncate break_glass, break_glass_agency, break_glass_review, break_glass_confirmation, disclosure_request, disclosure_use,
      relay, consent, consent_agency, concern, subject_answer; delete from index_record`);
  const register = await world.start();
  await register.record([OVER, LIVE, LONGER, UNSTATED, PERSON, NAMED]);
  await register.close();
});

async function run(command: 'hold' | 'retention', ...args: string[]) {
  const said = { out: '', err: '', code: -1 };
  const io = {
    openStore: async () => openStore(world.url),
    out: (text: string) => {
      said.out += text;
    },
    err: (text: string) => {
      said.err += text;
    },
    exit: (code: number) => {
      said.code = code;
    },
    operator: {
      ...{ user: 'pat', now: () => NOW, policyVersion: async () => 'f00d', record: async () => {} },
      recordWith: (store: { db: World['store']['db'] }, ...act: Parameters<RecordWith>) =>
        actFromTerminal(terminal(store.db), ...act),
    },
  };
  const register = new Command('register').exitOverride();
  addHold(register, { ...io, agencies: ['police', 'housing', 'mental-health'] });
  addRetention(register, { ...io, periods: async () => PERIODS });
  await register.parseAsync([command, ...args], { from: 'user' });
  return said;
}
type RecordWith = (
  ...act: Parameters<Parameters<typeof runRetention>[0]['recordWith'] & object>
) => Promise<void>;
const terminal = (db: World['store']['db']) => ({
  ...{ db, dataDir: world.dataDir, registerSigningKey: null, log: SILENT, now: () => NOW },
});

/** Request ids of the disclosures that are kept, in order of their place. */
async function kept(): Promise<string[]> {
  const { rows } = await world.admin.query(
    `select request_id from register_entry where entry like '%"kind":"DISCLOSURE"%' order by seq`,
  );
  return rows.map((row) => row.request_id);
}
const ids = (...entries: RegisterEntry[]) => entries.map(({ requestId }) => requestId);
const recorded = async (kind: string) => {
  const { rows } = await world.admin.query(
    `select entry::jsonb as entry from register_entry where entry like $1 order by chain, seq`,
    [`%"kind":"${kind}"%`],
  );
  return rows.map((row) => row.entry as RegisterEntry);
};

describe('an entry whose period is over', () => {
  test('shrinks to a hash that verifies; those that are not over, or of which an agency states no period, stay', async () => {
    expect(await run('retention')).toMatchObject({
      ...{ code: 0, err: '' },
      out: 'Entries of the register shrunk: 2\nActs whose words are gone: none\n',
    });
    expect(await kept()).toEqual(ids(LIVE, LONGER, UNSTATED, NAMED));
    const { rows } = await world.admin.query('select * from register_entry where salt is null order by seq');
    expect(rows).toMatchObject([
      { entry: '', request_id: '', person: null, at: new Date(OVER.at) },
      { entry: '', request_id: '', person: null, at: new Date(PERSON.at) },
    ]);
    const verified = await sightline(world, 'verify');
    expect([verified.code, verified.err]).toEqual([0, '']);
    expect(verified.out).toContain('The register is whole.');
    expect(verified.out).toContain('2 no longer kept');
    expect(await recorded('RETENTION')).toMatchObject([
      {
        ...{ sub: 'terminal:pat', person: null },
        outcomes: [
          {
            agency: 'police',
            section: 'register',
            state: 'EXPIRED',
            reason: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
        ],
      },
    ]);
  });

  test('leaves what lies about it for readers no trace of who asked', async () => {
    await run('retention');
    const { rows } = await world.admin.query(
      'select seq from register_look union select seq from register_look_agency order by seq',
    );
    expect(rows.map(({ seq }) => seq)).toEqual(expect.not.arrayContaining(['5']));
    expect(rows.map(({ seq }) => seq)).toEqual(expect.arrayContaining(['2', '3', '4', '6']));
  });

  test('is in an export and a statement as one that was there and says nothing', async () => {
    await run('retention');
    const file = join(world.dataDir, 'police.jsonl');
    expect(await sightline(world, 'export', '--agency', 'police', '--out', file)).toMatchObject({ code: 0 });
    expect(await readFile(file, 'utf8')).not.toContain(OVER.at);
    const key = registerFolder(world.dataDir).publicKey;
    const verified = await sightline(world, 'verify', '--export', file, '--key', key, '--json');
    const chains = JSON.parse(verified.out).chains as { entries: number; until: unknown }[];
    expect(chains).toContainEqual(expect.objectContaining({ entries: 6, numbers: [1, 6] }));
    expect(await sightline(world, 'verify', '--statement')).toMatchObject({ code: 0, err: '' });
  });

  test('shrinks once: the next run finds nothing, and its record is kept for good', async () => {
    await run('retention');
    expect(await run('retention')).toMatchObject({ out: expect.stringContaining('shrunk: 0') });
    const later = new Date('2126-01-01T00:00:00Z');
    await runRetention({
      ...{ store: world.store.db, periods: PERIODS, now: later },
      by: { sub: 'gateway', role: null, policyVersion: 'f00d' },
      recordWith: (...act) => actFromTerminal(terminal(world.store.db), ...act),
    });
    expect(await kept()).toEqual(ids(UNSTATED));
    expect(await recorded('RETENTION')).toHaveLength(2);
    expect(await world.verify()).toMatchObject({ noLongerKept: 5 });
  });

  test('is taken out by a gateway that runs, without being told to', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const following = followRetention(
      async () => ({
        ...{ store: world.store.db, periods: PERIODS, now: NOW },
        by: { sub: 'gateway', role: null, policyVersion: 'f00d' },
        recordWith: (...act) => actFromTerminal(terminal(world.store.db), ...act),
      }),
      { log: SILENT },
    );
    vi.advanceTimersByTime(24 * 60 * 60_000 - 1);
    vi.useRealTimers();
    await following.close();
    expect(await kept()).toEqual(ids(LIVE, LONGER, UNSTATED, NAMED));
    expect(await recorded('RETENTION')).toMatchObject([{ sub: 'gateway' }]);
  });

  test('is counted by a dry run, which changes nothing', async () => {
    expect(await run('retention', '--dry-run')).toMatchObject({
      ...{ code: 0, err: '' },
      out: 'Entries of the register would shrink: 2\nActs whose words would go: none\n',
    });
    expect(await kept()).toEqual(ids(OVER, LIVE, LONGER, UNSTATED, PERSON, NAMED));
    expect(await recorded('RETENTION')).toEqual([]);
  });

  test('is whole or shrunk and recorded, wherever the store is lost in the midst', async () => {
    const lost = runRetention({
      ...{ store: world.store.db, periods: PERIODS, now: NOW },
      by: { sub: 'gateway', role: null, policyVersion: 'f00d' },
      recordWith: (entries, act) =>
        actFromTerminal(terminal(world.store.db), entries, async (transaction) => {
          await act(transaction);
          await sql`select pg_terminate_backend(pg_backend_pid())`.execute(transaction);
        }),
    });
    await expect(lost).rejects.toThrow();
    expect(await kept()).toHaveLength(6);
    expect(await recorded('RETENTION')).toEqual([]);
    await run('retention');
    expect(await kept()).toHaveLength(4);
  });
});

describe('an entry that was emptied', () => {
  const empty = (...places: number[]) =>
    world.admin.query(`alter table register_entry disable trigger all;
      update register_entry set entry = '', salt = null, request_id = '', person = null where seq in (${places.join()});
      alter table register_entry enable trigger all`);

  test('without an entry that records it is found', async () => {
    await empty(2);
    expect(await world.verify()).toMatchObject({
      whole: false,
      chains: [{ problem: { kind: 'CHANGED', seq: 2, detail: expect.stringContaining('no entry records') } }],
    });
  });

  test('is found beside those that were over, whatever was written of it in the store', async () => {
    await run('retention');
    await empty(2);
    await world.admin.query(`insert into register_expired
      select chain, 2, batch from register_expired where seq = 1`);
    const { whole, chains } = await sightline(world, 'verify', '--json').then(({ out }) => JSON.parse(out));
    expect(whole).toBe(false);
    expect(chains).toContainEqual(
      expect.objectContaining({ problem: expect.objectContaining({ kind: 'CHANGED' }) }),
    );
  });

  test.each([
    [`update register_entry set entry = '', salt = null, request_id = '', person = null where seq = 1`],
    [`select register_expire(chain, '{1}') from register_entry where seq = 1`],
    [`set register.expiring = 'on'; update register_entry set entry = '{}' where seq = 1`],
  ])('is refused by the store without its record: %s', async (statement) => {
    await expect(world.admin.query(statement)).rejects.toThrow('append-only');
  });
});

describe('a record that is held', () => {
  const id = (out: string) => /[0-9a-f-]{36}/.exec(out)?.[0] ?? '';

  test('keeps every entry that names it or its person, and nothing else, until it is released', async () => {
    const held = await run('hold', '--record', 'N2', '--why', 'inquest 26/104');
    expect(held).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^Held: .* police N2, .*inquest/),
    });
    await run('retention');
    expect(await kept()).toEqual(ids(LIVE, LONGER, UNSTATED, PERSON, NAMED));
    expect(await run('hold', '--list')).toMatchObject({ code: 0, out: expect.stringContaining('police N2') });
    expect(await run('hold', '--release', id(held.out))).toMatchObject({ code: 0, err: '' });
    expect(await run('hold', '--list')).toMatchObject({ out: 'Nothing is held.\n' });
    await run('retention');
    expect(await kept()).toEqual(ids(LIVE, LONGER, UNSTATED, NAMED));
    const said = (await recorded('POLICY')).map(({ outcomes: [one] }) => [
      one?.agency,
      one?.state,
      one?.records,
    ]);
    expect(said).toEqual([
      ['police', 'HELD', ['N2']],
      ['police', 'RELEASED', ['N2']],
    ]);
    expect(JSON.stringify(await recorded('POLICY'))).not.toContain('inquest');
  });

  test('is held no longer after its day', async () => {
    await run('hold', '--record', 'N2', '--why', 'a review', '--until', '2026-11-30');
    const on = (now: string) =>
      runRetention({
        ...{ store: world.store.db, recordWith: null, periods: PERIODS, now: new Date(now) },
        by: { sub: 'gateway', role: null, policyVersion: 'f00d' },
      });
    expect(await on('2026-11-30T23:59:59Z')).toMatchObject({ entries: 1 });
    expect(await on('2026-12-01T00:00:00Z')).toMatchObject({ entries: 2 });
  });

  test.each([
    [['--record', 'N404', '--why', 'x'], 'Nothing here names a record N404\n'],
    [['--record', 'N2', '--agency', 'housing', '--why', 'x'], 'Nothing here names a record N2 of housing\n'],
    [['--record', 'N2', '--agency', 'polcie', '--why', 'x'], /^unknown agency "polcie"/i],
    [['--record', 'N2', '--why', ' '], /^Say for what it is held/],
    [['--record', 'N2', '--why', 'x', '--until', '2026-11-29'], '--until 2026-11-29 is over already\n'],
    [['--record', 'N2', '--why', 'x', '--until', '2026-02-30'], '--until takes a day as YYYY-MM-DD\n'],
    [['--release', 'f00d'], /^No hold f00d stands/],
    [['--release', 'f00d', '--list'], /^Say one of/],
    [['--list', '--why', 'x'], /^--agency, --why and --until are of a --record/],
    [[], /^Say one of/],
  ])('is refused, and nothing changed or recorded, for %j', async (args, message) => {
    const said = await run('hold', ...args);
    expect([said.code, said.out]).toEqual([1, '']);
    expect(said.err).toMatch(message);
    expect(await recorded('POLICY')).toEqual([]);
  });

  test('is held once and released once', async () => {
    const held = await run('hold', '--record', 'N2', '--why', 'an inquest');
    expect(await run('hold', '--record', 'N2', '--why', 'another')).toMatchObject({
      ...{ code: 1, out: '' },
      err: `Record N2 of police is held already, by ${id(held.out)}\n`,
    });
    await run('hold', '--release', id(held.out));
    expect(await run('hold', '--release', id(held.out))).toMatchObject({
      ...{ code: 1, err: expect.stringMatching(/^No hold/) },
    });
    expect(await recorded('POLICY')).toHaveLength(2);
  });
});

describe('what people wrote of an act', () => {
  const MONTHS_AGO_13 = '2025-10-30T12:00:00Z';
  const MONTHS_AGO_11 = '2025-12-30T12:00:00Z';
  const GONE = 'No longer kept.';

  /** One act of each kind, over at that time; null for not yet. */
  async function acts(name: string, over: string | null, person: string, record: string) {
    const values = [name, over, person, `{${record}}`];
    const actor = `'u', 's', 'n', 'r', 'mental-health', 'p', 'police:1'`;
    const statements = [
      `insert into break_glass (id, sub, staff, name, role, organisation, purpose, reference, person, sections, ground, persons_view,
        statement, salt, relationship, policy_version, opened_at, ends_at, confirm_by)
        select $1, ${actor}, $3, '{clinical}', 'G', 'V', 'secret statement', 's', 'VERIFIED', 'v', '2025-01-01', '2025-01-01', '2025-01-02'`,
      `insert into break_glass_agency select $1, 'police', '{}', $4::text[], '2025-01-02'`,
      `insert into break_glass_review (glass, agency, finding, person_told, why, salt, sub, name, at)
        select $1, 'police', case when $2::text is null then 'MORE_NEEDED' else 'JUSTIFIED' end, 'YES', 'secret why', 's', 'o', 'n',
        coalesce($2::timestamptz, '2025-01-02')`,
      `insert into disclosure_request (id, sub, staff, name, role, organisation, purpose, reference, person, section, agency, why, salt,
        relationship, records, decides, policy_version, asked_at, answer_by, verdict, reason, note, note_salt, decided_at)
        select $1, ${actor}, $3, 'clinical', 'police', 'secret why', 's', 'VERIFIED', $4::text[], 'd', 'v', '2025-01-01',
        coalesce($2::timestamptz, '2027-01-01'), case when $2::text is not null then 'DENY' end, 'R',
        case when $2::text is not null then 'secret note' end, 's', $2::timestamptz`,
      `insert into concern (id, kind, sub, staff, name, role, organisation, purpose, reference, by_subject, relationship, person, agency,
        section, records, why, salt, at, answer_by, answer_why, answer_salt, answered_at)
        select $1, 'MISTAKE', ${actor}, false, 'VERIFIED', $3, 'police', 'clinical', $4::text[], 'secret why', 's', '2025-01-01',
        '2025-02-01', case when $2::text is not null then 'secret answer' end, 's', $2::timestamptz`,
      `insert into consent (id, sub, staff, name, role, organisation, purpose, reference, person, receiver, evidence, salt, policy_version,
        recorded_at, until, confirm_by) select $1, ${actor}, $3, 'housing', 'secret evidence', 's', 'v', '2025-01-01',
        coalesce(left($2, 10), '2027-01-01'), '2025-01-02'`,
      `insert into consent_agency (consent, agency, records) select $1, 'police', $4::text[]`,
      `insert into subject_answer (id, agency, record, by_whom, at, decisions, salt) select $1, 'police', ($4)[1], 'o',
        coalesce($2::timestamptz, '2026-11-29'), 'secret decisions', 's'`,
      `insert into relay (id, sub, staff, name, role, organisation, purpose, reference, person, section, item, to_organisation, to_staff,
        why, salt, at) select $1, ${actor}, $3, 'clinical', 'i', 'police', 't', 'secret why', 's',
        coalesce($2::timestamptz, '2026-11-29')`,
    ];
    const given =
      'with v as (select $1::text as id, $2::text as over, $3::text as person, $4::text[] as records)';
    for (const text of statements)
      await world.admin.query(
        `${given} ${text.replace(/\$(\d)/g, (_, at) => `(select ${['id', 'over', 'person', 'records'][at - 1]} from v)`)}`,
        values,
      );
  }

  const wordsOf = async (name: string) => {
    const { rows } = await world.admin.query(
      `select statement as word from break_glass where id = $1 union all select why from break_glass_review where glass = $1
      union all select unnest(array[why, note]) from disclosure_request where id = $1
      union all select unnest(array[why, answer_why]) from concern where id = $1
      union all select evidence from consent where id = $1 union all select decisions from subject_answer where id = $1 union all select why from relay where id = $1`,
      [name],
    );
    return new Set(rows.flatMap(({ word }) => (word === null ? [] : [word === GONE ? GONE : 'kept'])));
  };

  test('goes twelve months after it was reviewed, answered or over, and not before, nor while it is open', async () => {
    await acts('long-over', MONTHS_AGO_13, 'person-8', 'N80');
    await acts('lately-over', MONTHS_AGO_11, 'person-8', 'N80');
    await acts('open', null, 'person-8', 'N80');
    expect(await run('retention')).toMatchObject({
      ...{ code: 0, err: '' },
      out: expect.stringContaining(
        'Acts whose words are gone: breakGlass 1, disclosureRequest 1, relay 1, consent 1, concern 1, subjectAnswer 1',
      ),
    });
    expect(await wordsOf('long-over')).toEqual(new Set([GONE]));
    expect(await wordsOf('lately-over')).toEqual(new Set(['kept']));
    expect(await wordsOf('open')).toEqual(new Set(['kept']));
    const gone = (await recorded('RETENTION')).flatMap(({ outcomes }) => outcomes);
    expect(gone).toContainEqual(
      expect.objectContaining({
        agency: 'police',
        section: 'breakGlass',
        state: 'WORDS_GONE',
        reason: 'P12M',
      }),
    );
    expect(await run('retention')).toMatchObject({
      out: expect.stringContaining('Acts whose words are gone: none'),
    });
  });

  test('stays while a record is held that the act names, or whose person it is of', async () => {
    await acts('held', MONTHS_AGO_13, 'person-8', 'N80');
    await acts('another', MONTHS_AGO_13, 'person-9', 'N90');
    expect(await run('hold', '--record', 'N80', '--why', 'an inquest')).toMatchObject({ code: 0 });
    await run('retention');
    expect(await wordsOf('held')).toEqual(new Set(['kept']));
    expect(await wordsOf('another')).toEqual(new Set([GONE]));
  });
});
