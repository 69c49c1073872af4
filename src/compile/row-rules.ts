import { conditionsOf, EVERY_ROW, NO_ROW } from '../../adapters/contract.ts';
import type { SectionDecision } from '../sharing/types.ts';
import type { Predicate, SectionPart, Source } from './any-table.ts';

/** Which rows of a table a decision releases, and in which of them the values too. */
export interface RowRules {
  /** All must hold for a row to be read. */
  where: readonly Predicate[];
  /** All must hold for a row's values to be shown; they never change whether there is a row. */
  mask: readonly Predicate[];
}

/**
 * The row rules of one part of a section, from the decision and from who is hidden from the caller. What the table cannot tell apart (a condition,
 * a site or a kind of service that it has no column for) releases no row of it.
 */
export function rowRules(
  part: SectionPart,
  decision: SectionDecision,
  now: Date,
  hidden: readonly string[],
): RowRules {
  const { source } = part;
  const conditions = conditionsOf(part);
  const where: Predicate[] = [source.only, part.where].filter((one) => one !== undefined);
  const mask: Predicate[] = [];
  for (const [name, value] of Object.entries(decision.rows)) {
    if (name === 'service') {
      where.push(serviceRule(source, value));
      continue;
    }
    const condition = conditions[name];
    if (!condition) where.push(NO_ROW);
    else (condition.masksOnly ? mask : where).push(condition.predicate(value, now));
  }
  if (source.otherPerson !== undefined) where.push(notAbout(source.otherPerson, hidden));
  if (decision.ownSite !== null) where.push(siteRule(source, decision.ownSite));
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

function siteRule(source: Source, site: string): Predicate {
  return source.site === undefined ? NO_ROW : { column: source.site, in: [site] };
}

function serviceRule({ service }: Source, allowed: unknown): Predicate {
  const kinds = Array.isArray(allowed) ? allowed : [allowed];
  if (!service) return NO_ROW;
  if ('kind' in service) return kinds.includes(service.kind) ? EVERY_ROW : NO_ROW;
  return { column: service.column, in: kinds.flatMap((kind) => service.kinds[kind] ?? []) };
}
