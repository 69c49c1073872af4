import type { AgencyAnswer, RecordPart, SectionAnswer } from '../request/answers.ts';
import { HELPERS } from '../request/prune.ts';
import { isUnreadable } from './hole-error.ts';

/** What one agency says of one field, beside the agency. */
export interface AgencyValue {
  agency: string;
  value: unknown;
}

/**
 * The written rules by which a field that several suppliers answer gets one value. `values` is in the fixed order of
 * agencies and holds answers only; `complete` says whether every supplier answered. `undefined` means that it is
 * not known: not even that there is nothing.
 */
export type Rule = (
  values: readonly AgencyValue[],
  complete: boolean,
) => { value: unknown; agency: string | null } | undefined;

/** One `true` is enough for true; `false` only where everybody answered. */
export const anyTrue: Rule = (values, complete) => {
  const yes = values.find(({ value }) => value === true);
  if (yes) return yes;
  if (!complete) return undefined;
  return { value: values.some(({ value }) => value === false) ? false : null, agency: null };
};

/** The first agency's that has one. */
export const firstGiven: Rule = (values, complete) => {
  const given = values.find(({ value }) => value !== null && value !== undefined);
  if (given) return given;
  return complete ? { value: null, agency: null } : undefined;
};

/** The value that most agencies give; on a tie, the first agency's. */
export const mostGiven: Rule = (values, complete) => {
  const given = values.filter(({ value }) => value !== null && value !== undefined);
  const votes = (one: AgencyValue) => given.filter(({ value }) => value === one.value).length;
  const best = given.reduce<AgencyValue | undefined>(
    (leader, one) => (!leader || votes(one) > votes(leader) ? one : leader),
    undefined,
  );
  return best ?? firstGiven([], complete);
};

/** A flag among one agency's several records of a person: one that says true is enough; one that cannot be read might. */
export function flagOfRecords(values: readonly unknown[]): unknown {
  if (values.includes(true)) return true;
  return values.find(isUnreadable) ?? (values.includes(false) ? false : null);
}

/** How an agency's value counts beside those of the person's other records there. `field`: its response key; `asOf`: ISO 8601. */
interface Rank {
  field: string;
  precedence: number;
  asOf: string | null;
}

/**
 * What an agency's records of one person say, in the order in which they count for one field: records that say nothing of
 * it last; before them those whose row has ended or was superseded; then those merged into another; then the one known to
 * be true last, and after it those that do not say when. Only records alike in all of that stand in the order of their
 * numbers. Fields that are read from the same rows have the same order, so that what belongs together (a status with its
 * dates, a name with a date of birth) comes from one record.
 */
export function recordsInOrder(
  answer: AgencyAnswer,
  field: string,
  { subject }: SectionAnswer,
): readonly RecordPart[] {
  if (answer.parts.length < 2) return answer.parts;
  const mergedAway = subject.mergedAway.get(answer.agency);
  const ranked = answer.parts.map((part) => ({
    part,
    rank: ranksOf(part).find((one) => one.field === field) ?? null,
    merged: mergedAway?.has(part[HELPERS.key] as string) === true,
  }));
  ranked.sort((one, other) => {
    if (!one.rank || !other.rank) return Number(!one.rank) - Number(!other.rank);
    return (
      one.rank.precedence - other.rank.precedence ||
      Number(one.merged) - Number(other.merged) ||
      newest(other.rank) - newest(one.rank)
    );
  });
  return ranked.map(({ part }) => part);
}

const ranksOf = (part: RecordPart): readonly Rank[] => (part[HELPERS.ranks] as readonly Rank[] | null) ?? [];
/** No moment is as old as none. */
const newest = ({ asOf }: Rank): number => (asOf === null ? Number.MIN_SAFE_INTEGER : Date.parse(asOf));
