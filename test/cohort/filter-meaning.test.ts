/** What a filter asks is what a person reads in it: held against a straightforward reading, over generated rows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findAdapters } from '../../src/adapters-found.ts';
import { countablesOf } from '../../src/cohort/countables.ts';
import { readDistricts } from '../../src/cohort/districts.ts';
import { type FilterInput, questionText, readQuestion } from '../../src/cohort/filter.ts';
import { type AtomFilter, atomFilter, isSingle, planCohort } from '../../src/cohort/plan.ts';
import { projectRoot } from '../../src/project-root.ts';
import { shippedPolicy } from '../sharing/support/shipped-policy.ts';

const TODAY = '2026-11-20';
const COUNTABLES = countablesOf(
  await findAdapters(projectRoot()),
  shippedPolicy(),
  readDistricts(projectRoot()),
);

/** A row of one section: a value of each field, or none. */
type Row = Readonly<Record<string, string | null>>;
interface Somebody {
  person: { ageBand: string; sex: string };
  policeEvents: readonly Row[];
  education: { attendanceBand: string | null };
  housing: { arrearsBand: string | null };
  benefits: readonly Row[];
}
const VALUES = (name: string) => COUNTABLES.get(name)?.values ?? [];
const oneOf = (name: string, most = 4) => fc.constantFrom(...VALUES(name).slice(0, most));
const MONTHS = ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11'];
const aMonth = fc.constantFrom(...MONTHS);
const orNone = (value: fc.Arbitrary<string>) => fc.option(value, { nil: null });

const somebody: fc.Arbitrary<Somebody> = fc.record({
  person: fc.record({ ageBand: oneOf('person.ageBand'), sex: oneOf('person.sex') }),
  policeEvents: fc.array(
    fc.record({
      category: orNone(oneOf('policeEvents.category')),
      role: orNone(oneOf('policeEvents.role')),
      month: orNone(aMonth),
    }),
    { maxLength: 3 },
  ),
  education: fc.record({ attendanceBand: orNone(oneOf('education.attendanceBand')) }),
  housing: fc.record({ arrearsBand: orNone(oneOf('housing.arrearsBand')) }),
  benefits: fc.array(fc.record({ activeSanction: fc.constantFrom('true', 'false', null) }), { maxLength: 2 }),
});

const enumTest = (name: string) =>
  fc.oneof(
    oneOf(name).map((is) => ({ is })),
    fc.uniqueArray(oneOf(name), { minLength: 1, maxLength: 3 }).map((list) => ({ in: list })),
  );
const monthTest = fc
  .tuple(aMonth, fc.option(aMonth, { nil: undefined }))
  .map(([from, to]) => (to === undefined ? { from } : from <= to ? { from, to } : { from: to, to: from }));
const some = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [] }).filter((one) => Object.keys(one).length > 0);
const section = some<Record<string, unknown>>({
  person: some<Record<string, unknown>>({ ageBand: enumTest('person.ageBand'), sex: enumTest('person.sex') }),
  policeEvents: some<Record<string, unknown>>({
    category: enumTest('policeEvents.category'),
    role: enumTest('policeEvents.role'),
    month: monthTest,
  }),
  education: fc.record({ attendanceBand: enumTest('education.attendanceBand') }),
  housing: fc.record({ arrearsBand: enumTest('housing.arrearsBand') }),
  benefits: fc.record({ activeSanction: fc.record({ is: fc.boolean() }) }),
});
const { filter } = fc.letrec<{ filter: FilterInput }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    section,
    fc.record({ not: tie('filter') }),
    fc.record({ all: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.tuple(section, tie('filter')).map(([own, inner]) => ({ ...own, not: inner })),
  ),
}));

/** What the filter says, read as a person would: everything named side by side holds, and of a section one row meets it all. */
function holds(where: FilterInput, one: Somebody): boolean {
  return Object.entries(where).every(([key, value]) => {
    if (key === 'not') return !holds(value as FilterInput, one);
    if (key === 'all') return (value as FilterInput[]).every((part) => holds(part, one));
    if (key === 'any') return (value as FilterInput[]).some((part) => holds(part, one));
    const rows = [one[key as keyof Somebody]].flat() as readonly Row[];
    return rows.some((row) =>
      Object.entries(value as FilterInput).every(([field, asked]) =>
        meets(row[field] ?? null, asked as never),
      ),
    );
  });
}
function meets(
  value: string | null,
  asked: { is?: string | boolean; in?: string[]; from?: string; to?: string },
): boolean {
  if (value === null) return false;
  if (asked.from !== undefined) return value >= asked.from && value <= (asked.to ?? TODAY.slice(0, 7));
  return asked.in ? asked.in.includes(value) : value === String(asked.is);
}

/** The same by the conditions that are counted: each looked at by itself. */
function counted(asked: AtomFilter, one: Somebody): boolean {
  if ('all' in asked) return asked.all.every((part) => counted(part, one));
  if ('any' in asked) return asked.any.some((part) => counted(part, one));
  if ('not' in asked) return !counted(asked.not, one);
  const { values } = asked.atom;
  const of = values[0]?.word.section as keyof Somebody;
  const rows = [one[of]].flat() as readonly Row[];
  return rows.some((row) => values.every(({ word, value }) => row[word.field] === value));
}

const read = (where: FilterInput) => readQuestion({ where, by: [] }, COUNTABLES, TODAY);

describe('a filter', () => {
  test('counts whom it says', () => {
    fc.assert(
      fc.property(filter, fc.array(somebody, { minLength: 1, maxLength: 12 }), (where, people) => {
        const conditions = atomFilter(read(where).where);
        for (const one of people) expect(counted(conditions, one)).toBe(holds(where, one));
      }),
      { numRuns: 400 },
    );
  });

  test('says the same in the register, and asks the same statements, in whatever order it is written', () => {
    const reversed = (input: unknown): unknown => {
      if (Array.isArray(input)) return input.map(reversed);
      if (typeof input !== 'object' || input === null) return input;
      return Object.fromEntries(
        Object.entries(input)
          .reverse()
          .map(([key, value]) => [key, reversed(value)]),
      );
    };
    const statements = (where: FilterInput) =>
      planCohort(read(where), () => true)
        .tables.map(({ agency, source, conditions }) =>
          [agency, source.table, ...conditions.map(({ atom }) => atom.name).toSorted()].join(' '),
        )
        .toSorted();
    fc.assert(
      fc.property(filter, (where) => {
        const other = reversed(where) as FilterInput;
        expect(statements(other)).toEqual(statements(where));
        const words = (one: FilterInput) =>
          questionText(read(one))
            .split(/[ (),]+/)
            .toSorted();
        expect(words(other)).toEqual(words(where));
      }),
      { numRuns: 200 },
    );
  });

  test('asks of each table once, and of nothing that it does not name', () => {
    fc.assert(
      fc.property(filter, (where) => {
        const { tables, atoms } = planCohort(read(where), () => true);
        const asked = tables.map(({ agency, source, parts }) =>
          JSON.stringify([agency, source.table, parts.length > 0]),
        );
        expect(new Set(asked).size).toBe(asked.length);
        const named = JSON.stringify(where);
        for (const { values } of atoms.values())
          for (const { word } of values) expect(named).toContain(`"${word.field}"`);
      }),
      { numRuns: 200 },
    );
  });

  test('takes no more than one value of what somebody has one of', () => {
    for (const word of COUNTABLES.values())
      expect(isSingle(word), word.name).toBe(word.section === 'person' || word.kind === 'BAND');
  });
});
