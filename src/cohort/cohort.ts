/** Counts people by conditions and dimensions over several agencies: nothing but counts comes out, and nothing is kept. */
import { type AgencyId, type AnyAdapter, localText } from '../../adapters/contract.ts';
import { assertCountable } from '../compile/plan/lock.ts';
import type { AgencyDatabase } from '../compile/run/agency-database.ts';
import { AgencyUnavailableError } from '../compile/run/errors.ts';
import type { FeedState } from '../person-index/records/types.ts';
import { agenciesCounted, type CountingQuestion, countingStops } from '../sharing/rules/counting.ts';
import { type Count, suppressedCount } from '../sharing/suppressed.ts';
import type { OutageReason, WithheldReason } from '../states.ts';
import type { StoreDatabase } from '../store/tables.ts';
import type { Countables, CountableWord } from './countables.ts';
import type { District } from './districts.ts';
import { PeopleSet, whoMeets } from './evaluate.ts';
import { type CohortQuestion, type Filter, testsOf, wordsOf } from './filter.ts';
import { groupsOf, Tuples } from './groups.ts';
import { CohortPeople, everybody, hiddenPeople, peopleOf, personValues } from './people.ts';
import { type CohortPlan, planCohort, type TablePlan } from './plan.ts';
import { tableStatement, unreadableStatement } from './statements.ts';

export interface CohortParts {
  store: StoreDatabase;
  agencies: ReadonlyMap<string, { adapter: AnyAdapter; database: Pick<AgencyDatabase, 'query'> }>;
  countables: Countables;
  districts: readonly District[];
  /** How fresh the index is of each agency: of one that is overdue nobody knows whose its records are. */
  feeds(now: Date): Promise<ReadonlyMap<AgencyId, FeedState>>;
}

/** What one agency said of one section. */
export interface CohortSource {
  agency: string;
  section: string;
  state: 'DISCLOSED' | 'WITHHELD' | 'UNAVAILABLE';
  reason: WithheldReason | OutageReason | null;
  asOf: Date | null;
}

export interface CohortAnswer {
  people: Count;
  /** Values in the order of the dimensions. */
  groups: readonly { values: readonly (string | null)[]; people: Count }[];
  sources: readonly CohortSource[];
}

/** Who asks: what policy lets them count, and whom they are kept from. */
export interface CohortAsking extends CountingQuestion {
  /** Ids of people who are kept from the caller. */
  kept: readonly string[];
  signal: AbortSignal;
}

export interface Cohorts {
  readonly countables: Countables;
  /** When the agency's feed to the person index was last complete. */
  asOf(agency: string, now: Date): Promise<Date | null>;
  /** Rejects with whatever the store throws; agencies that fail are told of in `sources`. */
  count(question: CohortQuestion, asking: CohortAsking): Promise<CohortAnswer>;
  /** How many people have something in this field that nobody can read; null where its agency may not or cannot be asked. */
  unreadable(word: CountableWord, agency: string, asking: CohortAsking): Promise<Count | null>;
}

const NOBODY: Count = { value: null, suppressed: true };

export function createCohorts(parts: CohortParts): Cohorts {
  const { store, agencies, countables } = parts;
  const todayOf = (now: Date) => localText(now).slice(0, 10);
  const optOuts = ({ policy }: CohortAsking, agency: string) =>
    policy.agencies.get(agency)?.aggregates?.basis.kind === 'OPT_OUTS';

  async function hiddenFrom({ kept }: CohortAsking): Promise<ReadonlySet<string>> {
    return new Set([...(await hiddenPeople(store)), ...kept]);
  }

  return {
    countables,
    asOf: async (agency, now) => (await parts.feeds(now)).get(agency as AgencyId)?.asOf ?? null,
    async count(question, asking) {
      const { now } = asking;
      const feeds = await parts.feeds(now);
      const sources = new Map<string, CohortSource>();
      for (const word of wordsOf(question))
        for (const agency of word.suppliers.keys()) {
          const key = JSON.stringify([agency, word.section]);
          const stops = countingStops(asking, agency, word.name);
          const feed = feeds.get(agency as AgencyId);
          const missing = stops === null && (feed === undefined || feed.overdue || feed.matching);
          const said: CohortSource = {
            ...{ agency, section: word.section },
            state: stops ? 'WITHHELD' : missing ? 'UNAVAILABLE' : 'DISCLOSED',
            reason: stops ?? (missing ? 'FAILED' : null),
            asOf: stops ? null : (feed?.asOf ?? null),
          };
          const before = sources.get(key);
          if (!before || before.state === 'DISCLOSED') sources.set(key, said);
        }
      const plan = planCohort(question, (agency, word) => countingStops(asking, agency, word.name) === null);
      const people = new CohortPeople(await hiddenFrom(asking));
      const read = await readAll(plan, question, people, asking, (agency, section, reason) => {
        const key = JSON.stringify([agency, section]);
        const before = sources.get(key);
        if (before) sources.set(key, { ...before, state: 'UNAVAILABLE', reason, asOf: null });
      });
      const all = [...sources.values()];
      const silent = all.filter(({ state }) => state !== 'DISCLOSED');
      const inFilter = new Set(testsOf(question.where).map(({ rows }) => rows.section));
      if (silent.some(({ section }) => inFilter.has(section)))
        return { people: NOBODY, groups: [], sources: all };
      const meeting = whoMeets(
        question.where,
        read.conditions.map((one) => one.words(people.size)),
        people.size,
      );
      const groups = silent.length > 0 ? [] : groupsOf(question.by, read.relations, meeting, people.size);
      let total = 0;
      for (let number = 0; number < people.size; number += 1)
        if (((meeting[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0) total += 1;
      return {
        people: suppressedCount(total),
        groups: groups.map(({ values, numbers }) => ({ values, people: suppressedCount(numbers.length) })),
        sources: all,
      };
    },
    async unreadable(word, agency, asking) {
      const form = word.suppliers.get(agency);
      const entry = agencies.get(agency);
      if (!form || !entry || countingStops(asking, agency, word.name) !== null) return null;
      const people = new CohortPeople(await hiddenFrom(asking));
      const found = new PeopleSet();
      try {
        for (const part of form.parts) {
          const statement = unreadableStatement(
            part,
            todayOf(asking.now),
            entry.adapter,
            optOuts(asking, agency),
          );
          const rows = await entry.database.query(statement, asking);
          for (const number of await numbersOf(agency, rows, people)) if (number >= 0) found.add(number);
        }
      } catch (error) {
        if (error instanceof AgencyUnavailableError) return null;
        throw error;
      }
      let count = 0;
      for (let number = 0; number < people.size; number += 1) if (found.has(number)) count += 1;
      return suppressedCount(count);
    },
  };

  async function numbersOf(
    agency: string,
    rows: readonly Readonly<Record<string, unknown>>[],
    people: CohortPeople,
  ): Promise<number[]> {
    const owners = await peopleOf(
      store,
      agency,
      rows.map((row) => String(row.key)),
    );
    return owners.map((person) => (person === null ? -1 : people.number(person)));
  }

  async function readAll(
    plan: CohortPlan,
    question: CohortQuestion,
    people: CohortPeople,
    asking: CohortAsking,
    silent: (agency: string, section: string, reason: OutageReason) => void,
  ) {
    const today = todayOf(asking.now);
    const met = new Map<TablePlan, PeopleSet[]>(
      plan.tables.map((table) => [table, table.conditions.map(() => new PeopleSet())]),
    );
    const tuples = new Map(plan.relations.map((relation) => [relation, new Tuples()]));
    const universe = needsEverybody(question.where) ? await everybody(store, agenciesCounted(asking)) : [];
    for (const person of universe) people.number(person);
    const persons = new Map<string, Map<number, string>>();
    for (const word of plan.person) {
      const allowed = [...word.suppliers.keys()].filter(
        (one) => countingStops(asking, one, word.name) === null,
      );
      const values = await personValues(store, word, allowed, { today, districts: parts.districts });
      const byNumber = new Map<number, string>();
      for (const { person, value } of values) {
        const number = people.number(person);
        if (number >= 0) byNumber.set(number, value);
      }
      persons.set(word.name, byNumber);
    }
    await Promise.all(
      plan.tables.map(async (table) => {
        const entry = agencies.get(table.agency);
        const words = wordsOf(question).filter((word) => word.suppliers.has(table.agency));
        assertCountable(
          table.agency,
          words
            .filter((word) => countingStops(asking, table.agency, word.name) === null)
            .map(({ name }) => name),
          asking.policy.agencies.get(table.agency)?.aggregates?.share ?? [],
        );
        if (!entry) return;
        try {
          const statement = tableStatement(table, today, entry.adapter, optOuts(asking, table.agency));
          const rows = await entry.database.query(statement, asking);
          const numbers = await numbersOf(table.agency, rows, people);
          const sets = met.get(table) ?? [];
          const relation = table.dimensions && tuples.get(table.dimensions.relation);
          const restricted = (table.dimensions?.restrictedTo ?? []).reduce((mask, bit) => mask + 2 ** bit, 0);
          for (const [at, row] of rows.entries()) {
            const number = numbers[at] ?? -1;
            if (number < 0) continue;
            const bits = Number(row.met);
            for (const [bit, set] of sets.entries())
              if (Math.floor(bits / 2 ** bit) % 2 === 1) set.add(number);
            if (relation && (restricted === 0 || overlaps(bits, restricted)))
              relation.add(
                number,
                (table.dimensions?.parts ?? []).map((_, dimension) => textOf(row[`d${dimension}`])),
              );
          }
        } catch (error) {
          if (!(error instanceof AgencyUnavailableError)) throw error;
          asking.signal.throwIfAborted();
          for (const word of words)
            silent(table.agency, word.section, error.reason === 'TOO_LARGE' ? 'FAILED' : error.reason);
        }
      }),
    );
    const conditions = testsOf(question.where).map(({ rows }, at): PeopleSet => {
      const set = new PeopleSet(people.size);
      const ofPerson = plan.conditions[at];
      for (let number = 0; number < people.size; number += 1) {
        const meets =
          ofPerson === null || ofPerson === undefined
            ? rows.tests.every(({ word, accepts }) => {
                const value = persons.get(word.name)?.get(number);
                return value !== undefined && 'values' in accepts && accepts.values.includes(value);
              })
            : ofPerson.some((groups) =>
                groups.every((each) =>
                  each.some(({ table, bit }) => met.get(table)?.[bit]?.has(number) ?? false),
                ),
              );
        if (meets) set.add(number);
      }
      return set;
    });
    const relations = [
      ...[...tuples].map(([{ words }, found]) => ({ words, valuesOf: (number: number) => found.of(number) })),
      ...plan.person
        .filter((word) => question.by.includes(word))
        .map((word) => ({
          words: [word],
          valuesOf: (number: number) => [[persons.get(word.name)?.get(number) ?? null]],
        })),
    ];
    return { conditions, relations };
  }
}

const textOf = (cell: unknown): string | null => (cell === null || cell === undefined ? null : String(cell));
function overlaps(bits: number, mask: number): boolean {
  for (let bit = 1; bit <= mask; bit *= 2)
    if (Math.floor(mask / bit) % 2 === 1 && Math.floor(bits / bit) % 2 === 1) return true;
  return false;
}

/** Whether somebody may be counted of whom no row is read: those who do not meet something, and those whom the index describes. */
const needsEverybody = (where: Filter): boolean =>
  testsOf(where).some(({ rows, wanted }) => !wanted || rows.section === 'person');
