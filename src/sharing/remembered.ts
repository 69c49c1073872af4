import { LRUCache } from 'lru-cache';
import { type DecideInput, decide } from './decide.ts';
import type { Decisions, Opening } from './policy/types.ts';
import { londonDay } from './rules/agreement.ts';
import { isPermit } from './rules/openings.ts';

/** Sets of decisions remembered at most: each is of one role, organisation, site, purpose, relationship and standing. */
const MOST = 200;

/**
 * `decide`, with what it has decided before: it is pure, so that who asks the same is decided alike, and once. Everything
 * that it depends on is in the key, but policies, catalogue, withdrawals and day: where one of these is another, all is
 * forgotten. Nothing of a person is in a decision, nor of the caller but role, organisation and site.
 */
export function rememberDecisions(): (input: DecideInput) => Decisions {
  const decided = new LRUCache<string, Decisions>({ max: MOST });
  let under: Pick<DecideInput, 'policy' | 'catalogue' | 'hosts'> | null = null;
  let at = '';
  const dayOf = dayOnce();
  return (input) => {
    const {
      caller,
      purpose,
      relationship,
      standing,
      policy,
      catalogue,
      withdrawn,
      now,
      ownCaseload,
      openings,
      wishes,
      hosts,
    } = input;
    const when = JSON.stringify([dayOf(now), [...withdrawn].sort()]);
    if (under?.policy !== policy || under.catalogue !== catalogue || under.hosts !== hosts || at !== when) {
      decided.clear();
      under = { policy, catalogue, ...(hosts && { hosts }) };
      at = when;
    }
    const key = JSON.stringify([
      ...[caller.role, caller.organisation, caller.site, purpose],
      ...[relationship, standing.place, standing.consent, ownCaseload === true],
      (openings ?? []).map(wordsOf),
      [wishes?.consented === true, ...(wishes?.objected ?? [])],
    ]);
    const before = decided.get(key);
    if (before) return before;
    const { role, organisation, site } = caller;
    const made = decide({ ...input, caller: { role, organisation, site } });
    decided.set(key, made);
    return made;
  };
}

const wordsOf = (one: Opening): readonly string[] =>
  isPermit(one) ? [one.section, one.level] : [one.section, one.ground, one.personsView];

const MINUTE_MS = 60_000;

/** The day in London of a time. No day begins within a minute. */
function dayOnce(): (now: Date) => string | null {
  let minute = Number.NaN;
  let day: string | null = null;
  return (now) => {
    const of = Math.floor(now.getTime() / MINUTE_MS);
    if (of !== minute) {
      day = londonDay(now);
      minute = of;
    }
    return day;
  };
}
