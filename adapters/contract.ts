/**
 * What an agency has to say about itself to be read by Sightline: who it is, which of its columns answer which
 * field, how its codes decode, and what it knows of references, exclusions and protections.
 * Adapters import this file and nothing else of the project.
 */
import type { Kysely } from 'kysely';

export type { Kysely } from 'kysely';

/** An agency's id as it stands in references, tokens and policies, such as `mental-health`. */
export type AgencyId = string & { readonly __brand?: 'AgencyId' };
/** An agency's own id of one person's record, as text: a nominal number, a client id. Never shown to callers. */
export type RecordId = string & { readonly __brand?: 'RecordId' };
/** A calendar date without time, `YYYY-MM-DD`. */
export type PlainDate = string;

// ---- who the agency is ----

/** A desk that people can call. `open` drives `Contact.staffedNow`, in Europe/London time. */
export interface Desk {
  desk: string;
  phone?: string;
  email?: string;
  /** In words, for people: "24 hours", "Mon–Fri 08:30–17:00". */
  hours?: string;
  open?: 'always' | { days: readonly number[]; from: string; to: string };
  advice?: string;
}

// ---- tables and rows ----

/** `TABLE.COLUMN` of the agency's database, checked against its Kysely types. */
export type ColumnOf<DB> = { [T in keyof DB & string]: `${T}.${keyof DB[T] & string}` }[keyof DB & string];
export type Scalar = string | number | boolean | null;

/** A condition on rows, kept as data so that it becomes SQL in any dialect and its columns can be granted. */
export type Predicate<C extends string = string> =
  | { column: C; in: readonly Scalar[] }
  | { column: C; notIn: readonly Scalar[] }
  | { column: C; from: Scalar }
  | { column: C; before: Scalar }
  | { column: C; isNull: boolean }
  /** `any` of nothing is met by no row: what is read under it need not be read at all. */
  | { any: readonly Predicate<C>[] }
  /** `all` of nothing is met by every row. */
  | { all: readonly Predicate<C>[] };

export type RowConditionValue = string | boolean | readonly string[];

/** One word of the policy file's `rows:` for a section, such as `category` or `within`. */
export interface RowCondition<C extends string = string> {
  description: string;
  /** Values the policy may name; `duration` takes ISO 8601 such as P12M; `flag` takes `true`. */
  takes: 'duration' | 'flag' | { values: readonly string[] };
  /** `now` is the time of the request. */
  predicate(value: RowConditionValue, now: Date): Predicate<C>;
  /** Conditions on text mask the values and leave the row, so that they never change whether a record exists. */
  masksOnly?: boolean;
}

/** Rows of one legacy table (with what is joined to it), read by one statement for any number of people. */
export interface TableSource<DB = never> {
  table: keyof DB & string;
  /** Left joins, in order: `on: [column of the joined table, column already there]`. */
  join?: readonly { table: keyof DB & string; on: readonly [ColumnOf<DB>, ColumnOf<DB>] }[];
  /** The column that holds the agency's own person id. */
  person: ColumnOf<DB>;
  /** The columns that together name one row. */
  record: readonly ColumnOf<DB>[];
  /** Columns that say when the row was last known to be true, and their decoder. */
  asOf?: Field<Date | null, DB>;
  /** Newest first by this column; text that sorts by time, dates and numbers will do. */
  newestFirst?: ColumnOf<DB>;
  /** Rows that are never shown to anybody (sealed, third party), as what stays. */
  only?: Predicate<ColumnOf<DB>>;
  rows?: Readonly<Record<string, RowCondition<ColumnOf<DB>>>>;
  /** Every row of it is a place: for people under a place shield it is as if there were no row. */
  place?: boolean;
  /** At level `own`, rows of the caller's own site have the token's `site` in this column. */
  site?: ColumnOf<DB>;
  /** Which service kind a row of involvements speaks of: the same for every row, or by a code in a column. */
  service?: { kind: string } | { column: ColumnOf<DB>; kinds: Readonly<Record<string, readonly Scalar[]>> };
}

// ---- fields ----

/** Says that a stored value could not be understood. Goes to the log without the value. */
export interface DecodeContext {
  now: Date;
  note(problem: string): void;
}

/** GraphQL field → columns → decoder. `cells` has the columns' values in the order named. */
export interface Field<T = unknown, DB = never> {
  kind: 'field';
  columns: readonly ColumnOf<DB>[];
  decode(cells: readonly unknown[], context: DecodeContext): T;
  /** The value is, or gives away, a place: hidden for people under a place shield. */
  place?: boolean;
  /** Free text: may mention anything, so hidden for people under a place shield unless it is an approved extract. */
  freeText?: boolean;
}

/** An object whose children are fields of their own, so that each is read only if it is asked and allowed. */
export interface ObjectField<DB = never> {
  kind: 'object';
  fields: Readonly<Record<string, Field<unknown, DB>>>;
}

/** A list: one item for each row. `source { record asOf }` is added by the gateway. */
export interface ListField<DB = never> {
  kind: 'list';
  source: TableSource<DB>;
  where?: Predicate<ColumnOf<DB>>;
  /**
   * Row conditions of this list beside those of its source. A list of one kind (PNC numbers, say) answers a
   * condition on the kind with `{ all: [] }` or `{ any: [] }`; under the latter none of its columns are read.
   */
  rows?: Readonly<Record<string, RowCondition<ColumnOf<DB>>>>;
  fields: Readonly<Record<string, Field<unknown, DB> | ObjectField<DB>>>;
  /** For household members: the agency's own record id of the other person, if it has one. */
  otherPerson?: Field<RecordId | null, DB>;
  /** For lists with arguments: `since` compares with this column, whose legacy form `toColumn` gives. */
  since?: { column: ColumnOf<DB>; toColumn(date: PlainDate): Scalar };
  before?: { column: ColumnOf<DB>; toColumn(time: Date): Scalar };
}

/** Lists of the same item type one after the other: from several tables, or several items from one row. */
export interface ListsField<DB = never> {
  kind: 'lists';
  lists: readonly ListField<DB>[];
}

/** One value from a person's rows: each row decoded, newest first, then picked. */
export interface ValueField<DB = never> {
  kind: 'value';
  source: TableSource<DB>;
  where?: Predicate<ColumnOf<DB>>;
  field: Field<unknown, DB> | ObjectField<DB>;
  pick(values: readonly unknown[]): unknown;
}

/** Whether there is any row. Never filtered by conditions that mask only. */
export interface ExistsField<DB = never> {
  kind: 'exists';
  source: TableSource<DB>;
  where?: Predicate<ColumnOf<DB>>;
}

export type SectionField<DB = never> = ListField<DB> | ListsField<DB> | ValueField<DB> | ExistsField<DB>;
/** What the agency supplies of one section: GraphQL field of the section type → where it comes from. */
export type SectionSource<DB = never> = Readonly<Record<string, SectionField<DB>>>;

// ---- what the person index is fed ----

export type IdentifierSystem = 'NHS_NUMBER' | 'UPN' | 'NINO' | 'PNC' | 'CRO' | 'CRN' | 'NOMS' | 'LOCAL';
export interface IndexIdentifier {
  system: IdentifierSystem;
  value: string;
  /** The agency has checked it against its issuer (NHS number status 01, say). */
  verified: boolean;
}
/** `PROTECTED`: the whole person is hidden. `PLACE_SHIELD`: places are hidden, never the person. */
export type Protection = 'PROTECTED' | 'PLACE_SHIELD';

/** One person's record as the index sees it. What the agency's policy does not share is dropped before it is stored. */
export interface IndexRecord {
  record: RecordId;
  /** This record was merged into another of the same agency. */
  mergedInto: RecordId | null;
  names: readonly {
    givenName: string | null;
    familyName: string | null;
    kind: 'CURRENT' | 'ALIAS' | 'FORMER' | 'PREFERRED';
  }[];
  dateOfBirth: PlainDate | null;
  sex: 'FEMALE' | 'MALE' | 'INDETERMINATE' | 'UNKNOWN' | null;
  /** Of the current address. */
  postcode: string | null;
  /** Something that is the same for two people at the same current address (a UPRN), null if not known. */
  place: string | null;
  identifiers: readonly IndexIdentifier[];
  protections: readonly Protection[];
  /** Records of the same agency: family and household, who as callers are excluded from each other. */
  related: readonly { record: RecordId; sameHousehold: boolean }[];
  /** Records of the same agency on the other side of an abuse case, each way round. */
  adverse: readonly RecordId[];
  /** Staff (token `sub`) who must not see this person. */
  excludedStaff: readonly string[];
}

// ---- references ----

/** What the issuing agency's own log says of a case or incident. */
export interface ReferenceFacts {
  live: boolean;
  place: 'PUBLIC' | 'DWELLING' | null;
  /** Consent recorded on the reference; null where the kind of reference records none. */
  consent: boolean | null;
  /** Who is on it now, whichever organisation they are of; `staff` is the token's `sub`. */
  staff: readonly { organisation: AgencyId; staff: string }[];
  /** The agency's own person records that it ties. */
  people: readonly RecordId[];
}

/** Statements of an adapter's own; `reads` are granted to the gateway's login beside the field table's columns. */
export interface ReferenceSource<DB> {
  /** In words, with an example: "the incident's occurrence number, such as 26/000123". */
  description: string;
  reads: readonly ColumnOf<DB>[];
  /** Null when there is no such reference. Throws only when the database cannot answer. */
  find(db: Kysely<DB>, reference: string, now: Date): Promise<ReferenceFacts | null>;
  /** Which of these person records are on the caseload of this member of the agency's own staff. */
  caseload(
    db: Kysely<DB>,
    staff: string,
    people: readonly RecordId[],
    now: Date,
  ): Promise<readonly RecordId[]>;
}

export interface IndexSource<DB> {
  reads: readonly ColumnOf<DB>[];
  /** Records in order of id, after `after`, at most `limit`; an empty page ends the pass. */
  page(
    db: Kysely<DB>,
    after: RecordId | null,
    limit: number,
    note: DecodeContext['note'],
  ): Promise<readonly IndexRecord[]>;
}

// ---- the adapter ----

export interface Adapter<DB = never> {
  id: AgencyId;
  name: string;
  /** NHS bodies are excluded by some gateways of law (purposes.yaml). */
  nhsBody: boolean;
  dialect: 'postgres';
  /** Area and period the data cover, in words. */
  coverage: string;
  /** The desk that answers when nothing more special is said. */
  contact: Desk;
  /** Other desks that the policy file may name in `call:`. */
  desks: Readonly<Record<string, Desk>>;
  /** GraphQL section (a field of Person) → its source. */
  sections: Readonly<Record<string, SectionSource<DB>>>;
  /** Service kinds its involvements speak of; each is held to the grant of the section it belongs to too. */
  serviceKinds: readonly string[];
  index: IndexSource<DB>;
  reference: ReferenceSource<DB>;
}

/** An adapter whose table types have been checked and put aside, as the gateway holds it. */
// biome-ignore lint/suspicious/noExplicitAny: the gateway reads any agency's tables through one compiler
export type AnyAdapter = Adapter<any>;

/** Checks the adapter's columns against its tables and hands it to the gateway. */
export function defineAdapter<DB>(adapter: Adapter<DB>): AnyAdapter {
  return adapter;
}

// ---- words for field tables ----

/** Helpers bound to one agency's tables, so that every column is checked by the compiler. */
export function fieldsOf<DB>() {
  type C = ColumnOf<DB>;
  return {
    source: (source: TableSource<DB>): TableSource<DB> => source,
    /** One column, one decoder. */
    column: <T>(
      column: C,
      decode: (cell: unknown, context: DecodeContext) => T,
      flags: FieldFlags = {},
    ): Field<T, DB> => ({
      kind: 'field',
      columns: [column],
      decode: (cells, context) => decode(cells[0], context),
      ...flags,
    }),
    /** Several columns, one decoder. */
    columns: <T>(
      columns: readonly C[],
      decode: (cells: readonly unknown[], context: DecodeContext) => T,
      flags: FieldFlags = {},
    ): Field<T, DB> => ({ kind: 'field', columns, decode, ...flags }),
    /** A value that is the same for every row and needs no column. */
    always: <T>(value: T, flags: FieldFlags = {}): Field<T, DB> => ({
      kind: 'field',
      columns: [],
      decode: () => value,
      ...flags,
    }),
    object: (fields: ObjectField<DB>['fields']): ObjectField<DB> => ({ kind: 'object', fields }),
    list: (
      source: TableSource<DB>,
      fields: ListField<DB>['fields'],
      options: Omit<ListField<DB>, 'kind' | 'source' | 'fields'> = {},
    ): ListField<DB> => ({ kind: 'list', source, fields, ...options }),
    lists: (...lists: readonly ListField<DB>[]): ListsField<DB> => ({ kind: 'lists', lists }),
    value: (
      source: TableSource<DB>,
      field: ValueField<DB>['field'],
      pick: ValueField<DB>['pick'] = newest,
      where?: Predicate<C>,
    ): ValueField<DB> => ({ kind: 'value', source, field, pick, ...(where && { where }) }),
    exists: (source: TableSource<DB>, where?: Predicate<C>): ExistsField<DB> => ({
      kind: 'exists',
      source,
      ...(where && { where }),
    }),
  };
}
export type FieldFlags = { place?: boolean; freeText?: boolean };

/** The newest row's value, null if there is none. */
export const newest = (values: readonly unknown[]): unknown => values[0] ?? null;
/** True if any row says true; false if rows say only false; null if no row says anything. */
export const anyTrue = (values: readonly unknown[]): boolean | null =>
  values.some((value) => value === true) ? true : values.some((value) => value === false) ? false : null;
/** True if any row says true, else false: for what an absent row denies as well. */
export const someTrue = (values: readonly unknown[]): boolean => values.some((value) => value === true);
