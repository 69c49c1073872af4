// The contract's words with the agency's own tables put aside: to the compiler a column is a name like any other.
import type * as contract from '../../../adapters/contract.ts';

export type Field = contract.Field<unknown, contract.AnyTables>;
export type ObjectField = contract.ObjectField<contract.AnyTables>;
export type ListField = contract.ListField<contract.AnyTables>;
export type ValueField = contract.ValueField<contract.AnyTables>;
/** A field of a section as what is read for it: a list made of several is several of these. */
export type SectionPart = ListField | ValueField | contract.ExistsField<contract.AnyTables>;
export type SectionField = contract.SectionField<contract.AnyTables>;
export type Source = contract.TableSource<contract.AnyTables>;
export type Predicate = contract.Predicate;

/** A text that two sources share when they read the same table with the same joins. */
export function tableKey(source: Source): string {
  return JSON.stringify([source.table, source.join ?? []]);
}

/** Whether a field's value is hidden for people under a place shield. */
export function isPlaced(field: Field): boolean {
  return field.place === true || field.freeText === true;
}
