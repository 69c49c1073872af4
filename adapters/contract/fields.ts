import type { DecodeContext, Decoding } from './decoding.ts';
import type { ColumnOf } from './rows.ts';

/** GraphQL field → columns → decoder. `cells` has the columns' values in the order named. */
export interface Field<T = unknown, DB = never> {
  kind: 'field';
  columns: readonly ColumnOf<DB>[];
  decode(cells: readonly unknown[], context: DecodeContext): T;
  /** How it is decoded, in words and codes; for the agency's page alone. */
  decoding?: Decoding;
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
