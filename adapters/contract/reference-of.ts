/** How an agency proves its references, made of what is declared: which number, who is on it, whom it ties. */
import type { ExpressionBuilder, Kysely } from 'kysely';
import type { DecodeContext } from './decoding.ts';
import type { Field } from './fields.ts';
import type { AgencyId, RecordId } from './ids.ts';
import { namedAmong } from './index-of.ts';
import type { ReferenceFacts, ReferenceSource } from './reference.ts';
import { readerOf } from './row-reader.ts';
import type { ColumnOf } from './rows.ts';
import { type NamedRow, numberIn, type RowsOf, TableReading, tableOf, valueIn } from './table-rows.ts';

// biome-ignore lint/suspicious/noExplicitAny: one reader for any agency's tables
type Any = any;
type Told<DB> = Field<boolean | null, DB>;
type Join<DB> = NonNullable<RowsOf<DB>['join']>;

/** Rows of another table that are of the same reference. */
interface RowsOfReference<DB> {
  /** The column that has the reference's number. */
  number: ColumnOf<DB>;
  join?: Join<DB>;
}
export interface StaffRows<DB> extends RowsOfReference<DB> {
  staff: ColumnOf<DB>;
  /** Of which organisation they are; of this agency without it. Null is nobody. */
  organisation?: Field<AgencyId | null, DB>;
  /** Whether they are on it now. */
  there?: Told<DB>;
  /** Rows that name no reference count for the person it is about first: they have them in this column. */
  orPerson?: ColumnOf<DB>;
}
export interface PeopleRows<DB> extends RowsOfReference<DB> {
  person: ColumnOf<DB>;
}

/** One kind of reference: a case, an incident, a request. */
export interface ReferenceKind<DB> {
  /** Whole; anything else is no number of this kind, and no text for a database either. */
  form: RegExp;
  number: ColumnOf<DB>;
  join?: Join<DB>;
  /** Whether it is live, of its own row; STAFFED as long as somebody is on it. What cannot be read is not. */
  live: Told<DB> | 'STAFFED';
  place?: Field<ReferenceFacts['place'], DB>;
  /** Consent that it records; what is not plainly given is not. */
  consent?: Told<DB>;
  /** Who is on it: columns of its own row, or rows elsewhere. */
  staff: readonly (ColumnOf<DB> | StaffRows<DB>)[];
  /** Whom it ties: columns of its own row, or rows elsewhere. */
  people: readonly (ColumnOf<DB> | PeopleRows<DB>)[];
}

/** Rows that put somebody on the caseload of a member of the agency's own staff. */
export interface CaseloadRows<DB> {
  person: ColumnOf<DB>;
  staff: ColumnOf<DB>;
  /** The table of `person`, without it. */
  table?: keyof DB & string;
  join?: Join<DB>;
  /** Numbers of staff may have blanks around them. */
  padded?: true;
  /** All have to be so. */
  while?: readonly Told<DB>[];
}

export interface ReferenceWords<DB> {
  agency: AgencyId;
  /** In words, with an example: "the incident's occurrence number, such as 26/000123". */
  description: string;
  /** Of the first whose form fits. */
  kinds: readonly [ReferenceKind<DB>, ...ReferenceKind<DB>[]];
  caseload: readonly CaseloadRows<DB>[];
  /** The form of records' numbers, where the database does not take any text for one. */
  recordForm?: RegExp;
  /** Records that this column names are tied to nothing and on nobody's caseload. */
  never?: ColumnOf<DB>;
}

const STAFF_NUMBER = /^[\w-]{1,12}$/;

/** One statement for each table that a kind of reference names, and one for each table of the caseload. */
export function referenceOf<DB>(words: ReferenceWords<DB>): ReferenceSource<DB> {
  const { agency, description, kinds, never, recordForm } = words;
  const read = kinds.map((kind) => kindOf(kind, agency));
  const caseload = caseloadOf(words.caseload);
  const withoutNever = async (db: Kysely<DB>, people: readonly RecordId[]) => {
    const gone = never ? await namedAmong(db, never, people) : new Set<string>();
    return people.filter((person) => !gone.has(person));
  };
  const staffColumns = [
    ...kinds.flatMap(({ staff }) => staff.map((one) => (typeof one === 'string' ? one : one.staff))),
    ...words.caseload.map(({ staff }) => staff),
  ];
  return {
    description,
    form: new RegExp(kinds.map(({ form }) => form.source).join('|')),
    reads: [
      ...new Set([...read.flatMap(({ reads }) => reads), ...caseload.reads, ...(never ? [never] : [])]),
    ] as readonly ColumnOf<DB>[],
    staffNumbers: [...new Set(staffColumns)] as unknown as ReferenceSource<DB>['staffNumbers'],
    async find(db, reference, now) {
      const kind = read.find(({ form }) => form.test(reference));
      const facts = await kind?.find(db, reference, { now, note: () => {} });
      return facts ? { ...facts, people: await withoutNever(db, facts.people) } : null;
    },
    async caseload(db, staff, people, now) {
      const asked = recordForm ? people.filter((person) => recordForm.test(person)) : people;
      if (asked.length === 0 || !STAFF_NUMBER.test(staff)) return [];
      return withoutNever(db, await caseload.of(db, staff, asked, { now, note: () => {} }));
    },
  };
}

/** Rows by the reference's number, with whoever asks for them. */
function kindOf<DB>(kind: ReferenceKind<DB>, agency: AgencyId) {
  const { form, number, join = [], live, place, consent, staff, people } = kind;
  const own = new TableReading(tableOf(number));
  const fields = [live === 'STAFFED' ? undefined : live, place, consent].filter((one) => one !== undefined);
  const ownStaff = staff.filter((one) => typeof one === 'string');
  const ownPeople = people.filter((one) => typeof one === 'string');
  own.need(join, [number], [], [...fields.flatMap(({ columns }) => columns), ...ownStaff, ...ownPeople]);

  const elsewhere = new Map<string, TableReading>();
  const readingOf = (rows: RowsOfReference<DB>, columns: readonly string[]): TableReading => {
    const reading = elsewhere.get(rows.number) ?? new TableReading(tableOf(rows.number));
    elsewhere.set(rows.number, reading);
    reading.need(rows.join ?? [], [rows.number], [], columns);
    return reading;
  };
  const staffRows = staff
    .filter((one) => typeof one !== 'string')
    .map((one) => ({
      one,
      at: readingOf(one, [
        one.staff,
        ...(one.organisation?.columns ?? []),
        ...(one.there?.columns ?? []),
        ...(one.orPerson ? [one.orPerson] : []),
      ]),
    }));
  const peopleRows = people
    .filter((one) => typeof one !== 'string')
    .map((one) => ({ one, at: readingOf(one, [one.person]) }));

  async function find(
    db: Kysely<DB>,
    reference: string,
    context: DecodeContext,
  ): Promise<ReferenceFacts | null> {
    const readings = [...elsewhere].filter(
      ([, at]) => !staffRows.some((each) => each.at === at && each.one.orPerson),
    );
    const [[row], ...found] = await Promise.all([
      own.rowsWith(db, number, reference),
      ...readings.map(async ([column, at]) => [at, await at.rowsWith(db, column, reference)] as const),
    ]);
    if (!row) return null;
    const rows = new Map<TableReading, readonly NamedRow[]>(found);
    const first = ownPeople.map((column) => numberIn(row, column)).find((one) => one !== null) ?? null;
    for (const { one, at } of staffRows)
      if (one.orPerson) rows.set(at, await at.rows(db, (eb) => ofReference(eb, one, reference, first)));

    const there = staffRows.flatMap(({ one, at }) =>
      (rows.get(at) ?? [])
        .filter((each) => !one.there || valueIn(each, one.there, context) === true)
        .map((each) => ({
          organisation: one.organisation ? valueIn(each, one.organisation, context) : agency,
          staff: numberIn(each, one.staff)?.trim() ?? null,
        })),
    );
    const onIt = [
      ...ownStaff.map((column) => ({ organisation: agency, staff: numberIn(row, column)?.trim() ?? null })),
      ...there,
    ].flatMap(({ organisation, staff: member }) =>
      organisation === null || member === null ? [] : [{ organisation, staff: member }],
    );
    const tied = [
      ...ownPeople.map((column) => numberIn(row, column)),
      ...peopleRows.flatMap(({ one, at }) => (rows.get(at) ?? []).map((each) => numberIn(each, one.person))),
    ].filter((person) => person !== null);
    return {
      live: live === 'STAFFED' ? there.length > 0 : valueIn(row, live, context) === true,
      place: place ? valueIn(row, place, context) : null,
      consent: consent ? valueIn(row, consent, context) === true : null,
      staff: onIt.filter((one, at) => onIt.findIndex((other) => sameStaff(one, other)) === at),
      people: [...new Set(tied)],
    };
  }

  return {
    form,
    find,
    reads: [...new Set([...own.reads, ...[...elsewhere.values()].flatMap(({ reads }) => reads)])],
  };
}

type Staff = ReferenceFacts['staff'][number];
const sameStaff = (one: Staff, other: Staff): boolean =>
  one.organisation === other.organisation && one.staff === other.staff;

const ofReference = (
  eb: ExpressionBuilder<Any, Any>,
  { number, orPerson }: StaffRows<Any>,
  reference: string,
  person: RecordId | null,
) =>
  eb.or([
    eb(number, '=', reference),
    ...(person === null || !orPerson ? [] : [eb.and([eb(number, 'is', null), eb(orPerson, '=', person)])]),
  ]);

/** Rows of these people that name the member of staff: one statement for each table and column of staff. */
function caseloadOf<DB>(parts: readonly CaseloadRows<DB>[]) {
  const readings = new Map<string, TableReading>();
  const read = parts.map((part) => {
    const table = part.table ?? tableOf(part.person);
    const at = readings.get(`${table} ${part.staff}`) ?? new TableReading(table);
    readings.set(`${table} ${part.staff}`, at);
    const columns = (part.while ?? []).flatMap(({ columns: read }) => read);
    at.need(part.join ?? [], [part.person], [], [part.staff, ...columns]);
    return { part, at };
  });
  const isTheirs = (
    eb: ExpressionBuilder<Any, Any>,
    at: TableReading,
    staff: string,
    people: readonly RecordId[],
  ) => {
    const of = eb.or([...at.keys].map((column) => eb(column, 'in', people)));
    const [{ part } = { part: undefined }] = read.filter((one) => one.at === at);
    return !part || part.padded ? of : eb.and([of, eb(part.staff as Any, '=', staff)]);
  };
  return {
    reads: [...new Set([...readings.values()].flatMap(({ reads }) => reads))],
    async of(db: Kysely<DB>, staff: string, people: readonly RecordId[], context: DecodeContext) {
      const found = new Map(
        await Promise.all(
          [...readings.values()].map(
            async (at) =>
              [
                at,
                readerOf(db)
                  ? await at.about(db, people)
                  : await at.rows(db, (eb) => isTheirs(eb, at, staff, people)),
              ] as const,
          ),
        ),
      );
      const mine = read.flatMap(({ part, at }) =>
        (found.get(at) ?? [])
          .filter((row) => !(part.padded || readerOf(db)) || numberIn(row, part.staff)?.trim() === staff)
          .filter((row) => (part.while ?? []).every((word) => valueIn(row, word, context) === true))
          .map((row) => numberIn(row, part.person)),
      );
      const theirs = new Set(mine);
      return [...new Set(people)].filter((person) => theirs.has(person));
    },
  };
}
