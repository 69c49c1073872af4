import type pg from 'pg';

export interface Column {
  table: string;
  name: string;
  type: string;
  length: number | null;
  key: boolean;
  required: boolean;
  /** Counted by the system itself. */
  counted: boolean;
}

/** Every column of the agency's tables. */
export async function columnsOf(client: pg.Client): Promise<readonly Column[]> {
  const { rows } = await client.query(`
    select c.table_name as "table", c.column_name as name, c.data_type as type,
      c.character_maximum_length as length, c.is_nullable = 'NO' as required,
      c.is_identity = 'YES' as counted,
      exists (select from information_schema.key_column_usage k
        where k.table_name = c.table_name and k.column_name = c.column_name) as key
    from information_schema.columns c where c.table_schema = 'public'
    order by c.table_name, c.ordinal_position`);
  return rows;
}

const ROWS = 60;
const TEXTS = [
  null,
  '',
  ' ',
  '?',
  '0',
  '1',
  'Y',
  'N',
  'y',
  'A',
  'P',
  'C',
  'O',
  '12',
  'ZZ',
  'constructor',
  "d'Arcy; --",
  'né',
  '\\N',
  '19000101',
  '20020314',
  '20020231',
  '99991231',
  '202607010312',
  '202613450000',
  '14/03/02',
  '14/03/2002',
  '31/02/2020',
  '2999-12-31',
  'not known',
  '07700 900123',
  '01632 960123',
  'a@b.example',
  '-12.50',
];
const TIMES = [
  null,
  '1900-01-01',
  '2002-03-14 10:30',
  '9999-12-31',
  '2026-03-29 01:30',
  '1850-06-01',
  '2031-01-01',
];

/** Fills every table with rows such as no clerk should write: fillers, padding, impossible days, codes of no list. */
export async function fillWithDirt(client: pg.Client, codes: readonly string[]): Promise<void> {
  const columns = await columnsOf(client);
  const next = generator();
  for (const table of new Set(columns.map((column) => column.table))) {
    const own = columns.filter((column) => column.table === table && !column.counted);
    const names = own.map((column) => `"${column.name}"`).join(', ');
    const marks = own.map((_, index) => `$${index + 1}`).join(', ');
    const insert = `insert into "${table}" (${names}) values (${marks}) on conflict do nothing`;
    // Highest key first, so that no order comes about by chance.
    for (let row = ROWS; row > 0; row -= 1)
      await client.query(
        insert,
        own.map((column) => cell(column, row, [...TEXTS, ...codes], next)),
      );
  }
}

function cell(
  column: Column,
  row: number,
  texts: readonly (string | null)[],
  next: (end: number) => number,
): unknown {
  const { type, key, length, required } = column;
  const any = next(ROWS) + 1;
  if (type.startsWith('timestamp') || type === 'date') {
    const time = TIMES[next(TIMES.length)] ?? null;
    return time ?? (required || key ? '2020-01-01' : null);
  }
  if (!type.startsWith('character')) return key ? row : next(9) === 0 && !required ? null : any;
  if (key || isName(column)) return name(key && !isShared(column) ? row : any).slice(0, length ?? undefined);
  return (texts[next(texts.length)] ?? (required ? '' : null))?.slice(0, length ?? undefined) ?? null;
}

/** Columns that name a row of this or another table; they meet often enough for joins to find something. */
const isName = ({ name, length }: Column) => (length ?? 0) >= 8 && /(id|no|ref)$/i.test(name);
/** The second of several names in one key. */
const isShared = ({ name }: Column) => /staff|child|rel|related/i.test(name);
const name = (number: number) => `K${String(number).padStart(3, '0')}`;

/** The same rows in every run. */
function generator(): (end: number) => number {
  let state = 20261122;
  return (end) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * end);
  };
}
