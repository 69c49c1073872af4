import type { GraphQLResolveInfo } from 'graphql';
import type { ReviewRecord, ReviewTask, SeenPerson } from '../person-index/review/types.ts';
import type { Subject } from '../person-index/types.ts';
import type { SectionAnswer } from './answers.ts';

export type Path = GraphQLResolveInfo['path'];

/** Which answer a place in the response belongs to, and for values of one agency, whose they are. */
export interface Located {
  answer: SectionAnswer;
  agency: string | null;
  /** Field names within the section, dotted; null where the query did not ask it of the section. */
  field: string | null;
}

/**
 * What stands where in one response: kept by the very path objects of the execution, so that no alias, fragment
 * or forged parent can make one person's field, or one agency's item, pass for another's.
 */
export class Ledger {
  /** People who stand in the response, whatever is asked of them. */
  readonly people = new Set<Subject>();
  /** Outcomes of searches. */
  readonly searches: string[] = [];
  /** How many ids and numbers were answered with nobody. */
  refusals = 0;
  /** One place for each section asked, in the order of the query; null until its agencies have answered. */
  readonly #places: (SectionAnswer | null)[] = [];
  readonly #sections = new WeakMap<Path, SectionAnswer>();
  readonly #origins = new WeakMap<Path, string | readonly string[]>();
  readonly #reviews = new WeakMap<Path, readonly ReviewTask[]>();
  /** People whose features stand in tasks of a review. */
  readonly reviewed: SeenPerson[] = [];

  /** Every section answered, in the order of the query, whichever agency was quicker. */
  get answers(): readonly SectionAnswer[] {
    return this.#places.filter((answer) => answer !== null);
  }

  /** Keeps the next place for a section that is about to be asked, and gives what its answer is to be handed to. */
  sectionAt(path: Path): (answer: SectionAnswer) => void {
    const place = this.#places.push(null) - 1;
    return (answer) => {
      this.#sections.set(path, answer);
      this.#places[place] = answer;
    };
  }

  /** `agencies`: of the value at this path, or of each item of the list at this path. */
  addOrigin(path: Path, agencies: string | readonly string[]): void {
    this.#origins.set(path, agencies);
  }

  /** Whose the item at `index` of the list at this path is. */
  originOf(list: Path, index: number): string {
    const origin = this.#origins.get(list)?.[index];
    if (!origin) throw new Error('A list was not assembled by this request');
    return origin;
  }

  /** What a review answered at this path. */
  addReview(path: Path, tasks: readonly ReviewTask[], seen: readonly SeenPerson[]): void {
    this.#reviews.set(path, tasks);
    this.reviewed.push(...seen);
  }

  /** Null where the path lies in no review that this request answered; else the record it lies in, if it does in one. */
  locateReview(path: Path): { record: ReviewRecord | null } | null {
    const places: number[] = [];
    for (let at: Path | undefined = path; at; at = at.prev) {
      const tasks = this.#reviews.get(at);
      const [task = -1, side = -1, record = -1] = places;
      if (tasks) return { record: tasks[task]?.sides[side]?.records[record] ?? null };
      if (typeof at.key === 'number') places.unshift(at.key);
    }
    return null;
  }

  /** Null where the path lies in no section that this request has answered. */
  locate(path: Path): Located | null {
    let agency: string | null = null;
    let response = '';
    for (let at: Path = path; at.prev; at = at.prev) {
      if (typeof at.key === 'string') response = response ? `${at.key}.${response}` : at.key;
      const origin = this.#origins.get(at.prev);
      if (agency === null && origin !== undefined) {
        agency = typeof origin === 'string' ? origin : (typeof at.key === 'number' && origin[at.key]) || null;
      }
      const answer = this.#sections.get(at.prev);
      if (answer) return { answer, agency, field: answer.asked.names.get(response) ?? null };
    }
    return null;
  }
}
