import type { AgencyId } from '../../adapters/contract.ts';
import type { FeedState } from '../person-index/records/types.ts';
import { type CountingQuestion, countingStops } from '../sharing/rules/counting.ts';
import type { OutageReason, WithheldReason } from '../states.ts';
import type { Countables } from './countables.ts';
import { type CohortQuestion, wordsOf } from './filter.ts';

/** What one agency said of one section. */
export interface CohortSource {
  agency: string;
  section: string;
  state: 'DISCLOSED' | 'WITHHELD' | 'UNAVAILABLE';
  reason: WithheldReason | OutageReason | null;
  asOf: Date | null;
}

/** How every agency that is asked stands, for each section. */
export class Sources {
  readonly #answers = new Map<string, CohortSource>();

  /** In the order of agencies and of what can be counted, whatever the words of the question. */
  constructor(
    question: CohortQuestion,
    asking: CountingQuestion,
    feeds: ReadonlyMap<AgencyId, FeedState>,
    { agencies, countables }: { agencies: ReadonlyMap<string, unknown>; countables: Countables },
  ) {
    const used = new Set(wordsOf(question));
    const words = [...countables.values()].filter((word) => used.has(word));
    for (const agency of agencies.keys())
      for (const word of words.filter(({ suppliers }) => suppliers.has(agency))) {
        const stops = countingStops(asking, agency, word.name);
        const feed = feeds.get(agency as AgencyId);
        const missing = feed === undefined || feed.overdue || feed.matching;
        const key = JSON.stringify([agency, word.section]);
        const before = this.#answers.get(key);
        if (before && before.state !== 'DISCLOSED') continue;
        this.#answers.set(key, {
          ...{ agency, section: word.section },
          state: stops ? 'WITHHELD' : missing ? 'UNAVAILABLE' : 'DISCLOSED',
          reason: stops ?? (missing ? 'FAILED' : null),
          asOf: stops || missing ? null : feed.asOf,
        });
      }
  }

  get all(): readonly CohortSource[] {
    return [...this.#answers.values()];
  }

  get silent(): readonly CohortSource[] {
    return this.all.filter(({ state }) => state !== 'DISCLOSED');
  }

  failed(agency: string, section: string, reason: OutageReason): void {
    const key = JSON.stringify([agency, section]);
    const before = this.#answers.get(key);
    if (before) this.#answers.set(key, { ...before, state: 'UNAVAILABLE', reason, asOf: null });
  }
}
