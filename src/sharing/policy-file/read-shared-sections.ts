import type { ShareEntry } from '../policies.ts';
import { type Page, unknownWord } from './finding.ts';
import { asMap, need } from './read.ts';
import { readShareEntry } from './read-share.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { TreeMap } from './yaml-tree.ts';

/** Every section the agency supplies is classified in every grant, so that a new section is never shared, or kept, unseen. */
export function readShare(page: Page, map: TreeMap, words: Vocabulary): ReadonlyMap<string, ShareEntry> {
  const share = new Map<string, ShareEntry>();
  const entry = need(page, map, 'a grant', 'share');
  const sections = entry && asMap(page, entry.value, 'share');
  if (!sections) return share;
  for (const [section, found] of sections.entries) {
    if (!words.sections.includes(section)) {
      page.report(found.line, unknownWord('section', section, words.supplied));
    } else if (!words.supplied.includes(section)) {
      page.report(
        found.line,
        `${words.agency.name} does not supply ${section}. It supplies: ${words.supplied.join(', ')}`,
      );
    } else share.set(section, readShareEntry(page, section, found, words));
  }
  const missing = words.supplied.filter((section) => !sections.entries.has(section));
  if (missing.length > 0) {
    page.report(
      entry.line,
      `this grant does not say what becomes of ${missing.join(', ')}: give a level, or withheld`,
    );
  }
  return share;
}
