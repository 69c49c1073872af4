import { EvaluateError } from './evaluate-error.ts';

/** Column → the name under which `--ignore` knows it besides its own. */
const COLUMNS = {
  given_name: ['name', 'forename'],
  surname: ['name'],
  date_of_birth: ['born'],
  sex: [],
  street_number: ['address'],
  address_1: ['address'],
  address_2: ['address'],
  suburb: ['address'],
  postcode: ['address'],
  state: ['address'],
  phone: [],
  identifier_type: ['identifier'],
  identifier_value: ['identifier'],
} as const satisfies Record<string, readonly string[]>;

export type FeatureColumn = keyof typeof COLUMNS;
export const FEATURE_COLUMNS = Object.keys(COLUMNS) as FeatureColumn[];
export const IGNORABLE = [...new Set([...Object.values(COLUMNS).flat(), ...FEATURE_COLUMNS])].toSorted();

/** The columns that words such as `identifier,phone` mean. */
export function ignoredColumns(words: readonly string[]): ReadonlySet<FeatureColumn> {
  const asked = words.flatMap((word) => word.split(',')).map((word) => word.trim());
  const unknown = asked.filter((word) => word !== '' && !(IGNORABLE as readonly string[]).includes(word));
  if (unknown.length > 0)
    throw new EvaluateError(`--ignore ${unknown.join(',')}: not one of ${IGNORABLE.join(', ')}`);
  return new Set(
    FEATURE_COLUMNS.filter((column) => [column, ...COLUMNS[column]].some((name) => asked.includes(name))),
  );
}
