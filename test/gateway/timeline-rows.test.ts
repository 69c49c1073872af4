/** Rows come, go and cannot be read: what a timeline says of those that it may show, and that the others move nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { disclosing, tableOf } from './support/columns.ts';
import { found, idsOf, maya, PEOPLE, STREET, tie } from './support/people.ts';

let sightline: Sightline;
let police: TcpProxy;
const MAYA = '100018';
beforeAll(async () => {
  sightline = await startSightline({
    async agencyUrls(urls) {
      const url = new URL(urls.police as string);
      police = await startProxy(url.hostname, Number(url.port));
      url.port = String(police.port);
      return { ...urls, police: url.href };
    },
  });
}, 120_000);
afterAll(async () => {
  await sightline?.close();
  await police?.close();
});

const FIELDS =
  'state next items { date section title detail source { agency { id } record } } sources { agency { id } state level reason scope asOf }';
const line = async (persona: string, args: string, fields = FIELDS) => {
  const answer = await sightline.ask(persona, maya(`timeline${args} { ${fields} }`));
  return { ...answer, timeline: answer.data && found(answer).timeline };
};
const event = (number: string, type: string, reported: string | null, summary = 'x') =>
  sightline.sql(
    'police',
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM", "SUMMARY_TXT", "UPD_DTTM")
     values ($1, '${MAYA}', 'I', $2, $3, $4, '202001010000')`,
    [number, type, reported, summary],
  );
const withoutEvent = (number: string) =>
  sightline.sql('police', 'delete from "T_OCCURRENCE" where "OCC_NO" = $1', [number]);
/** Days before today, as the police write a moment. */
const reported = (days: number, time = '1200') =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '') + time;
const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

describe('a row that the section would not show', () => {
  const HIDDEN: readonly [string, () => Promise<unknown>, () => Promise<unknown>][] = [
    [
      'an event of a kind that the nurse is not given',
      () => event('26/900001', 'THF', reported(1)),
      () => withoutEvent('26/900001'),
    ],
    [
      'an event older than the section goes back, though the timeline is asked further',
      () => event('19/900002', 'MH', '201901011200'),
      () => withoutEvent('19/900002'),
    ],
    [
      'a report of intelligence',
      () =>
        sightline.sql(
          'police',
          `insert into "T_INTEL_RPT" ("IR_REF", "NOM_ID", "SRC_EVAL", "INTEL_ASSESS", "HANDLING", "IR_TXT", "RPT_DT")
           values ('IR900003', '${MAYA}', '1', 'A', 'P', 'x', $1)`,
          [reported(1).slice(0, 8)],
        ),
      () => sightline.sql('police', `delete from "T_INTEL_RPT" where "IR_REF" = 'IR900003'`),
    ],
    [
      'a conference at which the person is the perpetrator',
      () =>
        sightline.sql(
          'police',
          `insert into "T_MARAC" ("MARAC_REF", "VICTIM_NOM_ID", "PERP_NOM_ID", "STAT_CD", "MTG_DT") values ('M900004', '100999', '${MAYA}', 'OPEN', $1)`,
          [reported(1).slice(0, 8)],
        ),
      () => sightline.sql('police', `delete from "T_MARAC" where "MARAC_REF" = 'M900004'`),
    ],
    [
      'a problem that the practice has sealed',
      () =>
        sightline.sql(
          'primary-care',
          `insert into "PROBLEM" ("PROB_ID", "PATIENT_ID", "SNOMED_ID", "TERM", "STAT_CD", "SENS_YN", "ONSET_DT")
           select 'P900005', "PATIENT_ID", "SNOMED_ID", "TERM", "STAT_CD", 'Y', "ONSET_DT" from "PROBLEM" limit 1`,
        ),
      () => sightline.sql('primary-care', `delete from "PROBLEM" where "PROB_ID" = 'P900005'`),
    ],
  ];

  test.each(HIDDEN)(
    '%s moves nothing: no item, page, cursor, state, hole or statement',
    async (_what, add, take) => {
      const look = async () => {
        const first = await line('triage-nurse', '(since: "1900-01-01", first: 2)');
        const next = await line(
          'triage-nurse',
          `(since: "1900-01-01", first: 2, after: "${first.timeline.next}")`,
        );
        const whole = await line('triage-nurse', '(since: "1900-01-01", until: "2100-01-01", first: 500)');
        return [first, next, whole].map(({ status, text }) => [status, text]);
      };
      const asked = async () => {
        if (!sightline.statements) return [];
        const { statements } = await sightline.statements.during(() => line('triage-nurse', ''));
        return disclosing(statements).map(tableOf).sort();
      };
      const before = [await look(), await asked()];
      await add();
      try {
        expect([await look(), await asked()]).toEqual(before);
      } finally {
        await take();
      }
    },
  );

  test('is there for whoever is given such rows', async () => {
    const details = async (): Promise<string[]> =>
      (await line('response-officer', '(first: 500)')).timeline.items.map(
        ({ detail }: { detail: string }) => detail,
      );
    await event('26/900001', 'THF', reported(1), 'a bicycle');
    expect(await details()).toContain('a bicycle');
    await withoutEvent('26/900001');
    expect(await details()).not.toContain('a bicycle');
  });
});

describe('pages', () => {
  test('go on where they were, though the event at which one ended is gone and newer ones have come', async () => {
    for (const [at, number] of ['26/910001', '26/910002', '26/910003', '26/910004'].entries())
      await event(number, 'MH', reported(30 + at), number);
    const range = `since: "${day(33)}", until: "${day(29)}"`;
    const details = ({ timeline }: Awaited<ReturnType<typeof line>>) =>
      timeline.items.map(({ detail }: { detail: string }) => detail);
    const first = await line('response-officer', `(${range}, first: 2)`);
    expect(details(first)).toEqual(['26/910001', '26/910002']);
    await withoutEvent('26/910002');
    await event('26/910000', 'MH', reported(29), '26/910000');
    const next = await line('response-officer', `(${range}, first: 2, after: "${first.timeline.next}")`);
    expect(details(next)).toEqual(['26/910003', '26/910004']);
    expect(next.timeline.next).toBeNull();
    for (const number of ['26/910000', '26/910001', '26/910003', '26/910004']) await withoutEvent(number);
  });

  test('miss none of several events of one moment, and repeat none', async () => {
    const numbers = Array.from({ length: 7 }, (_, at) => `26/92000${at}`);
    for (const number of numbers) await event(number, 'MH', reported(50), number);
    const shown: string[] = [];
    let after = '';
    do {
      const { timeline } = await line(
        'response-officer',
        `(since: "${day(50)}", until: "${day(50)}", first: 3${after})`,
      );
      shown.push(...timeline.items.map(({ detail }: { detail: string }) => detail));
      after = timeline.next === null ? '' : `, after: "${timeline.next}"`;
    } while (after !== '');
    expect(shown.toSorted()).toEqual(numbers);
    for (const number of numbers) await withoutEvent(number);
  });

  test('have cursors of one length, whatever comes before and after', async () => {
    const lengths = new Set<number>();
    let after = '';
    do {
      const { timeline } = await line('response-officer', `(since: "1900-01-01", first: 1${after})`);
      if (timeline.next !== null) lengths.add(timeline.next.length);
      after = timeline.next === null ? '' : `, after: "${timeline.next}"`;
    } while (after !== '');
    expect(lengths.size).toBe(1);
  });
});

describe('the window', () => {
  test('holds its first and its last day whole, as London has them', async () => {
    // In summer the last half hour of the 30th in London is on the 30th, though UTC still has the hour before.
    await event('26/930001', 'MH', '202606300030', 'first minutes of the 30th');
    await event('26/930002', 'MH', '202606302359', 'last minute of the 30th');
    const of = async (since: string, until: string) =>
      (await line('response-officer', `(since: "${since}", until: "${until}")`)).timeline.items?.map(
        ({ detail }: { detail: string }) => detail,
      );
    expect(await of('2026-06-30', '2026-06-30')).toEqual([
      'last minute of the 30th',
      'first minutes of the 30th',
    ]);
    expect(await of('2026-06-29', '2026-06-29')).not.toEqual(
      expect.arrayContaining(['first minutes of the 30th']),
    );
    for (const number of ['26/930001', '26/930002']) await withoutEvent(number);
  });

  test('in which nothing is shown is no list, says why, and says which days were looked at', async () => {
    const answer = await line('response-officer', '(since: "1950-01-01", until: "1950-12-31")');
    expect(answer.timeline.items).toBeNull();
    expect(answer.errors[0]?.extensions).toMatchObject({
      code: expect.any(String),
      agency: expect.any(String),
    });
    const ofPolice = answer.timeline.sources.find(
      (one: { agency: { id: string } }) => one.agency.id === 'police',
    );
    expect(ofPolice.scope).toMatch(/^events from 1950-01-01 to 1950-12-31; .*policeEvents: /);
    expect(answer.timeline.next).toBeNull();
  });
});

describe('an event whose date cannot be read', () => {
  test('stands last in every window, with a hole where its date would be, and its source is PARTIAL', async () => {
    await sightline.sql(
      'police',
      `insert into "T_BAIL" ("BAIL_ID", "NOM_ID", "FROM_DT", "COND_TXT") values ('B94', '${MAYA}', '2026XX99', 'no such day')`,
    );
    const answer = await line('response-officer', '(first: 500)');
    const at = answer.timeline.items.length - 1;
    expect(answer.timeline.items[at]).toMatchObject({ date: null, title: 'Bail', detail: 'no such day' });
    expect(answer.holes).toContainEqual(
      expect.objectContaining({
        path: ['findPeople', 'people', 0, 'person', 'timeline', 'items', at, 'date'],
        ...{ section: 'orders', agency: 'police', state: 'UNAVAILABLE', reason: 'UNREADABLE' },
      }),
    );
    const narrow = await line('response-officer', '(since: "1950-01-01", until: "1950-12-31")');
    expect(narrow.timeline.items).toMatchObject([{ detail: 'no such day' }]);
    await sightline.sql('police', `delete from "T_BAIL" where "BAIL_ID" = 'B94'`);
  });
});

describe('an agency whose rows are in no order, of any days, unreadable and there twice', () => {
  /** As they come: of each the number, the moment and the role. */
  const ROWS = [
    ['26/940003', reported(12), 'I'],
    ['26/940001', reported(10, '0900'), 'I'],
    ['26/940005', reported(200), 'I'],
    ['26/940006', reported(-30), 'I'],
    ['26/940001', reported(10, '0900'), 'W'],
    ['26/940002', reported(11), 'I'],
    ['26/940000', reported(10, '0901'), 'I'],
  ] as const;
  const IN_ORDER = ['26/940000', '26/940001', '26/940001', '26/940002', '26/940003'];
  const range = `since: "${day(20)}", until: "${day(0)}"`;
  const detailsOf = ({ items }: { items: { detail: string }[] }) =>
    items.map(({ detail }) => detail).filter((detail) => detail.startsWith('26/94'));

  beforeAll(async () => {
    for (const [number, moment, role] of ROWS)
      await sightline.sql(
        'police',
        `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM", "SUMMARY_TXT", "UPD_DTTM")
         values ($1, '${MAYA}', $3, 'MH', $2, $4, '202001010000')`,
        [number, moment, role, number],
      );
    for (const [id, from] of [
      ['B941', '20261399'],
      ['B942', 'tomorrow'],
    ])
      await sightline.sql(
        'police',
        `insert into "T_BAIL" ("BAIL_ID", "NOM_ID", "FROM_DT", "COND_TXT") values ($1, '${MAYA}', $2, $3)`,
        [id, from, `26/94 ${id}`],
      );
  });
  afterAll(async () => {
    await sightline.sql('police', `delete from "T_OCCURRENCE" where "OCC_NO" like '26/94%'`);
    await sightline.sql('police', `delete from "T_BAIL" where "BAIL_ID" like 'B94%'`);
  });

  test('is told newest first, without other days, with what is there twice twice, and what has no day last', async () => {
    const answer = await line('response-officer', `(${range}, first: 500)`);
    const details = detailsOf(answer.timeline);
    expect(details.slice(0, IN_ORDER.length)).toEqual(IN_ORDER);
    expect(details.slice(IN_ORDER.length).toSorted()).toEqual(['26/94 B941', '26/94 B942']);
    const last = answer.timeline.items.slice(-2) as { date: string | null; detail: string }[];
    expect(last.map(({ date, detail }) => [date, detail.slice(0, 5)])).toEqual([
      [null, '26/94'],
      [null, '26/94'],
    ]);
    // Each that nobody can read is a hole of its own, and the whole is not passed off as complete.
    const at = answer.timeline.items.length;
    expect(
      answer.holes.filter(({ reason }) => reason === 'UNREADABLE').map(({ path }) => path.at(-2)),
    ).toEqual([at - 2, at - 1]);
    expect(answer.timeline.state).toBe('PARTIAL');
    // The section itself shows the same rows, whatever the days.
    const section = await sightline.ask('response-officer', maya('policeEvents { items { summary } }'));
    const rows = found(section).policeEvents.items as { summary: string }[];
    expect(rows.filter(({ summary }) => summary === '26/940001')).toHaveLength(2);
  });

  test('is told page by page as in one, and nothing twice that is there once', async () => {
    const pages: string[] = [];
    for (let after = ''; ; ) {
      const { timeline } = await line('response-officer', `(${range}, first: 2${after})`);
      pages.push(...timeline.items.map(({ detail }: { detail: string }) => detail));
      if (timeline.next === null) break;
      after = `, after: "${timeline.next}"`;
    }
    const whole = await line('response-officer', `(${range}, first: 500)`);
    expect(pages).toEqual(whole.timeline.items.map(({ detail }: { detail: string }) => detail));
  });
});

describe('more rows than are looked at', () => {
  test('are a hole, and the list is not passed off as whole', async () => {
    await sightline.sql(
      'police',
      `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM", "UPD_DTTM")
       select '25/9' || lpad(n::text, 5, '0'), '${MAYA}', 'I', 'MH', $1, '202001010000' from generate_series(1, 520) as n`,
      [reported(3)],
    );
    const answer = await line('response-officer', '(first: 10)');
    expect(answer.timeline.items).toHaveLength(10);
    expect(answer.holes).toContainEqual(
      expect.objectContaining({ section: 'policeEvents', agency: 'police', reason: 'TOO_MANY_ROWS' }),
    );
    await sightline.sql(
      'police',
      `delete from "T_OCCURRENCE" where "OCC_NO" like '25/9%' and "NOM_ID" = '${MAYA}'`,
    );
  });
});

test('of several people one statement reads each table, whoever of them has how much', async () => {
  const others = ['100140', '100131'].filter(Boolean);
  await tie(sightline, STREET.split(':')[1] ?? '', others);
  const ids = await idsOf(sightline, 'police', [MAYA]);
  const ask = (many: readonly string[]) =>
    sightline.ask('response-officer', PEOPLE(`id timeline(first: 3) { ${FIELDS} }`), {
      variables: { ids: many },
    });
  const alone = await ask(ids);
  expect(alone.data.people[0].timeline.items).not.toEqual([]);
  if (!sightline.statements) return;
  const { statements } = await sightline.statements.during(() => ask([...ids, ...ids]));
  const tables = disclosing(statements).map(tableOf);
  expect(tables.toSorted()).toEqual([...new Set(tables)].toSorted());
});

test('what is asked twice, by other names, fragments and windows, is answered each by its own', async () => {
  const query = maya(`
    wide: timeline(since: "1900-01-01", first: 500) { ...Line }
    narrow: timeline(since: "1950-01-01", until: "1950-12-31") { lines: items { what: title } ...Standing }
    left: timeline @skip(if: true) { state }
    whole: timeline(since: "1900-01-01", first: 500) { ... on Timeline { rows: items { when: date what: title again: title kind: section } } }
  `).concat(
    ' fragment Line on Timeline { items { date title } ...Standing } fragment Standing on Section { state sources { state } }',
  );
  const answer = await sightline.ask('response-officer', query);
  const { wide, narrow, whole, left } = found(answer);
  expect(left).toBeUndefined();
  expect(narrow.lines).toBeNull();
  expect(whole.rows.map(({ when, what }: Record<string, string>) => ({ date: when, title: what }))).toEqual(
    wide.items,
  );
  for (const { what, again } of whole.rows) expect(again).toBe(what);
  expect(narrow.state).toBe(wide.state);
});

test('of a section whose dates are not released, no table is read', async () => {
  if (!sightline.statements) return;
  const tables = async (persona: string) => {
    const { statements } = (await sightline.statements?.during(() => line(persona, ''))) ?? {
      statements: [],
    };
    return disclosing(statements).map(tableOf);
  };
  // Of domestic abuse the officer is given how a case stands, and not when the conference met.
  expect(await tables('response-officer')).not.toContain('police T_MARAC');
  expect(await tables('mash-social-worker')).toContain('police T_MARAC');
});

test('of a member of the household it is that of a person, whoever leads there', async () => {
  const answer = await sightline.ask(
    'mash-social-worker',
    maya(
      `household { members { person { id timeline(since: "1900-01-01") { state items { section title } } } } }`,
    ),
  );
  const people = found(answer).household.members.flatMap(({ person }: { person: unknown }) => person ?? []);
  expect(people.length).toBeGreaterThan(0);
  for (const { id, timeline } of people) {
    const direct = await sightline.ask(
      'mash-social-worker',
      `{ person(id: "${id}") { timeline(since: "1900-01-01") { state items { section title } } } }`,
    );
    expect(timeline).toEqual(direct.data.person.timeline);
  }
});

test('the register names the sections that were asked, and no timeline', async () => {
  const answer = await line('response-officer', '');
  const rows = await sightline.store('select entry from register_entry where request_id = $1', [
    answer.headers.get('x-request-id'),
  ]);
  const sections = new Set(
    rows.flatMap(({ entry }) =>
      ((JSON.parse(entry as string).outcomes ?? []) as { section: string }[]).map(({ section }) => section),
    ),
  );
  expect(sections).toContain('policeEvents');
  expect(sections).toContain('clinical');
  expect(sections).not.toContain('timeline');
});

test('an agency that is down is named, and the others still tell', async () => {
  await police.cut();
  try {
    const answer = await line('mash-social-worker', '(since: "1900-01-01")');
    const ofPolice = answer.timeline.sources.find(
      (one: { agency: { id: string } }) => one.agency.id === 'police',
    );
    expect(ofPolice).toMatchObject({ state: 'UNAVAILABLE', reason: 'FAILED' });
    expect(answer.timeline.state).toBe('PARTIAL');
    expect(answer.timeline.items.length).toBeGreaterThan(0);
    expect(answer.holes[0]).toMatchObject({ agency: 'police', state: 'UNAVAILABLE' });
  } finally {
    await police.restore();
  }
});
