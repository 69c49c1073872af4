import type { AnyTables, CountableField, CountablePart, TableSource } from '../../adapters/contract.ts';
import type { CountableWord } from './countables.ts';
import { type CohortQuestion, type FieldTest, type Filter, testsOf } from './filter.ts';

export type Part = CountablePart<AnyTables>;

/** A value of each of some fields that one row has together: what is counted as one condition. */
export interface Atom {
  /** The same however it is asked: `policeEvents.category=DOMESTIC_ABUSE`. */
  name: string;
  values: readonly { word: CountableWord; value: string }[];
}

/** What one statement reads of one table of an agency. */
export interface TablePlan {
  agency: string;
  source: TableSource<AnyTables>;
  /** Every value that is looked at, once. */
  parts: Part[];
  /** Of each condition which of `parts` has which value in a row that meets it. */
  conditions: { atom: Atom; values: readonly { part: number; value: string }[] }[];
  /** Of each dimension which of `parts` gives its values. */
  dimensions: { word: CountableWord; part: number }[];
  /**
   * Bits of the conditions that the values of dimensions are narrowed to, of whoever has rows that meet one; none for all
   * rows.
   */
  narrowedTo: number[];
}

export interface CohortPlan {
  tables: readonly TablePlan[];
  /** Every condition that has to be known, by its name. */
  atoms: ReadonlyMap<string, Atom>;
  /** What is asked of the person index. */
  person: readonly CountableWord[];
}

/** Conditions as they are counted: `rows` in terms of atoms. */
export type AtomFilter =
  | { all: readonly AtomFilter[] }
  | { any: readonly AtomFilter[] }
  | { not: AtomFilter }
  | { atom: Atom; negated: boolean };

/** Whether somebody has at most one value of it, so that its conditions exclude each other. */
export const isSingle = ({ section, kind }: CountableWord): boolean =>
  section === 'person' || kind === 'BAND';

/** The filter with each value of a field as a condition of its own; values of fields that one row has together, together. */
export function atomFilter(filter: Filter, negated = false): AtomFilter {
  if ('all' in filter) return { all: filter.all.map((one) => atomFilter(one, negated)) };
  if ('any' in filter) return { any: filter.any.map((one) => atomFilter(one, negated)) };
  if ('not' in filter) return { not: atomFilter(filter.not, !negated) };
  const rows = [...togetherIn(filter.rows.tests).values()].map((tests): AtomFilter => {
    const any = atomsOf(tests).map((atom): AtomFilter => ({ atom, negated }));
    return any.length === 1 && any[0] ? any[0] : { any };
  });
  return rows.length === 1 && rows[0] ? rows[0] : { all: rows };
}

/** A condition for each combination of values that the tests accept. */
function atomsOf(tests: readonly FieldTest[]): Atom[] {
  let all: Atom['values'][] = [[]];
  for (const { word, values } of tests)
    all = all.flatMap((before) => values.map((value) => [...before, { word, value }]));
  return all.map(atomOf);
}

export function atomOf(values: Atom['values']): Atom {
  const inOrder = values.toSorted((one, other) => (one.word.name < other.word.name ? -1 : 1));
  return { name: inOrder.map(({ word, value }) => `${word.name}=${value}`).join(' & '), values: inOrder };
}

/** Tests of fields that stand in the same rows belong together; others are met by rows of their own, or by the index. */
function togetherIn(tests: readonly FieldTest[]): Map<string, FieldTest[]> {
  const found = new Map<string, FieldTest[]>();
  for (const test of tests) {
    const key = test.word.section === 'person' ? test.word.name : placeOf(test.word);
    found.set(key, [...(found.get(key) ?? []), test]);
  }
  return found;
}

/**
 * Which tables have to be read, each once. `allowed`: whether an agency may be asked a field; what it may not is left out
 * here and named elsewhere.
 */
export function planCohort(
  { where, by }: CohortQuestion,
  allowed: (agency: string, word: CountableWord) => boolean,
): CohortPlan {
  const wanted = new Set<string>();
  const atoms = new Map<string, Atom>();
  const add = (atom: Atom) => void atoms.set(atom.name, atoms.get(atom.name) ?? atom);
  for (const { atom, negated } of leaves(atomFilter(where))) {
    add(atom);
    if (!negated) wanted.add(atom.name);
    const [only, ...more] = atom.values;
    // Leaving one value out counts like asking for all others.
    if (negated && only && more.length === 0 && isSingle(only.word))
      for (const value of only.word.values) add(atomOf([{ word: only.word, value }]));
  }
  const tables = new Map<string, TablePlan>();
  const planOf = (agency: string, part: Part): TablePlan => {
    const key = `${agency} ${tableKey(part)}`;
    const made: TablePlan = tables.get(key) ?? {
      ...{ agency, source: part.source, parts: [] },
      ...{ conditions: [], dimensions: [], narrowedTo: [] },
    };
    tables.set(key, made);
    return made;
  };
  const partIn = (plan: TablePlan, part: Part): number => {
    const at = plan.parts.indexOf(part);
    return at >= 0 ? at : plan.parts.push(part) - 1;
  };
  for (const atom of atoms.values())
    for (const agency of suppliersOf(atom, allowed)) {
      const [first] = atom.values;
      for (const [at, part] of (first ? formOf(first.word, agency).parts : []).entries()) {
        const values = atom.values.map(({ word, value }) => ({
          part: formOf(word, agency).parts[at] as Part,
          value,
        }));
        if (!values.every(({ part: one, value }) => canBe(one, value))) continue;
        const plan = planOf(agency, part);
        plan.conditions.push({
          atom,
          values: values.map(({ part: one, value }) => ({ part: partIn(plan, one), value })),
        });
        if (wanted.has(atom.name)) plan.narrowedTo.push(plan.conditions.length - 1);
      }
    }
  for (const word of by.filter(({ section }) => section !== 'person'))
    for (const agency of [...word.suppliers.keys()].filter((one) => allowed(one, word)))
      for (const part of formOf(word, agency).parts) {
        const plan = planOf(agency, part);
        plan.dimensions.push({ word, part: partIn(plan, part) });
      }
  const words = [...testsOf(where).flatMap(({ rows }) => rows.tests.map(({ word }) => word)), ...by];
  const person = [...new Set(words.filter(({ section }) => section === 'person'))];
  return { tables: [...tables.values()], atoms, person };
}

/** Every condition of the filter, and whether it stands under a `not`. */
export function leaves(filter: AtomFilter): { atom: Atom; negated: boolean }[] {
  if ('all' in filter) return filter.all.flatMap(leaves);
  if ('any' in filter) return filter.any.flatMap(leaves);
  return 'not' in filter ? leaves(filter.not) : [filter];
}

const suppliersOf = (
  { values }: Atom,
  allowed: (agency: string, word: CountableWord) => boolean,
): string[] => {
  const [first] = values;
  if (!first || first.word.section === 'person') return [];
  return [...first.word.suppliers.keys()].filter((agency) =>
    values.every(({ word }) => word.suppliers.has(agency) && allowed(agency, word)),
  );
};

function formOf(word: CountableWord, agency: string): CountableField<AnyTables> {
  const form = word.suppliers.get(agency);
  if (!form) throw new Error(`${agency} has no form of ${word.name}`);
  return form;
}

const placeOf = ({ suppliers }: CountableWord): string =>
  JSON.stringify([...suppliers].map(([agency, form]) => [agency, (form?.parts ?? []).map(tableKey)]));

/** The same for parts that one statement reads: rows of one table, or shares of them. */
const tableKey = (part: Part): string =>
  JSON.stringify([part.source.table, part.source.join ?? [], part.source.person, 'bands' in part]);

const canBe = (part: Part, value: string): boolean =>
  'month' in part ||
  ('cases' in part ? Object.keys(part.cases('2000-01-01')) : part.bands.map((band) => band.value)).includes(
    value,
  );
