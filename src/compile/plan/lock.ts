import type { Decisions } from '../../sharing/policy/types.ts';
import { FieldNotPermittedError, KeyNotResolvedError } from '../run/errors.ts';
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
