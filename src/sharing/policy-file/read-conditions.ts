import type { Page } from './finding.ts';
import { asMap, asText, asWord, need, onlyKeys } from './read.ts';
import type { TreeMap } from './yaml-tree.ts';

/** Part 2 rests on Article 6 (and 9), law enforcement under Part 3 on Schedule 8 of the Data Protection Act 2018. */
export function readConditions(page: Page, map: TreeMap): readonly string[] {
  const entry = need(page, map, 'a grant', 'conditions');
  const conditions = entry && asMap(page, entry.value, 'conditions');
  if (!conditions) return [];
  onlyKeys(page, conditions, 'conditions', ['article6', 'article9', 'schedule8', 'regime']);
  const regime = need(page, conditions, 'conditions', 'regime');
  if (!conditions.entries.has('schedule8')) need(page, conditions, 'conditions', 'article6');
  const text = (key: string, name: string) => {
    const found = conditions.entries.get(key);
    const said = found && asText(page, found.value, key)?.text;
    return said ? [`${name}: ${said}`] : [];
  };
  return [
    ...text('article6', 'Article 6'),
    ...text('article9', 'Article 9'),
    ...text('schedule8', 'Schedule 8'),
    ...[regime && asWord(page, regime.value, 'regime', ['PART2', 'PART3'])].flatMap((said) => said ?? []),
  ];
}
