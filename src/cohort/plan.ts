import type {
  AnyTables,
  CountableField,
  CountablePart,
  PlainDate,
  TableSource,
} from '../../adapters/contract.ts';
import type { CountableWord } from './countables.ts';
import { type CohortQuestion, type FieldTest, type Filter, testsOf } from './filter.ts';

export type Part = CountablePart<AnyTables>;
export type Form = CountableField<AnyTables>;

/** A row that meets all of these has the bit. */
export interface TableCondition {
  tests: readonly { part: Part; accepts: FieldTest['accepts'] }[];
}

/** What one statement reads of one table of an agency: of each row which conditions it meets, and its values. */
export interface TablePlan {
  agency: string;
  source: TableSource<AnyTables>;
  /** Of each person's rows together a share is counted, in bands. */
  shares: boolean;
  conditions: TableCondition[];
  dimensions: { relation: Relation; parts: readonly (Part | null)[]; restrictedTo: number[] } | null;
}

/** Dimensions that are read from the same rows: people are grouped by the values that one row has together. */
export interface Relation {
  words: readonly CountableWord[];
}

/** A condition on rows as the person who has them: met where a row of one of these tables has the bit, of every group. */
export type PersonCondition = readonly (readonly (readonly { table: TablePlan; bit: number }[])[])[];

export interface CohortPlan {
  tables: readonly TablePlan[];
  /** Of each condition of the filter, in the order of `testsOf`: one of these agencies' rows meets it. Null of `person`. */
  conditions: readonly (PersonCondition | null)[];
  relations: readonly Relation[];
  /** What is asked of the person index. */
  person: readonly CountableWord[];
}

/**
 * Which tables have to be read, each once. `allowed`: whether an agency may be asked a field; what it may not is left out
 * here and named elsewhere.
 */
export function planCohort(
  { where, by }: CohortQuestion,
  allowed: (agency: string, word: CountableWord) => boolean,
): CohortPlan {
  const tables = new Map<string, TablePlan>();
  const found = testsOf(where);
  const ofPerson = (word: CountableWord) => word.section === 'person';
  const tableOf = (agency: string, part: Part): TablePlan => {
    const key = `${agency} ${tableKey(part)}`;
    const plan = tables.get(key) ?? {
      ...{ agency, source: part.source, shares: 'bands' in part },
      ...{ conditions: [], dimensions: null },
    };
    tables.set(key, plan);
    return plan;
  };
  const bitsOf = new Map<string, number[]>();
  const conditions = found.map(({ rows: { section, tests }, wanted }): PersonCondition | null => {
    if (section === 'person') return null;
    return agenciesOf(tests).map((agency) =>
      [...groups(agency, tests).values()].map((group) => {
        const partsOf = (test: FieldTest) => formOf(test.word, agency).parts;
        const [first] = group;
        return (first ? partsOf(first) : []).flatMap((one, at) => {
          const each = group.map((test) => ({ part: partsOf(test)[at] as Part, accepts: test.accepts }));
          if (!each.every(({ part, accepts }) => canMeet(part, accepts))) return [];
          const table = tableOf(agency, one);
          table.conditions.push({ tests: each });
          const bit = table.conditions.length - 1;
          const key = `${agency} ${tableKey(one)}`;
          if (wanted) bitsOf.set(key, [...(bitsOf.get(key) ?? []), bit]);
          return [{ table, bit }];
        });
      }),
    );
  });
  const relations = relationsOf(by.filter((word) => !ofPerson(word)));
  for (const relation of relations) {
    const [first] = relation.words;
    for (const agency of first ? [...first.suppliers.keys()].filter((one) => allowed(one, first)) : [])
      for (const [at, part] of formOf(first as CountableWord, agency).parts.entries()) {
        const table = tableOf(agency, part);
        const parts = relation.words.map((word) =>
          allowed(agency, word) ? (formOf(word, agency).parts[at] ?? null) : null,
        );
        const key = `${agency} ${tableKey(part)}`;
        table.dimensions = { relation, parts, restrictedTo: bitsOf.get(key) ?? [] };
      }
  }
  const person = [
    ...new Set([...found.flatMap(({ rows }) => rows.tests.map(({ word }) => word)), ...by].filter(ofPerson)),
  ];
  return { tables: [...tables.values()], conditions, relations, person };

  function agenciesOf(tests: readonly FieldTest[]): string[] {
    const [first] = tests;
    return first
      ? [...first.word.suppliers.keys()].filter((agency) =>
          tests.every(({ word }) => word.suppliers.has(agency) && allowed(agency, word)),
        )
      : [];
  }
}

/** Tests of fields that stand in the same tables belong to the same row; others are met by rows of their own. */
function groups(agency: string, tests: readonly FieldTest[]): Map<string, FieldTest[]> {
  const found = new Map<string, FieldTest[]>();
  for (const test of tests) {
    const key = placeOf(test.word, agency);
    found.set(key, [...(found.get(key) ?? []), test]);
  }
  return found;
}

function relationsOf(by: readonly CountableWord[]): Relation[] {
  const found = new Map<string, CountableWord[]>();
  for (const word of by) {
    const key = JSON.stringify([...word.suppliers.keys()].map((agency) => [agency, placeOf(word, agency)]));
    found.set(key, [...(found.get(key) ?? []), word]);
  }
  return [...found.values()].map((words) => ({ words }));
}

const formOf = (word: CountableWord, agency: string): Form => {
  const form = word.suppliers.get(agency);
  if (!form) throw new Error(`${agency} has no form of ${word.name}`);
  return form;
};
const placeOf = (word: CountableWord, agency: string): string =>
  JSON.stringify(formOf(word, agency).parts.map(tableKey));
/** The same for parts that one statement reads. */
const tableKey = (part: Part): string =>
  JSON.stringify([part.source.table, part.source.join ?? [], part.source.person, 'bands' in part]);

/** Whether any row of a part can have one of the values. */
function canMeet(part: Part, accepts: FieldTest['accepts']): boolean {
  if (!('values' in accepts)) return true;
  const values = valuesOf(part, '2000-01-01');
  return accepts.values.some((value) => values.includes(value));
}

export const valuesOf = (part: Part, today: PlainDate): readonly string[] =>
  'cases' in part
    ? Object.keys(part.cases(today))
    : 'bands' in part
      ? part.bands.map(({ value }) => value)
      : [];

export type { Filter };
