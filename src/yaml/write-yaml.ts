import { Document, isCollection, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';

/** Columns up to which a list of words, or a small map, stands on one line. */
const ON_ONE_LINE = 90;

/** A value as YAML that people read: words and lists of them on one line, everything else one below the other. */
export function yamlText(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Collection(key, node) {
      const plain = node.items.every((item) =>
        isMap(node) ? isFlat((item as { value?: unknown }).value) : isScalar(item),
      );
      node.flow = key !== null && plain && JSON.stringify(node.toJSON()).length <= ON_ONE_LINE;
    },
  });
  return document
    .toString({ lineWidth: 0, flowCollectionPadding: true })
    .replaceAll('[ ', '[')
    .replaceAll(' ]', ']');
}

const isFlat = (value: unknown): boolean =>
  isScalar(value) ||
  (isSeq(value) && value.items.every(isScalar)) ||
  (isMap(value) && value.items.length <= 2);

/** Something else than a list stands there, or it is written on one line. */
export class NoListError extends Error {
  override readonly name = 'NoListError';
  readonly code = 'NO_LIST';
}

/**
 * The text of a YAML file with more items at the end of one of its lists; nothing else of it is changed by a character.
 * @throws NoListError
 */
export function withMoreItems(text: string, key: string, items: readonly unknown[], comment: string): string {
  const { contents } = parseDocument(text);
  const pairs = isMap(contents) ? contents.items : [];
  const at = pairs.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
  const list = pairs[at]?.value;
  if (!isSeq(list) || !isCollection(list) || !list.range)
    throw new NoListError(`there is no list under "${key}"`);
  const [from, to] = list.range;
  if (list.flow && list.items.length > 0)
    throw new NoListError(`write what stands under "${key}" one below the other`);
  const next = pairs[at + 1]?.key;
  const nextKey = isScalar(next) && next.range ? next.range[0] : text.length;
  const before = list.flow ? text.slice(0, from).trimEnd() : withoutEnd(text.slice(0, nextKey));
  const after = list.flow
    ? text.slice(to).replace(/^[ \t]*\n?/, '')
    : text.slice(before.length).replace(/^\n/, '');
  const indent = ' '.repeat(list.flow ? 2 : from - (text.lastIndexOf('\n', from - 1) + 1));
  const written = items.map((item) => yamlText([item]).trimEnd());
  const block = [`# ${comment}`, ...written]
    .join('\n')
    .split('\n')
    .map((line) => `${indent}${line}`);
  return `${before}\n${list.flow ? '' : '\n'}${block.join('\n')}\n${after}`;
}

/** Without blank lines and comments of the margin at its end: those belong to what comes next. */
function withoutEnd(text: string): string {
  const lines = text.split('\n');
  while (lines.length > 0 && /^(#.*)?\s*$/.test(lines.at(-1) ?? '')) lines.pop();
  return lines.join('\n');
}
