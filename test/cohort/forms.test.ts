/** What is counted in SQL is what the decoder of the same field reads, for every field that can be counted, over dirty cells. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type AnyAdapter,
  attendanceRegister,
  type CountablePart,
  countableColumns,
  type DecodeContext,
  dayOf,
  localText,
  readTime,
  UNREADABLE,
} from '../../adapters/contract.ts';
import { bandOfAll, bandOfSession } from '../../adapters/education/attendance.ts';
import { findAdapters } from '../../src/adapters-found.ts';
import { dayText } from '../../src/cohort/day-text.ts';
import { valueSql } from '../../src/cohort/statements.ts';
import { postgres } from '../../src/compile/dialects/postgres/postgres.ts';
import { projectRoot } from '../../src/project-root.ts';
import { type SharedSightline, sharedSightline } from '../support/sightline.ts';

// biome-ignore lint/suspicious/noExplicitAny: any agency's tables
type Part = CountablePart<any>;
const NOW = new Date('2026-11-20T10:00:00Z');
const TODAY = localText(NOW).slice(0, 10);

/** Field that can be counted → the field of the section that shows it; and what is counted of what is shown. */
const SHOWN: Record<string, { path: string; value?: (shown: unknown) => string | null }> = {
  'policeEvents.category': { path: 'items.category' },
  'policeEvents.role': { path: 'items.role' },
  'policeEvents.month': { path: 'items.date', value: monthOf },
  'education.exclusionKind': { path: 'exclusions.kind' },
  'education.exclusionMonth': { path: 'exclusions.from', value: monthOf },
  'housing.arrearsBand': { path: 'arrearsBand' },
  'housing.noticeStage': { path: 'noticeStage' },
  'housing.homelessnessDuty': { path: 'homelessnessDuty' },
  'benefits.award': {
    path: 'awards.kind',
    value: (shown) => (shown as { code: string } | null)?.code ?? null,
  },
  'benefits.activeSanction': {
    path: 'activeSanction',
    value: (shown) => (shown === null ? 'false' : 'true'),
  },
  'needs.outcome': { path: 'items.outcome' },
  'involvements.service': { path: 'items.service' },
  'childSafeguarding.status': {
    path: 'items.status',
    value: (shown) => (shown as string[] | null)?.[0] ?? null,
  },
};
function monthOf(shown: unknown): string | null {
  return typeof shown === 'string' ? shown.slice(0, 7) : null;
}

const adapters = await findAdapters(projectRoot());
let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

const FORMS = adapters.flatMap((adapter) =>
  Object.entries(adapter.countable ?? {}).flatMap(([section, fields]) =>
    Object.entries(fields).flatMap(([field, form]) =>
      form.parts.map((part, at) => ({
        adapter,
        section,
        name: `${section}.${field}`,
        part: part as Part,
        at,
      })),
    ),
  ),
);

const DAYS = [
  ...[
    '20261119',
    '20261120',
    '20261121',
    '202611192359',
    '20260230',
    '20261301',
    '19000101',
    '29991231',
    '21991231',
  ],
  ...[
    '2026-11-20',
    '2026-11-19 23:59:59',
    '20/11/2026',
    '19/11/26',
    '31/12/69',
    '01/01/70',
    '29/02/2024',
    '29/02/2026',
  ],
  ...['infinity', '-Infinity', ' 20261120 ', '2026112', '202611202460', '202611202360', 'gestern'],
];
const WORDS = ['Y', 'y ', 'N', '1', '0', 'X', 'ZZ', '\u00a0', '\t'];

test.each(DAYS.concat(WORDS, ['', ' ']))('a day written as %j is read alike in SQL', async (cell) => {
  const compiled =
    sql`select ${dayText('t.cell', true)} as day from (select ${cell}::text as cell) as t`.compile(
      postgres.builder,
    );
  const [row] = await sightline.store(compiled.sql, [...compiled.parameters]);
  const read = readTime(cell, quiet());
  expect(row?.day).toBe(typeof read === 'object' ? dayOf(read) : read);
});

test.each([
  '2026-11-20 00:00',
  'infinity',
  '-infinity',
  '1900-01-01',
  '1901-01-01 12:00',
  '2999-12-31',
  '1850-01-01',
  '2200-01-01',
])('a timestamp of %s is read alike in SQL', async (cell) => {
  const compiled =
    sql`select ${dayText('t.cell', false)} as day, t.cell::text as written from (select ${cell}::timestamp as cell) as t`.compile(
      postgres.builder,
    );
  const [row] = await sightline.store(compiled.sql, [...compiled.parameters]);
  const read = readTime(row?.written, quiet());
  expect(row?.day).toBe(typeof read === 'object' ? dayOf(read) : read);
});

function quiet(): DecodeContext & { noted: boolean } {
  const context = {
    now: NOW,
    noted: false,
    note(_: string, filler?: 'FILLER') {
      if (filler === undefined) context.noted = true;
    },
  };
  return context;
}

describe.each(FORMS.filter(({ name }) => SHOWN[name]))(
  '$name of $adapter.id in $part.source.table',
  ({ adapter, section, name, part }) => {
    test('has the value in SQL that its decoder reads, and is unreadable where that is', async () => {
      const shown = SHOWN[name];
      const field = shownField(adapter, section, shown?.path ?? '', part.source.table);
      const columns = [...new Set([...countableColumns(part), ...field.columns])];
      const types = await columnTypes(adapter.id, columns);
      const codes = Object.keys((field.decoding?.codes ?? {}) as object);
      const dirty = [...rowsOf(columns, field.columns, types, codes)];
      const answers = await valuesAt(adapter.id, part, columns, types, dirty);
      expect(answers).toHaveLength(dirty.length);
      for (const row of answers) {
        if (row.counted !== true) continue;
        const context = quiet();
        const read = field.decode(
          field.columns.map((column: string) => row[`c${columns.indexOf(column)}`]),
          context,
        );
        const value = shown?.value ? shown.value(read) : (read as string | null);
        const expected = context.noted && (value === null || read === null) ? '?' : value;
        const known = 'cases' in part ? Object.keys(part.cases(TODAY)) : null;
        // A value that is shown and is none of those counted is none here.
        const told =
          expected !== null && expected !== '?' && known && !known.includes(expected) ? null : expected;
        expect(row.value, JSON.stringify(row)).toBe(told);
      }
    });
  },
);

/** Every dirty cell in each column of the decoder, the others as they usually are; and all pairs of two columns. */
function* rowsOf(
  columns: readonly string[],
  read: readonly string[],
  types: Map<string, string>,
  codes: readonly string[],
) {
  const cellsOf = (column: string): (string | null)[] => {
    const type = types.get(column) ?? 'text';
    if (/numeric|int/.test(type))
      return [null, '-5', '0', '0.01', '3.9', '4', '8', '8.1', '91'].map((one) =>
        /int/.test(type) && one?.includes('.') ? '4' : one,
      );
    if (/timestamp|date/.test(type))
      return [null, '2026-11-19', '2026-11-20', '2027-01-01', 'infinity', '1900-01-01', '2999-12-31'];
    return [
      null,
      '',
      ...codes.flatMap((code) => [code, ` ${code.toLowerCase()}`]),
      ...WORDS,
      ...DAYS.slice(0, 12),
    ];
  };
  const usual = (column: string): string | null =>
    read.includes(column) ? null : usually(column, types.get(column) ?? 'text');
  const base = new Map(columns.map((column) => [column, usual(column)]));
  for (const one of read)
    for (const cell of cellsOf(one))
      for (const other of read.filter((column) => column !== one).concat(read.length === 1 ? [one] : []))
        for (const second of read.length === 1 ? [cell] : cellsOf(other).slice(0, 14))
          yield new Map([...base, [other, second], [one, cell]]);
}
/** What makes a row counted, where the decoder does not look at it. */
function usually(column: string, type: string): string | null {
  if (/ROLE_CD/.test(column)) return 'V';
  if (/NEED_TYPE/.test(column)) return 'N';
  return /timestamp|date/.test(type) ? null : null;
}

/** The part's value in each of these rows, cast to the types of the agency's columns: all by one statement. */
async function valuesAt(
  agency: string,
  part: Part,
  columns: readonly string[],
  types: Map<string, string>,
  rows: readonly Map<string, string | null>[],
) {
  const tables = [...new Set(columns.map((column) => column.split('.')[0] ?? ''))];
  const cell = (column: string) => sql.ref(`r.c${columns.indexOf(column)}`);
  const from = tables.map((table) => {
    const own = columns.filter((column) => column.startsWith(`${table}.`));
    const cast = own.map(
      (column) =>
        sql`cast(${cell(column)} as ${sql.raw(types.get(column) ?? 'text')}) as ${sql.id(column.split('.')[1] ?? '')}`,
    );
    return sql`lateral (select ${sql.join(cast)}) as ${sql.id(table)}`;
  });
  const everyRow = { ...part, cases: () => ({ yes: { all: [] } }), unreadable: () => ({ any: [] }) };
  const counted = part.where ? valueSql(everyRow as never, TODAY, true) : sql`'yes'`;
  const shown = columns.map((column, at) => sql`${sql.ref(column)}::text as ${sql.id(`c${at}`)}`);
  const given = JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map((column, at) => [`c${at}`, row.get(column) ?? null]))),
  );
  const record = sql.join(columns.map((_, at) => sql`${sql.id(`c${at}`)} text`));
  const compiled =
    sql`select ${valueSql(part, TODAY, true)} as value, coalesce(${counted} = 'yes', false) as counted, ${sql.join(shown)}
    from jsonb_to_recordset(${given}::jsonb) as r (${record}), ${sql.join(from)}`.compile(postgres.builder);
  return sightline.sql(agency, compiled.sql, [...compiled.parameters]);
}

async function columnTypes(agency: string, columns: readonly string[]): Promise<Map<string, string>> {
  const rows = await sightline.sql(
    agency,
    `select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relnamespace = 'public'::regnamespace and a.attnum > 0`,
  );
  const all = new Map(rows.map(({ name, type }) => [String(name), String(type)]));
  // Long enough for whatever a clerk writes.
  return new Map(
    columns.map((column) => [column, (all.get(column) ?? 'text').replace(/^char.*\(\d+\)/, 'text')]),
  );
}

// biome-ignore lint/suspicious/noExplicitAny: any field of any agency
function shownField(adapter: AnyAdapter, section: string, path: string, table: string): any {
  const [name = '', inner] = path.split('.');
  const field = adapter.sections[section]?.[name];
  const part =
    field?.kind === 'lists'
      ? (field.lists.find(({ source }) => source.table === table) ?? field.lists[0])
      : field;
  if (part?.kind === 'list') return part.fields[inner ?? ''];
  return part?.kind === 'value' ? part.field : null;
}

describe('attendance', () => {
  const { COUNTS_AS } = attendanceRegister;
  const part = FORMS.find(({ name }) => name === 'education.attendanceBand')?.part;
  test('every count of sessions is in the same band in SQL', async () => {
    const counts = [];
    for (const whole of [0, 1, 2, 9, 10, 19, 20, 40])
      for (let present = 0; present <= whole; present += 1)
        for (const unread of [0, 1, 3, 20]) counts.push({ part: present, whole, unread });
    const compiled = sql`select s.part, s.whole, s.unread, ${valueSql(part as Part, TODAY, true)} as value
      from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) as s (part int, whole int, unread int)`.compile(
      postgres.builder,
    );
    const rows = await sightline.store(compiled.sql, [...compiled.parameters]);
    expect(rows).toHaveLength(counts.length);
    for (const { part: present, whole, unread, value } of rows as {
      part: number;
      whole: number;
      unread: number;
      value: string | null;
    }[]) {
      const sessions = [
        ...Array(present).fill('ABOVE_95'),
        ...Array(whole - present).fill('SEVERELY_ABSENT'),
        ...Array(unread).fill(UNREADABLE),
      ];
      const band = bandOfAll(sessions);
      expect(value, JSON.stringify({ present, whole, unread })).toBe(band === UNREADABLE ? '?' : band);
    }
  });
  test('every mark of the register is present, absent, not possible or unreadable alike', () => {
    for (const [code, counts] of Object.entries(COUNTS_AS)) {
      const band = bandOfSession(code, quiet());
      expect(band).toBe(
        counts === 'NOT_POSSIBLE' ? null : counts === 'PRESENT' ? 'ABOVE_95' : 'SEVERELY_ABSENT',
      );
    }
  });
});
