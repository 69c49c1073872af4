import type { Purpose } from '../policies.ts';
import type { Page } from './finding.ts';
import { asList, asMap, asWord, asWords, need, onlyKeys } from './read.ts';
import type { TreeEntry } from './yaml-tree.ts';

/** Who may review links of the person index: each role with purposes that it may assert. Nobody, where nothing is written. */
export function readReviewers(
  page: Page,
  entry: TreeEntry | undefined,
  roles: readonly string[],
  purposes: ReadonlyMap<string, Purpose>,
): ReadonlyMap<string, readonly string[]> {
  const reviewers = new Map<string, readonly string[]>();
  for (const item of entry ? asList(page, entry.value, 'reviewers') : []) {
    const map = asMap(page, item, 'a reviewer');
    if (!map) continue;
    onlyKeys(page, map, 'a reviewer', ['role', 'purposes']);
    const [named, at] = [need(page, map, 'a reviewer', 'role'), need(page, map, 'a reviewer', 'purposes')];
    const role = named && asWord(page, named.value, 'role', roles);
    if (!role || !at) continue;
    const assertable = [...purposes.values()].filter((one) => one.roles.includes(role)).map(({ id }) => id);
    if (reviewers.has(role)) page.report(map.line, `role ${role} is a reviewer twice`);
    reviewers.set(role, asWords(page, at.value, `purpose of ${role}`, assertable));
  }
  return reviewers;
}
