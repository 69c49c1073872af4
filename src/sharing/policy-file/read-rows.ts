import type { CatalogueAgency, RowConditions, RowConditionValue } from '../types.ts';
import { type Page, unknownWord } from './finding.ts';
import { asDuration, asFlag, asMap, asWords } from './read.ts';
import type { Tree } from './yaml-tree.ts';

/** `rows:` of one section, in the words that the agency's tables know. */
export function readRows(page: Page, section: string, tree: Tree, agency: CatalogueAgency): RowConditions {
  const conditions = agency.rowConditions.get(section);
  const rows: Record<string, RowConditionValue> = {};
  for (const [name, { value, line }] of asMap(page, tree, `the rows of ${section}`)?.entries ?? []) {
    const condition = conditions?.get(name);
    if (!condition) {
      page.report(line, unknownWord(`row condition of ${section}`, name, [...(conditions?.keys() ?? [])]));
      continue;
    }
    const read = readValue(page, `${section} ${name}`, value, condition.takes);
    if (read !== null) rows[name] = read;
  }
  return rows;
}

function readValue(
  page: Page,
  what: string,
  tree: Tree,
  takes: 'duration' | 'flag' | { values: readonly string[] },
): RowConditionValue | null {
  if (takes === 'duration') return asDuration(page, tree, what);
  if (takes === 'flag') {
    if (asFlag(page, tree, what)) return true;
    if (tree.kind === 'text' && tree.text === 'false')
      page.report(tree.line, `${what} takes true alone: leave it out instead`);
    return null;
  }
  const values = asWords(page, tree, `value of ${what}`, takes.values);
  if (tree.kind === 'list' && tree.items.length === 0)
    page.report(tree.line, `${what} names no value: say withheld instead`);
  return values;
}
