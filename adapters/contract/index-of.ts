/** The feed to the person index, made of a person's words and of what stands about them elsewhere. */
import type { Kysely } from 'kysely';
import { byRecord } from './by-record.ts';
import { type ChangesOf, changeColumns, toldBy } from './changes-of.ts';
import { orderOf } from './columns.ts';
import { instant } from './dates.ts';
import { type DecodeContext, naming } from './decoding.ts';
import type { Field } from './fields.ts';
import type { RecordId } from './ids.ts';
import type { IndexIdentifier, IndexRecord, IndexSource, Protection } from './index-feed.ts';
import { indexSource } from './index-source.ts';
import { namesIn, type OtherName, type PersonWords } from './person.ts';
import { type RowReader, readerOf } from './row-reader.ts';
import type { ColumnOf } from './rows.ts';
import { type NamedRow, numberIn, Readings, type RowsOf, tableOf, valueIn } from './table-rows.ts';
import { compact, staffNumbers } from './text.ts';

// biome-ignore lint/suspicious/noExplicitAny: one feed for any agency's tables
type Any = any;
type Told<DB> = Field<boolean | null, DB>;

/** Rows that name two records, each of which is told of the other. */
export interface PairRows<DB> extends RowsOf<DB> {
  otherPerson?: ColumnOf<DB>;
}

export interface Relatives<DB> {
  rows: PairRows<DB>;
  sameHousehold: Told<DB>;
  /** Rows that count; without it all of them do. */
  counts?: Told<DB>;
}

export interface Home<DB> {
  /** Without it the columns are in the person's own row, by these joins. */
  source?: RowsOf<DB> & { newestFirst?: unknown };
  join?: RowsOf<DB>['join'];
  postcode: ColumnOf<DB>;
  uprn: ColumnOf<DB>;
  current?: Told<DB>;
}

/** Protections that hang on more than the person's row. */
export interface ProtectionRule<DB, Row extends Readonly<Record<string, Field<unknown, DB>>>> {
  /** What is looked at in the person's row. */
  row: Row;
  protectionsOf(
    row: { readonly [K in keyof Row]: Row[K] extends Field<infer T, Any> ? T : never },
    about: { excludedStaff: readonly string[] },
  ): readonly Protection[];
}

export interface IndexWords<DB> {
  /** The record that this one was merged into. */
  merged?: Field<string | null, DB>;
  /** In place of the person's day of birth. */
  born?: Field<string | null, DB>;
  protection: Field<readonly Protection[], DB> | ProtectionRule<DB, Any>;
  /** Rows elsewhere that hide where somebody is. */
  shieldedBy?: readonly { rows: RowsOf<DB>; when: Told<DB> }[];
  /** In place of the person's addresses; null where no place leaves the agency. */
  home?: Home<DB> | null;
  /** Family and household. */
  relatives?: readonly Relatives<DB>[];
  /** The other side of an abuse case. */
  adverse?: readonly PairRows<DB>[];
  /**
   * Rows that name staff who must not see the person, as long as `unless` does not plainly say so; null where the
   * agency's system names nobody.
   */
  excluded: {
    person: ColumnOf<DB>;
    join?: RowsOf<DB>['join'];
    staff: ColumnOf<DB>;
    unless?: Told<DB>;
  } | null;
  /** Records that this column names are never fed, nor those that point to one by `by`, nor anybody as related to one. */
  never?: { named: ColumnOf<DB>; by: readonly ColumnOf<DB>[] };
  changes?: ChangesOf<DB>;
}

/**
 * One statement for the records of a page, in order of id, and one for each other table that says something about them;
 * of each the columns that the words name. Rows that a source keeps from everybody (`only`) are read all the same: what
 * is shown to nobody may still protect.
 */
export function indexOf<DB>(person: PersonWords<DB>, words: IndexWords<DB>): IndexSource<DB> {
  const { source } = person;
  const home = words.home === undefined ? homeOf(person) : words.home;
  const aliases = (person.otherNames ?? []).filter((other) => other.source);
  const protection = words.protection as Field<readonly Protection[], DB> | ProtectionRule<DB, Any>;

  const own = new Readings();
  const ownFields: readonly Field<unknown, Any>[] = [
    person.givenName,
    person.familyName,
    ...(person.otherNames ?? []).filter((other) => !other.source).flatMap(namedIn),
    words.born ?? person.born,
    person.sex,
    ...(person.identifiers ?? []).flatMap(({ verified, fed, column }) => [
      fed ?? { ...NO_FIELD, columns: [column] },
      verified,
    ]),
    ...('kind' in protection
      ? [protection]
      : Object.values(protection.row as Record<string, Field<unknown, Any>>)),
    ...(words.merged ? [words.merged] : []),
  ];
  const ownHome = home && !home.source ? [home.postcode, home.uprn, ...(home.current?.columns ?? [])] : [];
  const people = own.of(
    { ...source, join: [...(source.join ?? []), ...(home?.join ?? [])], record: [source.person] },
    [...ownFields.flatMap(({ columns }) => columns), ...ownHome],
  );

  const elsewhere = new Readings();
  const homes = home?.source
    ? elsewhere.of(home.source, [
        home.postcode,
        home.uprn,
        ...(home.current?.columns ?? []),
        ...(orderOf(home.source as Any) ? [orderOf(home.source as Any)?.column ?? ''] : []),
      ])
    : null;
  const others = aliases.map((other) => ({
    other,
    at: elsewhere.of(
      other.source as RowsOf<DB>,
      namedIn(other).flatMap(({ columns }) => columns),
    ),
  }));
  const pairs = (rows: PairRows<DB>, columns: readonly string[] = []) =>
    elsewhere.of(rows, columns, rows.otherPerson ? [rows.otherPerson] : []);
  const relatives = (words.relatives ?? []).map((one) => ({
    one,
    at: pairs(one.rows, [...one.sameHousehold.columns, ...(one.counts?.columns ?? [])]),
  }));
  const adverse = (words.adverse ?? []).map((rows) => ({ rows, at: pairs(rows) }));
  const shields = (words.shieldedBy ?? []).map((one) => ({
    one,
    at: elsewhere.of(one.rows, one.when.columns),
  }));
  const { excluded } = words;
  const exclusions =
    excluded &&
    elsewhere.of(
      {
        table: tableOf(excluded.staff),
        join: excluded.join ?? [],
        person: excluded.person,
        record: [excluded.staff],
      } as RowsOf<Any>,
      [excluded.staff, ...(excluded.unless?.columns ?? [])],
    );

  const { never } = words;
  const id = (row: NamedRow): RecordId => String(row.get(source.person));
  const fedRows = (eb: Any, where: Any) => (never ? eb.and([where, eb.not(isNamed(eb, never))]) : where);

  const about = async (db: Kysely<DB>, rows: readonly NamedRow[]) => {
    const found = new Map(
      await Promise.all(
        elsewhere.all.map(async (reading) => [reading, await reading.about(db, rows.map(id))] as const),
      ),
    );
    const rowsBy = (at: (typeof elsewhere.all)[number], columns: readonly string[]) =>
      byRecord(found.get(at) ?? [], (row) => columns.map((column) => numberIn(row, column)));
    const related = relatives.map(({ one, at }) => ({ one, of: rowsBy(at, bothEnds(one.rows)) }));
    const ends = related.flatMap(({ one }) => bothEnds(one.rows));
    const ids = [...found.values()].flat().flatMap((row) => ends.map((column) => numberIn(row, column)));
    return {
      homes: homes && home?.source ? rowsBy(homes, [home.source.person]) : null,
      aliases: others.map(({ other, at }) => ({ other, of: rowsBy(at, [other.source?.person ?? '']) })),
      related,
      adverse: adverse.map(({ rows: one, at }) => ({ rows: one, of: rowsBy(at, bothEnds(one)) })),
      shields: shields.map(({ one, at }) => ({ one, of: rowsBy(at, [one.rows.person]) })),
      exclusions: exclusions ? rowsBy(exclusions, [excluded.person]) : () => [],
      never: never ? await namedAmong(db, never.named, ids) : new Set<string>(),
    };
  };
  type About = Awaited<ReturnType<typeof about>>;

  function recordOf(row: NamedRow, found: About, context: DecodeContext): IndexRecord {
    const record = id(row);
    const lives = homeIn(row, found.homes?.(record) ?? null, home, context);
    const excludedStaff = excluded
      ? found
          .exclusions(record)
          .filter((one) => !excluded.unless || valueIn(one, excluded.unless, context) !== true)
          .flatMap((one) => staffNumbers(String(one.get(excluded.staff) ?? '')))
      : [];
    return {
      record,
      mergedInto: words.merged ? valueIn(row, words.merged, context) : null,
      names: [
        { ...nameIn(row, person, context), kind: 'CURRENT' },
        ...(person.otherNames ?? []).flatMap((other) => otherNames(other, row, found, context)),
      ],
      dateOfBirth: valueIn(row, words.born ?? person.born, context),
      sex: valueIn(row, person.sex, context),
      postcode: lives && home ? compact(lives.get(home.postcode), naming(home.postcode, context)) : null,
      place: lives && home ? compact(lives.get(home.uprn), naming(home.uprn, context)) : null,
      identifiers: identifiersIn(row, person, context),
      protections: protectionsIn(row, found, excludedStaff, context),
      related: relatedIn(record, found, context),
      adverse: [
        ...new Set(
          found.adverse.flatMap(({ rows, of }) => of(record).flatMap((one) => otherEnd(one, rows, record))),
        ),
      ],
      excludedStaff,
    };
  }

  const otherNames = (
    other: OtherName<DB>,
    row: NamedRow,
    found: About,
    context: DecodeContext,
  ): IndexRecord['names'] => {
    const names = namesIn(person, other);
    const kind = (one: NamedRow) =>
      typeof other.kind === 'string' ? other.kind : (valueIn(one, other.kind, context) ?? 'ALIAS');
    if (other.source) {
      const rows = found.aliases.find((one) => one.other === other)?.of(id(row)) ?? [];
      return rows.map((one) => ({ ...nameIn(one, names, context), kind: kind(one) }));
    }
    const filled = namedIn(other).some((word) => valueIn(row, word, context) !== null);
    return filled ? [{ ...nameIn(row, names, context), kind: kind(row) }] : [];
  };

  /** A person and whoever a row that counts ties to them. */
  function relatedIn(record: RecordId, found: About, context: DecodeContext): IndexRecord['related'] {
    return found.related.flatMap(({ one, of }) =>
      of(record)
        .filter((row) => !bothEnds(one.rows).some((column) => found.never.has(String(row.get(column)))))
        .filter((row) => !one.counts || valueIn(row, one.counts, context) === true)
        .flatMap((row) =>
          otherEnd(row, one.rows, record).map((other) => ({
            record: other,
            sameHousehold: valueIn(row, one.sameHousehold, context) === true,
          })),
        ),
    );
  }

  function protectionsIn(
    row: NamedRow,
    found: About,
    excludedStaff: readonly string[],
    context: DecodeContext,
  ) {
    const own =
      'kind' in protection
        ? valueIn(row, protection, context)
        : protection.protectionsOf(
            Object.fromEntries(
              Object.entries(protection.row as Record<string, Field<unknown, Any>>).map(([name, field]) => [
                name,
                valueIn(row, field, context),
              ]),
            ),
            { excludedStaff },
          );
    const shielded = found.shields.some(({ one, of }) =>
      of(id(row)).some((each) => valueIn(each, one.when, context) === true),
    );
    return shielded && !own.includes('PLACE_SHIELD') ? [...own, 'PLACE_SHIELD' as const] : own;
  }

  return indexSource<DB, NamedRow, About>({
    reads: [
      ...new Set([
        source.person,
        ...people.reads,
        ...elsewhere.reads,
        ...(never ? [never.named, ...never.by] : []),
        ...changeColumns(words.changes),
      ]),
    ] as readonly ColumnOf<DB>[],
    after: (db, after, limit) => {
      const reader = readerOf(db);
      if (reader) return pageOf(reader, after, limit);
      const where = (eb: Any) =>
        fedRows(eb, after === null ? eb.and([]) : eb(source.person as Any, '>', after));
      return people.rows(db, where, { limit });
    },
    about,
    recordOf,
    among: (db, ids) =>
      readerOf(db)
        ? people.about(db, ids)
        : people.rows(db, (eb) => fedRows(eb, eb(source.person as Any, 'in', ids))),
    told: words.changes && toldBy(words.changes),
  });

  /** An API names its records, and then gives them; a page all of whose records went meanwhile is not the last. */
  async function pageOf(reader: RowReader, after: RecordId | null, limit: number) {
    for (let from = after; ; ) {
      const ids = await reader.records(from, limit);
      const rows = await people.about(reader as Any, ids);
      if (rows.length > 0 || ids.length === 0) return rows;
      from = ids.at(-1) ?? null;
    }
  }
}

const NO_FIELD = { kind: 'field', columns: [], decode: () => null } as const;

const namedIn = ({ givenName, familyName, kind, source }: OtherName<Any>): readonly Field<unknown, Any>[] =>
  [givenName, familyName, source && typeof kind === 'object' ? kind : undefined].filter(
    (word) => word !== undefined,
  );

const homeOf = <DB>({ addresses }: PersonWords<DB>): Home<DB> | null => addresses ?? null;

/** The newest row in which somebody lives now; the person's own row where the columns are in it. */
function homeIn<DB>(
  row: NamedRow,
  rows: readonly NamedRow[] | null,
  home: Home<DB> | null,
  context: DecodeContext,
): NamedRow | undefined {
  if (!home) return undefined;
  const lives = (one: NamedRow) => !home.current || valueIn(one, home.current, context) === true;
  if (rows === null) return lives(row) ? row : undefined;
  const order = home.source && orderOf(home.source as Any);
  if (!order || rows.length < 2) return rows.find(lives);
  const quiet = { now: context.now, note: () => {} };
  const since = (one: NamedRow) =>
    instant(one.get(order.column), quiet)?.getTime() ?? Number.NEGATIVE_INFINITY;
  return rows.toSorted((one, other) => since(other) - since(one) || 0).find(lives);
}

const nameIn = (
  row: NamedRow,
  { givenName, familyName }: Pick<PersonWords<Any>, 'givenName' | 'familyName'>,
  context: DecodeContext,
) => ({ givenName: valueIn(row, givenName, context), familyName: valueIn(row, familyName, context) });

function identifiersIn(
  row: NamedRow,
  { identifiers = [] }: PersonWords<Any>,
  context: DecodeContext,
): readonly IndexIdentifier[] {
  return identifiers.flatMap(({ system, column, fed, verified }) => {
    const value = fed ? valueIn(row, fed, context) : compact(row.get(column), naming(column, context));
    return value === null ? [] : [{ system, value, verified: valueIn(row, verified, context) === true }];
  });
}

const bothEnds = ({ person, otherPerson }: PairRows<Any>): readonly string[] =>
  otherPerson === undefined ? [person] : [person, otherPerson];

function otherEnd(
  row: NamedRow,
  { person, otherPerson }: PairRows<Any>,
  record: RecordId,
): readonly RecordId[] {
  const [one, two] = [numberIn(row, person), numberIn(row, otherPerson ?? '')];
  const other = one === record ? two : one;
  return one === null || other === null || other === record ? [] : [other];
}

const isNamed = (eb: Any, { named, by }: { named: string; by: readonly string[] }) =>
  eb.exists(
    eb
      .selectFrom(tableOf(named))
      .select(named)
      .where((row: Any) => row.or(by.map((column) => row(named, '=', row.ref(column))))),
  );

/** Those of these records that the column names. */
export async function namedAmong(
  db: Kysely<Any>,
  named: string,
  records: readonly (string | null)[],
): Promise<ReadonlySet<string>> {
  const asked = [...new Set(records.filter((record) => record !== null))];
  if (asked.length === 0) return new Set();
  const rows: Record<string, unknown>[] = await (db as Kysely<Any>)
    .selectFrom(tableOf(named))
    .select(`${named} as record`)
    .where(named, 'in', asked)
    .execute();
  return new Set(rows.map(({ record }) => String(record)));
}
