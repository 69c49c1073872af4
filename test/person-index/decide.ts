import type { AgencyId } from '../../adapters/contract.ts';
import { type LinkVerdict, pairOf } from '../../src/person-index/match/human-decisions.ts';
import { UNEXPLAINED } from '../../src/person-index/records/matcher.ts';
import {
  type DecidingCaller,
  type Decision,
  makeDecision,
} from '../../src/person-index/review/make-decision.ts';
import { NOW, type World } from './world.ts';

export const REVIEWER: DecidingCaller = {
  sub: 'SW1',
  name: 'Ros Hale',
  organisation: 'police',
  role: 'mash-social-worker',
  purpose: 'child-protection',
  reference: 'police:26/000123',
};

/** `police 1` → the pointer to it. */
const pointer = (words: string) => {
  const [agency = '', record = ''] = words.split(' ');
  return { agency: agency as AgencyId, record };
};

/** Both words on what links more: police, then the first agency that is awaited. */
export async function decideTogether(
  world: World,
  verdict: LinkVerdict | 'UNDO',
  one: string,
  other: string,
): Promise<Decision | null> {
  const first = await decide(world, verdict, one, other);
  const [organisation] = first?.awaits ?? [];
  if (organisation === undefined) return first;
  return decide(world, verdict, one, other, { by: { sub: 'SECOND', organisation } });
}

/** A decision on two records, named as `people()` names them, as it stands in the register's place. */
export async function decide(
  world: World,
  verdict: LinkVerdict | 'UNDO',
  one: string,
  other: string,
  {
    by = {},
    register = async () => {},
    dryRun = false,
  }: {
    by?: Partial<DecidingCaller>;
    register?: (decision: Decision) => Promise<void>;
    dryRun?: boolean;
  } = {},
): Promise<Decision | null> {
  const pair = pairOf(pointer(one), pointer(other));
  if (pair === null) throw new Error('a record cannot be compared with itself');
  return makeDecision({
    store: world.store,
    now: NOW,
    wanted: {
      pair,
      verdict,
      why: 'met both',
      by: { ...REVIEWER, ...by },
      shown: UNEXPLAINED,
    },
    register,
    dryRun,
  });
}
