// The contract's words with the agency's own tables put aside: to the compiler a column is a name like any other.
// biome-ignore-all lint/suspicious/noExplicitAny: one compiler reads any agency's tables
import type * as contract from '../../adapters/contract.ts';

export type Field = contract.Field<unknown, any>;
export type ObjectField = contract.ObjectField<any>;
export type ListField = contract.ListField<any>;
export type ValueField = contract.ValueField<any>;
/** A field of a section as what is read for it: a list made of several is several of these. */
export type SectionPart = ListField | ValueField | contract.ExistsField<any>;
export type SectionField = contract.SectionField<any>;
export type Source = contract.TableSource<any>;
export type Predicate = contract.Predicate;

/** A text that two sources share when they read the same table with the same joins. */
export function tableKey(source: Source): string {
  return JSON.stringify([source.table, source.join ?? []]);
}

/** Whether a field's value is hidden for people under a place shield. */
export function isPlaced(field: Field): boolean {
  return field.place === true || field.freeText === true;
}
