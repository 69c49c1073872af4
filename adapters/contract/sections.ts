import type { Field, ObjectField } from './fields.ts';
import type { PlainDate, RecordId } from './ids.ts';
import type { ColumnOf, Predicate, RowCondition } from './rows.ts';
import type { TableSource } from './source.ts';

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
  /** For lists with arguments: the rows of a day or later, and those before a moment. */
  since?: (day: PlainDate) => Predicate<ColumnOf<DB>>;
  before?: (moment: Date) => Predicate<ColumnOf<DB>>;
}

/** Lists of the same item type one after the other: from several tables, or several items from one row. */
export interface ListsField<DB = never> {
  kind: 'lists';
  lists: readonly ListField<DB>[];
}

/**
 * One value from a person's rows: each row decoded, in the order in which they count, then picked. A row's value that could not be read stands among them
 * as UNREADABLE; a pick that cannot decide without it gives it back, and the field is then null with a hole.
 */
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
