import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import type { Page } from './finding.ts';

/** YAML with the line of everything in it. */
export type Tree = TreeMap | TreeList | TreeText;
export interface TreeMap {
  kind: 'map';
  line: number;
  entries: ReadonlyMap<string, TreeEntry>;
}
export interface TreeEntry {
  line: number;
  value: Tree;
}
export interface TreeList {
  kind: 'list';
  line: number;
  items: readonly Tree[];
}
export interface TreeText {
  kind: 'text';
  line: number;
  /** As written, without quotes; empty for nothing at all. */
  text: string;
}

/** The tree of a file's text; null if it does not parse, with the reasons reported. Anchors and aliases are refused: a policy is read line by line. */
export function yamlTree(text: string, page: Page): Tree | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problems = [...document.errors, ...document.warnings];
  for (const { pos, message } of problems) page.report(lines.linePos(pos[0]).line, sentence(message));
  if (problems.length > 0) return null;
  const lineOf = (node: Node | null | undefined, fallback: number) =>
    node?.range ? lines.linePos(node.range[0]).line : fallback;
  return treeOf(document.contents, 1, lineOf, page);
}

type LineOf = (node: Node | null | undefined, fallback: number) => number;

function treeOf(node: Node | null, above: number, lineOf: LineOf, page: Page): Tree {
  const line = lineOf(node, above);
  if (isMap<Node, Node>(node)) {
    return {
      kind: 'map',
      line,
      entries: new Map(node.items.map((pair) => entryOf(pair, line, lineOf, page))),
    };
  }
  if (isSeq<Node>(node)) {
    return { kind: 'list', line, items: node.items.map((item) => treeOf(item, line, lineOf, page)) };
  }
  if (isScalar(node)) return { kind: 'text', line, text: textOf(node.value, node.source) };
  if (node) page.report(line, 'anchors and aliases are not read here: say it in full');
  return { kind: 'text', line, text: '' };
}

function entryOf(pair: Pair<Node, Node>, above: number, lineOf: LineOf, page: Page): [string, TreeEntry] {
  const line = lineOf(pair.key, above);
  const key = isScalar(pair.key) ? textOf(pair.key.value, pair.key.source) : '';
  if (!isScalar(pair.key)) page.report(line, 'a key must be a plain word');
  return [key, { line, value: treeOf(pair.value, line, lineOf, page) }];
}

const textOf = (value: unknown, source: string | undefined): string =>
  value === null || value === undefined ? '' : (source ?? String(value)).trim();

const sentence = (message: string) => `the file does not parse: ${message.split('\n')[0]}`;
