/** "Who saw this record last week, and why", in one command and on one page. */
import { Command } from 'commander';
import { beforeEach, describe, expect, test } from 'vitest';
import { addReports } from '../../src/cli/register/report.ts';
import type { RegisterEntry } from '../../src/register/entry.ts';
import { openStore } from '../../src/store/store.ts';
import { disclosure } from './entries.ts';
import { newWorld, type World } from './world.ts';

let world: World;
let recorded: RegisterEntry[];
beforeEach(async () => {
  world = await newWorld();
  await world.admin.query(
    'truncate register_look, register_look_agency, register_count, register_reading; delete from index_protection',
  );
  recorded = [];
  const register = await world.start();
  await register.record([MAYA, OWEN, LATER, SEARCH]);
  await register.close();
});

const outcome = (more: Partial<RegisterEntry['outcomes'][number]>) => ({
  ...{ section: 'crisisPlan', agency: 'mental-health', state: 'DISCLOSED', level: 'SUMMARY', reason: null },
  ...{ asOf: null, gateways: ['MHA 1983 s.136(1C)'], records: ['C018'] },
  rule: { file: 'adapters/mental-health/sharing.yaml', line: 42 },
  ...more,
});
const officer = {
  ...{ sub: 'PC4417', name: 'Sam Marlow', role: 'response-officer', organisation: 'police' },
};
const MAYA = disclosure('r-1', {
  ...officer,
  at: '2026-11-23T22:30:00.000Z',
  outcomes: [
    outcome({}),
    outcome({ section: 'clinical', state: 'WITHHELD', level: null, reason: 'NEEDS_BREAK_GLASS' }),
    outcome({ section: 'clinical', agency: 'primary-care', records: ['70018'] }),
  ],
});
const OWEN = disclosure('r-2', {
  ...officer,
  at: '2026-11-24T09:00:00.000Z',
  person: 'person-2',
  outcomes: [outcome({ state: 'NOT_HELD', reason: 'NO_LINKED_RECORD', records: [] })],
});
const LATER = disclosure('r-3', {
  at: '2026-11-30T00:30:00.000Z',
  name: '=cmd|calc',
  outcomes: [outcome({ section: 'clinical', level: 'FULL', opened: true })],
});
const SEARCH = disclosure('r-4', {
  ...officer,
  at: '2026-11-24T08:59:00.000Z',
  kind: 'SEARCH',
  person: null,
  outcomes: [
    outcome({ section: 'findPeople', agency: 'person-index', state: 'NO_MATCH', level: null, records: [] }),
  ],
});

async function sightline(...args: string[]) {
  const said = { out: '', err: '', code: -1 };
  const register = new Command('register');
  addReports(register, {
    openStore: async () => openStore(world.url),
    operator: {
      user: 'ada',
      now: () => new Date('2026-11-30T12:00:00Z'),
      policyVersion: async () => 'f00d',
      recordWith: async () => {},
      record: async (_store, entries) => void recorded.push(...entries),
    },
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    exit: (code) => {
      said.code = code;
    },
  });
  await register.parseAsync(args, { from: 'user' });
  return said;
}

describe('register report', () => {
  test('says on one page who saw a record in a week, and why', async () => {
    const { out, code } = await sightline(
      'report',
      '--record',
      'C018',
      '--from',
      '2026-11-23',
      '--to',
      '2026-11-29',
    );
    expect(code).toBe(0);
    expect(out).toBe(`Register: record C018, as mental-health reads it, from 2026-11-23, to 2026-11-29

2026-11-23 22:30  DISCLOSURE  Sam Marlow (PC4417), response-officer, police
    mental-health-crisis, police:26/000123, VERIFIED
    crisisPlan           mental-health          given at SUMMARY  MHA 1983 s.136(1C)  adapters/mental-health/sharing.yaml:42
    clinical             mental-health          not given: NEEDS_BREAK_GLASS  adapters/mental-health/sharing.yaml:42

1 entry
`);
  });

  test('by a login says what policy gave or refused, and never whether there was anything', async () => {
    const { out } = await sightline('report', '--by', 'PC4417');
    expect(out).toMatch(/crisisPlan +mental-health +given at SUMMARY/);
    expect(out).toContain('SEARCH');
    expect(out).not.toMatch(/NOT_HELD|DISCLOSED|NO_LINKED_RECORD|NO_MATCH|C018|70018/);
    const [owens, mayas] = ['2026-11-24 09:00', '2026-11-23 22:30'].map((at) =>
      out.slice(out.indexOf(at)).split('\n')[2]?.trim(),
    );
    expect(owens).toBe(mayas);
  });

  test('as an agency’s officer reads it has that agency’s own states, and no other’s outcomes of what others asked', async () => {
    const { out } = await sightline('report', '--by', 'PC4417', '--agency', 'mental-health');
    expect(out).toMatch(/NOT_HELD \(NO_LINKED_RECORD\)/);
    expect(out).not.toMatch(/primary-care|SEARCH/);
  });

  test.each([
    ['--refused', ['--refused'], ['2026-11-23 22:30']],
    ['--break-glass', ['--break-glass'], ['2026-11-30 00:30']],
    [
      'a day of London',
      ['--by', 'PC4417', '--from', '2026-11-24', '--to', '2026-11-24'],
      ['2026-11-24 09:00', '2026-11-24 08:59'],
    ],
  ])('%s alone', async (_what, flags, times) => {
    const { out } = await sightline('report', ...flags);
    expect(out.match(/^2026-\d\d-\d\d \d\d:\d\d/gm)).toEqual(times);
  });

  test('--barriers counts what was refused, by section, reason and line', async () => {
    const { out, code } = await sightline(
      'report',
      '--barriers',
      '--from',
      '2026-11-01',
      '--to',
      '2026-11-30',
    );
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Barriers from 2026-11-01 to 2026-11-30: 1 of 5 refused, 0 of them overcome later$/m,
    );
    expect(out).toMatch(/^ +1 +0 {2}clinical +NEEDS_BREAK_GLASS +adapters\/mental-health\/sharing.yaml:42$/m);
    const csv = await sightline('report', '--barriers', '--csv');
    expect(csv.out.split('\n')[0]).toBe('section,reason,rule,refused,overcome');
    expect((await sightline('report', '--barriers', '--agency', 'housing')).out).toContain('0 of 0 refused');
  });

  test('as CSV has a line for each outcome, and no cell that a spreadsheet would run', async () => {
    const { out } = await sightline('report', '--record', 'C018', '--csv');
    const [head, ...lines] = out.trim().split('\n');
    expect(head).toMatch(/^at,kind,sub,name,role,organisation,purpose,/);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain("'=cmd|calc");
  });

  test('is itself registered before it is shown, by its words and the record that it found', async () => {
    await sightline('report', '--record', 'C018');
    await sightline('report', '--record', 'Maya Kerr');
    expect(
      recorded.map(({ kind, sub, outcomes }) => [
        kind,
        sub,
        outcomes.map(({ agency, records }) => [agency, records]),
      ]),
    ).toEqual([
      ['REPORT', 'terminal:ada', [['mental-health', ['C018']]]],
      ['REPORT', 'terminal:ada', []],
    ]);
    expect(JSON.stringify(recorded)).not.toMatch(/Maya/);
  });

  test('has nobody whom only another agency protects', async () => {
    await world.admin.query(
      `insert into index_protection values ('person-1', 'PLACE_SHIELD', '{domestic-abuse-service}')`,
    );
    const { out } = await sightline('report', '--record', 'C018');
    expect(out).toContain('0 entries');
  });

  test('of a number that several agencies have asks which', async () => {
    const register = await world.start();
    await register.record([disclosure('r-9', { outcomes: [outcome({ agency: 'housing' })] })]);
    await register.close();
    const { err, code } = await sightline('report', '--record', 'C018');
    expect(code).toBe(1);
    expect(err).toContain('--agency, of housing, mental-health');
    expect((await sightline('report', '--record', 'C018', '--agency', 'housing')).out).toContain('1 entry');
  });

  test.each([
    ['nothing to report', [], 'Say what to report'],
    ['no day', ['--by', 'x', '--from', 'Monday'], '--from takes a day'],
    ['no such day', ['--by', 'x', '--to', '2026-02-30'], '--from takes a day'.replace('from', 'to')],
  ])('%s is refused by name', async (_what, flags, words) => {
    const { err, code } = await sightline('report', ...flags);
    expect([code, err]).toEqual([1, expect.stringContaining(words)]);
    expect(recorded).toEqual([]);
  });

  test('while the store is away nothing is shown', async () => {
    const said = { err: '', code: -1 };
    const register = new Command('register');
    addReports(register, {
      openStore: async () => openStore('postgres://nobody@127.0.0.1:1/none'),
      operator: {
        user: 'ada',
        now: () => new Date(),
        policyVersion: async () => 'f00d',
        recordWith: async () => {},
        record: async () => {},
      },
      out: () => expect.unreachable(),
      err: (text) => {
        said.err += text;
      },
      exit: (code) => {
        said.code = code;
      },
    });
    await register.parseAsync(['report', '--refused'], { from: 'user' });
    expect(said).toEqual({ code: 2, err: expect.stringContaining('The register cannot be read') });
  });
});

test('register recipients says who was told what a record says, and nobody who was not', async () => {
  const { out } = await sightline('recipients', '--record', 'C018');
  expect(out.match(/^ {4}(crisisPlan|clinical) .*$/gm)?.map((line) => line.trim().split(/ +/)[0])).toEqual([
    'clinical',
    'crisisPlan',
  ]);
  expect(out).not.toContain('not given');
});

test('register recipients says who was told by a relay too, of which field, and not of what was only opened', async () => {
  const register = await world.start();
  await register.record([
    disclosure('r-relay', {
      ...{ at: '2026-11-25T09:00:00.000Z', kind: 'RELAY' },
      outcomes: [
        outcome({ section: 'clinical', state: 'RELAYED' }),
        outcome({ section: 'clinical', agency: 'primary-care', state: 'RELAYED', records: ['70018'] }),
      ],
      act: {
        ...{ id: 'relay-1', ground: null, personsView: null, digest: null, item: 'medication' },
        to: { organisation: 'police', staff: 'PC4417' },
      },
    }),
    disclosure('r-glass', {
      ...{ at: '2026-11-26T09:00:00.000Z', kind: 'BREAK_GLASS' },
      outcomes: [outcome({ section: 'allergies', state: 'OPENED' })],
    }),
    disclosure('r-refused', {
      ...{ at: '2026-11-27T09:00:00.000Z', kind: 'RELAY' },
      outcomes: [outcome({ section: 'identity', state: 'REFUSED', level: null })],
    }),
  ]);
  await register.close();
  const { out } = await sightline('recipients', '--record', 'C018');
  expect(out).toContain(`2026-11-25 09:00  RELAY  Ada Zephyr (nurse-7), triage-nurse, mental-health
    mental-health-crisis, police:26/000123, VERIFIED
    passed on: medication to PC4417 of police
    clinical             mental-health `);
  expect(out).not.toMatch(/primary-care|allergies|identity|BREAK_GLASS/);
  expect(out.match(/passed on/g)).toHaveLength(1);
  const csv = await sightline('recipients', '--record', 'C018', '--csv');
  expect(csv.out).toContain(',medication to PC4417 of police,clinical,mental-health,');
});
