import { conditionsOf, EVERY_ROW, hasCode, NO_ROW } from '../../../adapters/contract.ts';
import type { Decisions, SectionDecision } from '../../sharing/policy/types.ts';
import { FieldNotPermittedError, KeyNotResolvedError } from '../run/errors.ts';
import type { Predicate, SectionPart, Source } from '../sql/any-table.ts';
import { exactly } from '../sql/predicate.ts';
import type { Authority, RecordAuthority } from './authority.ts';
import type { FieldSelection } from './field-selection.ts';

/** Helper fields of a section and of an item: they say how an answer stands, and carry nothing of the person. */
export const SECTION_HELPERS = new Set(['__typename', 'key', 'asOf', 'present', 'capped', 'ranks']);
const ITEM_HELPERS = new Set(['__typename', 'source']);

/**
 * The second lock: every key must be one of the request's own subjects, and every field asked must be released for
 * it. The gateway prunes first, so what is found here is a breach of the first lock. Nothing has been read yet.
 */
export function authorise(
  agency: string,
  root: FieldSelection,
  keys: readonly string[],
  authority: Authority,
) {
  const granted = new Map<string, RecordAuthority>();
  const passed = new Set<Decisions>();
  for (const key of keys) {
    const record = authority.of(agency, key);
    if (record === null) throw new KeyNotResolvedError(agency, root.name);
    granted.set(key, record);
    if (passed.has(record.decisions)) continue;
    assertReleased(agency, root, record.decisions);
    passed.add(record.decisions);
  }
  return granted as ReadonlyMap<string, RecordAuthority>;
}

/** Throws FieldNotPermittedError unless the decisions release the section and each field asked of it. */
export function assertReleased(agency: string, root: FieldSelection, decisions: Decisions): void {
  const section = root.name;
  if (decisions.section(agency, section).level === null)
    throw new FieldNotPermittedError(agency, section, null);
  const check = (fields: readonly FieldSelection[], prefix: string, helpers: ReadonlySet<string>): void => {
    for (const field of fields) {
      if (helpers.has(field.name)) continue;
      const path = prefix + field.name;
      if (decisions.withholds(agency, section, path) !== null)
        throw new FieldNotPermittedError(agency, section, path);
      check(field.children, `${path}.`, ITEM_HELPERS);
    }
  };
  check(root.children, '', SECTION_HELPERS);
}

/** Throws FieldNotPermittedError unless the agency's policy lets each of these be counted. Nothing has been read yet. */
export function assertCountable(agency: string, fields: readonly string[], share: readonly string[]): void {
  for (const name of fields) {
    const [section = '', field = ''] = name.split('.');
    if (!share.includes(name)) throw new FieldNotPermittedError(agency, section, field);
  }
}

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
