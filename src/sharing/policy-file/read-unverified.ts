import { levelOf, rank } from '../levels.ts';
import type { ShareEntry } from '../policies.ts';
import type { Level } from '../types.ts';
import { type Page, unknownWord } from './finding.ts';
import { asMap, asWord } from './read.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { TreeMap } from './yaml-tree.ts';

const UNVERIFIED_LEVELS: Readonly<Record<string, Level>> = {
  full: 'FULL',
  summary: 'SUMMARY',
  exists: 'EXISTS',
};

/** What a grant lists for the time the issuing system cannot be asked: never more than it shares anyway. */
export function readUnverified(
  page: Page,
  map: TreeMap,
  share: ReadonlyMap<string, ShareEntry>,
  words: Vocabulary,
): ReadonlyMap<string, Level> {
  const unverified = new Map<string, Level>();
  const entry = map.entries.get('unverified');
  const listed = entry && asMap(page, entry.value, 'unverified');
  for (const [section, { value, line }] of listed?.entries ?? []) {
    if (!words.supplied.includes(section)) {
      page.report(line, unknownWord('section', section, words.supplied));
      continue;
    }
    const said = asWord(page, value, 'level', Object.keys(UNVERIFIED_LEVELS));
    const level = said === null ? undefined : UNVERIFIED_LEVELS[said];
    if (!level) continue;
    const shared = share.get(section);
    const most = shared ? levelOf(shared.access) : null;
    if (rank(level) > rank(most)) {
      page.report(
        line,
        `${section} cannot be ${said} while unverified: it is ${shared?.access ?? 'not'} in share`,
      );
    }
    unverified.set(section, level);
  }
  return unverified;
}
