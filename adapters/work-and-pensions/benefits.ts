import {
  type CodedValue,
  codedValue,
  type Decoder,
  date,
  fieldsOf,
  integer,
  isPast,
  localText,
  noPlace,
  type SectionSource,
} from '../contract.ts';
import { BENEFITS, HEALTH_GROUPS, SANCTION_LEVELS } from './codes.ts';
import { award, sanction } from './sources.ts';
import type { WorkAndPensionsTables } from './tables.ts';

const { column, columns, list, value } = fieldsOf<WorkAndPensionsTables>();

const groupOf = codedValue(HEALTH_GROUPS, 'Work capability group');
const levelOf = codedValue(SANCTION_LEVELS, 'Universal Credit sanction level');

/** The group of an award that runs; null where it has ended, and where nobody can read whether it has. */
export const healthGroup: Decoder<CodedValue | null> = (cells, context) => {
  const [group, end] = cells as readonly unknown[];
  return isPast(end, context) === false ? groupOf(group, context) : null;
};

interface Sanction {
  level: CodedValue | null;
  from: string;
  days: number;
}

/**
 * A sanction that runs today, in London: from its first day, for as many days as it has. Null where it has not begun or
 * is over. Where the first day or the length cannot be read nobody can say that it runs: null too, with a note.
 */
export const runningSanction: Decoder<Sanction | null> = (cells, context) => {
  const [level, start, length] = cells as readonly unknown[];
  const from = date(start, context);
  const days = integer(length, context);
  if (from === null || days === null) return null;
  const today = localText(context.now).slice(0, 10);
  const runs = from <= today && daysFrom(from, today) < days;
  return runs ? { level: levelOf(level, context), from, days } : null;
};

const DAY = 86_400_000;
const daysFrom = (one: string, other: string): number =>
  Math.round((Date.parse(other) - Date.parse(one)) / DAY);

/** Of rows from the newest on, the first that says something. */
const firstSaid = (values: readonly unknown[]): unknown => values.find((one) => one !== null) ?? null;

export const benefits: SectionSource<WorkAndPensionsTables> = {
  awards: list(award, {
    kind: column('AWARD.BEN_TYPE', codedValue(BENEFITS, 'Benefit of the department'), noPlace),
    from: column('AWARD.ST_DT', date),
    to: column('AWARD.END_DT', date),
  }),
  healthGroup: value(award, columns(['AWARD.HLTH_GRP', 'AWARD.END_DT'], healthGroup, noPlace), firstSaid),
  activeSanction: value(
    sanction,
    columns(['SANCTION.LVL', 'SANCTION.ST_DT', 'SANCTION.DAYS'], runningSanction, noPlace),
    firstSaid,
  ),
};
