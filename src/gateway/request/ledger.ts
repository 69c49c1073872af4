import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import type { Subject } from '../../person-index/records/types.ts';
import type { ReviewRecord, ReviewTask, SeenPerson } from '../../person-index/review/types.ts';
import type { OutageReason } from '../../states.ts';
import type { AgencyAnswer, SectionAnswer } from './answers.ts';
import { inDocumentOrder, type ResponsePath } from './document-order.ts';

export type InfoPath = GraphQLResolveInfo['path'];

/** A response path from its start. */
export function pathKeys(path: InfoPath): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: InfoPath | undefined = path; at; at = at.prev) keys.unshift(at.key);
  return keys;
}

/** Which answer a place in the response belongs to, and for values of one agency, whose they are. */
export interface Located {
  answer: SectionAnswer;
  agency: string | null;
  /** Field names within the section, dotted; null where the query did not ask it of the section. */
  field: string | null;
}

/** An event in a timeline: which section's answer it is of, whose it is, and which field of the section stands at a response key. */
export interface PlacedEvent {
  answer: SectionAnswer;
  agency: string;
  /** `response`: keys below the timeline, dotted, without places in lists. Null for what is of no field of the section. */
  fieldAt(response: string): string | null;
}

/** What one response holds, in the order of its places, whichever agency was quicker. */
export interface Contents {
  /** People who stand in the response, whatever is asked of them; each once. */
  people: readonly Subject[];
  answers: readonly SectionAnswer[];
  searches: readonly SearchMade[];
  notLookedAt: readonly NotLookedAt[];
  /** People whose features stand in tasks of a review. */
  reviewed: readonly SeenPerson[];
  /** Values that are null because an agency's data could not be read. */
  unreadable: readonly Placed<Unreadable>[];
}

/** A value that could not be read, with the agency whose it is. */
export interface Unreadable {
  section: SectionAnswer;
  answer: AgencyAnswer;
}

/** One search of a request: an entry of the register, whatever comes of it. */
export interface SearchMade {
  readonly field: 'findPeople' | 'personByIdentifier';
  /** The outcome; REFUSED where it was not run, and UNAVAILABLE until there is an outcome or if there never is. */
  state: string;
  /** Why it was refused: which limit, or the code of the error. */
  reason: string | null;
}

/** An agency that a look-up at this path had to do without. */
export interface NotLookedAt {
  path: ResponsePath;
  agency: string;
  reason: Exclude<OutageReason, 'TIMED_OUT'>;
}

export interface Placed<Value> {
  path: ResponsePath;
  value: Value;
}

/** Of a search that was refused by a limit, or for what was asked; nothing of one that failed. */
function refusalOf(error: unknown): Partial<Pick<SearchMade, 'state' | 'reason'>> {
  const { code, limit } = error instanceof GraphQLError ? error.extensions : {};
  if (code !== 'QUERY_REFUSED' && code !== 'BAD_USER_INPUT') return {};
  return { state: 'REFUSED', reason: typeof limit === 'string' ? limit : code };
}

/**
 * What stands where in one response: kept by the very path objects of the execution, so that no alias, fragment
 * or forged parent can make one person's field, or one agency's item, pass for another's.
 */
export class Ledger {
  /** How many ids were answered with nobody. */
  refusals = 0;
  readonly #people: Placed<Subject>[] = [];
  readonly #notLookedAt: NotLookedAt[] = [];
  readonly #answers: SectionAnswer[] = [];
  readonly #searches: Placed<SearchMade>[] = [];
  readonly #running: Promise<unknown>[] = [];
  readonly #reviewed: Placed<readonly SeenPerson[]>[] = [];
  readonly #unreadable: Placed<Unreadable>[] = [];
  readonly #sections = new WeakMap<InfoPath, SectionAnswer>();
  readonly #origins = new WeakMap<InfoPath, string | readonly string[]>();
  readonly #timelines = new WeakMap<InfoPath, readonly SectionAnswer[]>();
  readonly #events = new WeakMap<InfoPath, readonly PlacedEvent[]>();
  readonly #reviews = new WeakMap<InfoPath, readonly ReviewTask[]>();
  readonly #acts = new WeakSet<InfoPath>();

  /** `data`: the response's. */
  contents(data: unknown): Contents {
    const values = <Value>(placed: readonly Placed<Value>[]) =>
      inDocumentOrder(data, placed, ({ path }) => path).map(({ value }) => value);
    return {
      people: [...new Set(values(this.#people))],
      answers: inDocumentOrder(data, this.#answers, ({ path }) => path),
      searches: values(this.#searches),
      notLookedAt: inDocumentOrder(data, this.#notLookedAt, ({ path }) => path),
      reviewed: values(this.#reviewed).flat(),
      unreadable: inDocumentOrder(data, this.#unreadable, ({ path }) => path),
    };
  }

  /** `index`: the place in a list at this path, for one of several. */
  addPerson(path: InfoPath, subject: Subject, index?: number): void {
    const keys = pathKeys(path);
    this.#people.push({ path: index === undefined ? keys : [...keys, index], value: subject });
  }

  addNotLookedAt(path: InfoPath, agency: string, reason: NotLookedAt['reason']): void {
    this.#notLookedAt.push({ path: pathKeys(path), agency, reason });
  }

  /** Runs a search that has an entry in the register, whatever comes of it. */
  search<T>(
    path: InfoPath,
    field: SearchMade['field'],
    runSearch: () => Promise<T>,
    outcome: (result: T) => string,
  ): Promise<T> {
    const search: SearchMade = { field, state: 'UNAVAILABLE', reason: null };
    this.#searches.push({ path: pathKeys(path), value: search });
    const run = async () => {
      try {
        const result = await runSearch();
        search.state = outcome(result);
        return result;
      } catch (error) {
        Object.assign(search, refusalOf(error));
        throw error;
      }
    };
    const running = run();
    this.#running.push(running);
    return running;
  }

  /** The first that fails ends a request; what came of the others is known when this resolves. */
  async searchesEnded(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  addAnswer(path: InfoPath, answer: SectionAnswer): void {
    this.#sections.set(path, answer);
    this.#answers.push(answer);
  }

  /** The sections that a timeline at this path is made of. */
  addTimeline(path: InfoPath, answers: readonly SectionAnswer[]): void {
    this.#timelines.set(path, answers);
    this.#answers.push(...answers);
  }

  /** The events of the list at this path, in its order. */
  addEvents(path: InfoPath, events: readonly PlacedEvent[]): void {
    this.#events.set(path, events);
  }

  /** Null where the path lies directly in no timeline that this request has answered. */
  timelineAt(path: InfoPath): readonly SectionAnswer[] | null {
    return (path.prev && this.#timelines.get(path.prev)) ?? null;
  }

  addUnreadable(path: InfoPath, value: Unreadable): void {
    this.#unreadable.push({ path: pathKeys(path), value });
  }

  /** `agencies`: of the value at this path, or of each item of the list at this path. */
  addOrigin(path: InfoPath, agencies: string | readonly string[]): void {
    this.#origins.set(path, agencies);
  }

  /** Whose the item at `index` of the list at this path is. */
  originOf(list: InfoPath, index: number): string {
    const origin = this.#origins.get(list)?.[index];
    if (!origin) throw new Error('A list was not assembled by this request');
    return origin;
  }

  /** What a review answered at this path. */
  addReview(path: InfoPath, tasks: readonly ReviewTask[], seen: readonly SeenPerson[]): void {
    this.#reviews.set(path, tasks);
    this.#reviewed.push({ path: pathKeys(path), value: seen });
  }

  /** Null where the path lies in no review that this request answered; else the record it lies in, if it does in one. */
  locateReview(path: InfoPath): { record: ReviewRecord | null } | null {
    const places: number[] = [];
    for (let at: InfoPath | undefined = path; at; at = at.prev) {
      const tasks = this.#reviews.get(at);
      const [task = -1, side = -1, record = -1] = places;
      if (tasks) return { record: tasks[task]?.sides[side]?.records[record] ?? null };
      if (typeof at.key === 'number') places.unshift(at.key);
    }
    return null;
  }

  /** Acts, as the caller may see them, were answered at this path. */
  addActs(path: InfoPath): void {
    this.#acts.add(path);
  }

  /** Whether the path lies in acts that this request answered. */
  liesInActs(path: InfoPath): boolean {
    for (let at: InfoPath | undefined = path.prev; at; at = at.prev) if (this.#acts.has(at)) return true;
    return false;
  }

  /** Null where the path lies in no section that this request has answered. */
  locate(path: InfoPath): Located | null {
    let agency: string | null = null;
    let event: PlacedEvent | null = null;
    let response = '';
    for (let at: InfoPath = path; at.prev; at = at.prev) {
      if (typeof at.key === 'string') response = response ? `${at.key}.${response}` : at.key;
      const origin = this.#origins.get(at.prev);
      if (agency === null && origin !== undefined) {
        agency = typeof origin === 'string' ? origin : (typeof at.key === 'number' && origin[at.key]) || null;
      }
      if (typeof at.key === 'number') event ??= this.#events.get(at.prev)?.[at.key] ?? null;
      if (event && this.#timelines.has(at.prev))
        return { answer: event.answer, agency: event.agency, field: event.fieldAt(response) };
      const answer = this.#sections.get(at.prev);
      if (answer) return { answer, agency, field: answer.selection.names.get(response) ?? null };
    }
    return null;
  }
}
