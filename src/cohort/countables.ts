import type { AnyAdapter, AnyTables, CountableField, CountableKind } from '../../adapters/contract.ts';
import { PERSON_DIMENSIONS, type Policies } from '../sharing/policy/policies.ts';
import type { District } from './districts.ts';

/** Something that people can be counted by, and the agencies that can tell it. */
export interface CountableWord {
  section: string;
  /** Its name within the section, in filters. */
  field: string;
  /** As policies list it: `policeEvents.category`. */
  name: string;
  /** As a dimension: `POLICE_EVENTS_CATEGORY`. */
  dimension: string;
  kind: CountableKind;
  description: string;
  /** Of the vocabulary, or a name of its own. */
  type: string | null;
  values: readonly string[];
  /** Agency → how it tells it; of what the person index holds, that the agency gives it the feature. */
  suppliers: ReadonlyMap<string, CountableField<AnyTables> | null>;
}

/** Everything that people can be counted by, by name, in the order of the schema. */
export type Countables = ReadonlyMap<string, CountableWord>;

/** What the person index tells of people, where agencies let it. */
const PERSON = {
  ageBand: {
    kind: 'BAND',
    dimension: 'AGE_BAND',
    type: 'AgeBand',
    description: 'Age today, in bands: of the first agency, in their fixed order, that gives a day of birth.',
  },
  sex: {
    kind: 'ENUM',
    dimension: 'SEX',
    type: 'Sex',
    description: 'Sex, by the first agency that gives one.',
  },
  district: {
    kind: 'ENUM',
    dimension: 'DISTRICT',
    type: 'District',
    description: 'The district of the postcode that the first agency gives; each has 5,000 people or more.',
  },
} as const;

/** From which age each band begins. */
export const AGE_BANDS = [
  ['UNDER_5', 0],
  ['FROM_5_TO_10', 5],
  ['FROM_11_TO_15', 11],
  ['FROM_16_TO_17', 16],
  ['FROM_18_TO_24', 18],
  ['FROM_25_TO_34', 25],
  ['FROM_35_TO_49', 35],
  ['FROM_50_TO_64', 50],
  ['FROM_65', 65],
] as const;
export const SEXES = ['FEMALE', 'MALE', 'INDETERMINATE', 'UNKNOWN'] as const;

/**
 * What adapters can count and policies let be counted, made into words of the schema. Agencies in their fixed order. A
 * field that a policy opens later is in the schema from the next start on; one that it closes is refused at once.
 */
export function countablesOf(
  adapters: readonly AnyAdapter[],
  { agencies }: Pick<Policies, 'agencies'>,
  districts: readonly District[],
): Countables {
  const letCount = (agency: string, name: string) =>
    agencies.get(agency)?.aggregates?.share.includes(name) ?? false;
  const words = new Map<string, CountableWord>();
  const values = {
    ageBand: AGE_BANDS.map(([band]) => band),
    sex: SEXES,
    district: districts.map(({ id }) => id),
  };
  for (const field of ['ageBand', 'sex', 'district'] as const) {
    const name = `person.${field}`;
    const suppliers = adapters.filter(({ id }) => letCount(id, name)).map(({ id }) => [id, null] as const);
    if (suppliers.length > 0 && values[field].length > 0)
      words.set(name, {
        ...PERSON[field],
        section: 'person',
        field,
        name,
        values: values[field],
        suppliers: new Map(suppliers),
      });
  }
  for (const { id, countable = {} } of adapters)
    for (const [section, fields] of Object.entries(countable))
      for (const [field, form] of Object.entries(fields)) {
        const name = `${section}.${field}`;
        if (!letCount(id, name)) continue;
        const known = words.get(name);
        words.set(name, {
          section,
          field,
          name,
          dimension: dimensionOf(section, field),
          kind: form.kind,
          description: known ? known.description : form.description,
          type: form.type ?? null,
          values: [...new Set([...(known?.values ?? []), ...form.values])],
          suppliers: new Map([...(known?.suppliers ?? []), [id, form]]),
        });
      }
  return words;
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
/** `policeEvents`, `month` → `POLICE_EVENTS_MONTH`; what a field repeats of its section is said once. */
const dimensionOf = (section: string, field: string): string => `${snake(section)}_${snake(field)}`;

/** Features of the person index that a word is made from. */
export const featureOf = (name: string): string | null =>
  (PERSON_DIMENSIONS as Readonly<Record<string, string>>)[name] ?? null;
