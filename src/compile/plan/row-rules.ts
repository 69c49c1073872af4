import { conditionsOf, EVERY_ROW, hasCode, NO_ROW } from '../../../adapters/contract.ts';
import type { SectionDecision } from '../../sharing/policy/types.ts';
import type { Predicate, SectionPart, Source } from '../sql/any-table.ts';
import { exactly } from '../sql/predicate.ts';

/** Which rows of a table a decision releases, and in which of them the values too. */
export interface RowRules {
  /** All must hold for a row to be read. */
  where: readonly Predicate[];
  /** All must hold for a row's values to be shown; they never change whether there is a row. */
  mask: readonly Predicate[];
}

/**
 * The row rules of one part of a section, from the decision and from who is hidden from the caller. What the table cannot
 * tell apart (a condition or a kind of service that it has no column for) releases no row of it.
 */
export function rowRules(
  part: SectionPart,
  decision: SectionDecision,
  now: Date,
  hidden: readonly string[],
): RowRules {
  const { source } = part;
  const conditions = conditionsOf(part);
  // Whether there is a row, and which value wins, may hang on a cell that cannot be read: those rows are looked at too.
  const own = part.kind === 'list' ? exactly : (condition: Predicate) => condition;
  const where: Predicate[] = [
    ...(source.only ? [exactly(source.only)] : []),
    ...(part.where ? [own(part.where)] : []),
  ];
  const mask: Predicate[] = [];
  for (const [name, value] of Object.entries(decision.rows)) {
    if (name === 'service') {
      where.push(serviceRule(source, value));
      continue;
    }
    const condition = conditions[name];
    if (!condition) where.push(NO_ROW);
    else (condition.masksOnly ? mask : where).push(exactly(condition.predicate(value, now)));
  }
  if (source.otherPerson !== undefined) where.push(notAbout(source.otherPerson, hidden));
  // Whether the person is of the site is asked beside this; rows that stand for another site are cut here.
  if (decision.ownSite !== null && source.site !== undefined)
    where.push({ column: source.site, in: [decision.ownSite] });
  return { where, mask };
}

/** Rows that name nobody else stay: they are about the person asked for alone. */
function notAbout(column: string, hidden: readonly string[]): Predicate {
  return {
    any: [
      { column, isNull: true },
      { column, notIn: hidden },
    ],
  };
}

function serviceRule({ service }: Source, allowed: unknown): Predicate {
  const kinds = Array.isArray(allowed) ? allowed : [allowed];
  if (!service) return NO_ROW;
  if ('kind' in service) return kinds.includes(service.kind) ? EVERY_ROW : NO_ROW;
  return hasCode(
    service.column,
    kinds.flatMap((kind) => service.kinds[kind] ?? []),
  );
}
