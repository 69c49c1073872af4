import { type Page, unknownWord } from './finding.ts';
import type { Tree, TreeEntry, TreeMap, TreeText } from './yaml-tree.ts';

/** Small readers of a tree. Each gives what it found, or reports what it expected and gives null (or nothing). */

const SHAPE = { map: 'a map', list: 'a list', text: 'a word' } as const;

export function asMap(page: Page, tree: Tree, what: string): TreeMap | null {
  if (tree.kind === 'map') return tree;
  page.report(tree.line, `${what} must be a map, not ${SHAPE[tree.kind]}`);
  return null;
}

export function asText(page: Page, tree: Tree, what: string): TreeText | null {
  if (tree.kind === 'text' && tree.text !== '') return tree;
  page.report(
    tree.line,
    `${what} must be a word or sentence, not ${tree.kind === 'text' ? 'nothing' : SHAPE[tree.kind]}`,
  );
  return null;
}

/** A list, or one thing alone. */
export const asItems = (tree: Tree): readonly Tree[] => (tree.kind === 'list' ? tree.items : [tree]);

export function asList(page: Page, tree: Tree, what: string): readonly Tree[] {
  if (tree.kind === 'list') return tree.items;
  page.report(tree.line, `${what} must be a list, not ${SHAPE[tree.kind]}`);
  return [];
}

/** A list of words, each of which must be known. */
export function asWords<T extends string>(
  page: Page,
  tree: Tree,
  what: string,
  known: readonly T[],
): readonly T[] {
  return asItems(tree).flatMap((item) => asWord(page, item, what, known) ?? []);
}

export function asWord<T extends string>(
  page: Page,
  tree: Tree,
  what: string,
  known: readonly T[],
): T | null {
  const text = asText(page, tree, what)?.text;
  if (text === undefined) return null;
  const found = known.find((word) => word === text);
  if (found === undefined) page.report(tree.line, unknownWord(what, text, known));
  return found ?? null;
}

export function asFlag(page: Page, tree: Tree, what: string): boolean {
  return asWord(page, tree, what, ['true', 'false']) === 'true';
}

/** A date that exists, `YYYY-MM-DD`. */
export function asDate(page: Page, tree: Tree, what: string): string | null {
  const text = asText(page, tree, what)?.text;
  if (text === undefined) return null;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
  page.report(tree.line, `${what} "${text}" is not a date; write it as YYYY-MM-DD`);
  return null;
}

/** An ISO 8601 duration in whole years, months, weeks, days or hours, such as P12M. */
export function asDuration(page: Page, tree: Tree, what: string): string | null {
  const text = asText(page, tree, what)?.text;
  if (text === undefined) return null;
  if (/^P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?)?$/.test(text) && !text.endsWith('T')) return text;
  page.report(tree.line, `${what} "${text}" is not a duration; write it as P12M, P90D or PT24H`);
  return null;
}

/** Reports keys that mean nothing here. */
export function onlyKeys(page: Page, map: TreeMap, what: string, known: readonly string[]): void {
  for (const [key, { line }] of map.entries) {
    if (!known.includes(key)) page.report(line, unknownWord(`key in ${what}`, key, known));
  }
}

/** A key that must be there. */
export function need(page: Page, map: TreeMap, what: string, key: string): TreeEntry | null {
  const entry = map.entries.get(key);
  if (!entry) page.report(map.line, `${what} lacks "${key}"`);
  return entry ?? null;
}
