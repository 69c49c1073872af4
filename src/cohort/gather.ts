/**
 * Numbers the people of a count and finds out what is true of them, and of no more people than matter: whoever a row names,
 * everybody for whom the filter may hold, and of all others as many as it takes to know that no count is told with fewer than
 * ten beside it.
 */
import {
  type CohortQuestion,
  isInDoubt,
  mayHold,
  type UnreadPeople,
  whomItMayHoldFor,
} from '../counting/count-cohort.ts';
import { PeopleSet } from '../counting/people-set.ts';
import type { Found } from './found.ts';
import type { Numbered } from './numbered.ts';
import type { CountedPeople, PersonFeature } from './people.ts';

export interface Gathering {
  people: CountedPeople;
  /** Whoever is in no count. */
  hidden: ReadonlySet<string>;
  numbered: Numbered;
  found: Found;
  signal: AbortSignal;
}

/** Records and people of one look-up. */
const PART = 5_000;

/** The numbers of those whose records these are, in the order given; -1 for nobody, and for whoever is in no count. */
export async function numbersOf(
  records: readonly string[],
  agency: string,
  { people, hidden, numbered, signal }: Gathering,
): Promise<Int32Array> {
  const numbers = new Int32Array(records.length).fill(-1);
  await inParts(
    records,
    (part) => people.owners(agency, part),
    (owners, from) => {
      signal.throwIfAborted();
      for (const [at, person] of owners.entries())
        if (person !== null && !hidden.has(person)) numbers[from + at] = numbered.number(person);
    },
  );
  return numbers;
}

/** Asks for one part after the other, and takes an answer while the store works on the next. */
async function inParts<Asked extends ArrayLike<unknown> & { slice(from: number, to: number): Asked }, Answer>(
  all: Asked,
  ask: (part: Asked) => Promise<Answer>,
  take: (answer: Answer, from: number) => void,
): Promise<void> {
  const askFrom = (from: number) => (from < all.length ? ask(all.slice(from, from + PART)) : null);
  let asked = askFrom(0);
  for (let from = 0; asked !== null; from += PART) {
    const answer = await asked;
    asked = askFrom(from + PART);
    // Whoever fails here hears of it, and of the part that was asked for nobody needs to.
    asked?.catch(() => {});
    take(answer, from);
  }
}

/** So many people are read first who only stand beside a count, then twice as many, up to the most. */
const [FIRST_PAGE, LARGEST_PAGE] = [2_000, 20_000];

/**
 * Reads what the index holds of people: of everybody for whom the filter may hold, then of whoever else a row names, then of
 * those whom none names, until no count is in doubt. Gives those of whom everything is known.
 * @param agencies whose people are counted at all
 * @param question filter and dimensions, of so many people
 */
export async function readPeople(
  { people, hidden, numbered, found, signal }: Gathering,
  agencies: readonly string[],
  features: readonly PersonFeature[],
  question: (size: number) => Pick<CohortQuestion, 'where' | 'by'>,
): Promise<PeopleSet> {
  const words = features.map(({ word }) => word);
  const unnamed = {
    conditions: new Set(words.flatMap(({ name, values }) => values.map((value) => `${name}=${value}`))),
    dimensions: new Set(words.map(({ dimension }) => dimension)),
  };
  const named = PeopleSet.everybody(numbered.size);
  const { where } = question(named.size);
  const first = words.length === 0 ? named : whomItMayHoldFor(where, named, unnamed.conditions);
  await readFeatures(first.members());
  let later = named.without(first).members();
  const known = () => PeopleSet.everybody(numbered.size).without(PeopleSet.of(numbered.size, later));
  const isMissed = (unread?: UnreadPeople) =>
    isInDoubt({ universe: known(), recordKeys: () => 0, ...question(numbered.size) }, unread);
  // Whoever may be counted comes before whoever may only stand beside.
  const everybody = mayHold(where, unnamed.conditions);
  if (everybody) await readUnnamed(() => true);
  for (let limit = FIRST_PAGE; later.length > 0 && isMissed(); limit = Math.min(2 * limit, LARGEST_PAGE)) {
    await readFeatures(later.subarray(0, limit));
    later = later.subarray(limit);
  }
  if (!everybody) await readUnnamed(() => isMissed(unnamed));
  return known();

  async function readUnnamed(isNeeded: () => boolean): Promise<void> {
    let last: string | null = null;
    for (let limit = FIRST_PAGE; isNeeded(); limit = Math.min(2 * limit, LARGEST_PAGE)) {
      signal.throwIfAborted();
      const page: readonly string[] = await people.after(last, agencies, limit);
      const before = numbered.size;
      for (const person of page) if (!hidden.has(person)) numbered.number(person);
      await readFeatures(Int32Array.from({ length: numbered.size - before }, (_, at) => before + at));
      last = page.at(-1) ?? null;
      if (page.length < limit) return;
    }
  }

  async function readFeatures(numbers: Int32Array): Promise<void> {
    if (words.length === 0) return;
    await inParts(
      numbers,
      (part) => people.features(Array.from(part, (number) => numbered.person(number))),
      (places, from) => {
        signal.throwIfAborted();
        for (const [feature, { name, values }] of words.entries())
          for (const [at, place] of (places[feature] ?? []).entries()) {
            const [number, value] = [numbers[from + at], values[place]];
            if (number === undefined || value === undefined) continue;
            found.add(`${name}=${value}`, number);
            found.add(`by ${name}=${value}`, number);
          }
      },
    );
  }
}
