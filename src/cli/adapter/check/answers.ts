import { partsOf } from '../../../../adapters/contract.ts';
import { failureOf } from '../../../compile/dialects/failure.ts';
import { AgencyUnavailableError } from '../../../compile/run/errors.ts';
import { tableKey } from '../../../compile/sql/any-table.ts';
import { askAgency, wholeDocument } from '../../../conformance/ask-agency.ts';
import { recordsInPages } from '../../../conformance/feed-rules.ts';
import { STRANGE_KEYS } from '../../../conformance/strange-keys.ts';
import type { Check, Source } from './source.ts';

/** People asked for at once. */
const KEYS = 200;

type Section = Readonly<Record<string, unknown>> & { key: string; present: boolean; asOf: string | null };
type Sections = Readonly<Record<string, readonly Section[]>>;

/** Asks everything of these records, as the gateway would, and keeps which statements ran and what could not be read. */
async function ask({ adapter, sdl, database, now }: Source, keys: readonly string[]) {
  const statements: string[] = [];
  const notes = new Map<string, number>();
  const query: Source['database']['query'] = (statement, options) => {
    statements.push(statement.sql);
    return database.query(statement, options);
  };
  const note = (problem: string) => void notes.set(problem, (notes.get(problem) ?? 0) + 1);
  const asking = { now, variables: { keys }, note };
  const counted = { dialect: database.dialect, query };
  const answer = await askAgency({ adapter, sdl, database: counted }, wholeDocument(sdl), asking);
  return { answer: answer as Sections, statements, notes };
}

const keysOf = async ({ adapter, db }: Source): Promise<string[]> =>
  (await recordsInPages(adapter, db, { limit: KEYS, most: KEYS })).map(({ record }) => record);

const NOBODY = { warned: ['the feed has no records, so nobody could be asked for'] };

/** Many people are answered as each alone is, in the order in which they are asked for. */
export const batches: Check = {
  id: 'batches',
  name: 'answers in batches, in order',
  async run(source) {
    const keys = await keysOf(source);
    if (keys.length === 0) return NOBODY;
    let faults: readonly string[] = [];
    // Somebody may have changed a row between two questions; not every time.
    for (let attempt = 0; attempt < 3; attempt += 1) {
      faults = await differing(source, keys);
      if (faults.length === 0) break;
    }
    return { failed: faults, says: `${keys.length} people at once are answered as they are alone` };
  },
};

async function differing(source: Source, keys: readonly string[]): Promise<readonly string[]> {
  const asked = [keys, keys.toReversed(), ...keys.slice(0, 3).map((key) => [key])];
  const faults = new Set<string>();
  const first = new Map<string, string>();
  for (const some of asked) {
    const { answer } = await ask(source, some);
    for (const [section, answers] of Object.entries(answer)) {
      const order = answers.map((one) => one?.key);
      if (order.join('\n') !== some.join('\n'))
        faults.add(`${section}: not one answer for each key, in order`);
      for (const one of answers) {
        const place = `${section} ${one?.key}`;
        const text = JSON.stringify(one);
        if ((first.get(place) ?? text) !== text)
          faults.add(`${section}: another answer when asked otherwise`);
        first.set(place, first.get(place) ?? text);
      }
    }
  }
  return [...faults];
}

/** However many people are asked for, each table is read once. */
export const statements: Check = {
  id: 'statements',
  name: 'one statement for each table',
  async run(source) {
    const keys = await keysOf(source);
    if (keys.length === 0) return NOBODY;
    const { sections, sites } = source.adapter;
    const parts = Object.values(sections).flatMap((fields) => Object.values(fields).flatMap(partsOf));
    const read = [...parts.map((part) => part.source), ...(sites ? [sites.people] : [])];
    const most = new Set(read.map(tableKey)).size;
    const [many, one] = [await ask(source, keys), await ask(source, keys.slice(0, 1))];
    const counts = [many, one].map((each) => each.statements.length) as [number, number];
    const over = counts.some((count) => count > most) || counts[0] !== counts[1];
    return {
      failed: over
        ? [`${counts[0]} statements for ${keys.length} people and ${counts[1]} for one, of ${most} tables`]
        : [],
      says: `${counts[0]} statements, for one person and for ${keys.length}`,
    };
  },
};

/** As the executor notes a value that is of another type than the schema has. */
const MISFIT = /: (is not an? \w+|could not be decoded)$/;

/** Every value is of the type that the schema promises, and every row says how old it is. */
export const values: Check = {
  id: 'values',
  name: 'values, and as of when',
  async run(source) {
    const keys = await keysOf(source);
    if (keys.length === 0) return NOBODY;
    const { answer, notes } = await ask(source, keys);
    const all = Object.values(answer)
      .flat()
      .filter((one) => one?.present);
    const undated = all.filter((one) => one.asOf === null).length;
    const told = [...notes].map(([problem, times]) => ({ problem, text: `${problem} (${times} times)` }));
    // What a decoder gives that the schema does not have is the adapter's fault, whatever stands in the row.
    const misfits = told.filter(({ problem }) => MISFIT.test(problem));
    const unread = told.filter(({ problem }) => !MISFIT.test(problem));
    return {
      failed: misfits.map(({ text }) => text),
      warned: [
        ...(undated > 0 ? [`${undated} of ${all.length} answers do not say as of when they are`] : []),
        ...unread.map(({ text }) => text),
      ],
      says: `${all.length} answers are as the schema promises, and say as of when`,
    };
  },
};

/** What is no key finds nobody, and never becomes part of a statement's text. */
export const strangeKeys: Check = {
  id: 'injection',
  name: 'injection in keys',
  async run(source) {
    const faults = new Set<string>();
    for (const key of STRANGE_KEYS) {
      try {
        const { answer, statements: ran } = await ask(source, [key]);
        if (ran.some((text) => text.includes(key) && key.length > 2))
          faults.add(`${JSON.stringify(key)} stands in the text of a statement`);
        for (const [section, answers] of Object.entries(answer))
          if (answers.some((one) => one?.present))
            faults.add(`${section}: ${JSON.stringify(key)} finds somebody`);
      } catch (error) {
        // A column of numbers takes no such text: the database says so, and reads nothing.
        if (!(error instanceof AgencyUnavailableError) || failureOf(error.cause).server) throw error;
      }
    }
    return { failed: [...faults], says: `${STRANGE_KEYS.length} strange keys find nobody in any section` };
  },
};
