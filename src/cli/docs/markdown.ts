/** Small words of Markdown, so that no cell breaks its table. */
export const code = (text: string): string => `\`${text.replaceAll('`', '')}\``;

export const codes = (texts: readonly string[]): string => texts.map(code).join(', ');

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** A table with its head; empty if there are no rows. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length === 0 ? [] : [row(head), row(head.map(() => '---')), ...rows.map(row), ''];

/** "a, b or c" */
export function alternatives(words: readonly string[], last = 'or'): string {
  const [end = '', ...before] = words.toReversed();
  return before.length === 0 ? end : `${before.toReversed().join(', ')} ${last} ${end}`;
}

/** Each once, in the order in which they came first. */
export function uniqueBy<T>(all: readonly T[], key: (one: T) => string): readonly T[] {
  const keys = all.map(key);
  return all.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}
