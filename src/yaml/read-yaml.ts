import { type Document, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Finding, knownWords } from './finding.ts';

export type YamlPath = readonly PropertyKey[];
export type YamlResult<T> =
  | { ok: true; value: T }
  | { ok: false; findings: readonly [Finding, ...Finding[]] };

/** A file's text, read as YAML. */
export interface YamlFile {
  /** Why it does not parse; empty if it does. */
  problems: readonly Finding[];
  /** What stands in it, before anybody checks it. */
  written: unknown;
  /** The line of what stands at a path: of its key, if it has one; where its map begins, if there is no such thing. */
  lineOf(path: YamlPath): number;
  /** What a schema makes of it, or every mistake with its line, in the order of the lines. */
  check<Schema extends z.ZodType>(schema: Schema): YamlResult<z.output<Schema>>;
}

export interface YamlForm {
  /**
   * `typed`: numbers, true and false as YAML 1.2 reads them, and messages begin with the way to the mistake.
   * `text`: each value is the text that stands there, '' for null, so that no word, number or day turns into something
   * else on the way; anchors are refused, since such a file is read line by line; and messages are whole sentences.
   */
  values: 'typed' | 'text';
}

export function readYaml(text: string, file: string, { values }: YamlForm): YamlFile {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    ...{ lineCounter: counter, prettyErrors: false, uniqueKeys: true },
    ...(values === 'text' && { schema: 'core', merge: false, resolveKnownTags: false }),
  });
  const lineAt = (offset: number) => counter.linePos(offset).line;
  const problems = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    ...{ file, line: lineAt(pos[0]) },
    message: `the file does not parse: ${message.split('\n')[0]}`,
  }));
  const report = (node: ParsedNode | null, message: string) =>
    void problems.push({ file, line: node ? lineAt(node.range[0]) : 1, message });
  const written =
    problems.length > 0 ? null : values === 'text' ? asText(document.contents, report) : document.toJS();
  const lineOf = (path: YamlPath) => lineAt(offsetOf(document, path));
  return {
    ...{ problems, written, lineOf },
    check(schema) {
      // A schema is used once for a file: to compile it first would cost more than it saves.
      const result = problems.length === 0 ? schema.safeParse(written, { jitless: true }) : null;
      if (result?.success) return { ok: true, value: result.data };
      const mistakes = (result?.error.issues ?? []).map((issue) => ({
        ...{ file, line: lineOf(issue.path) },
        message: values === 'text' ? issue.message : withPath(issue),
      }));
      const findings = [...problems, ...mistakes.sort((one, other) => one.line - other.line)];
      return { ok: false, findings: findings as [Finding, ...Finding[]] };
    },
  };
}

/** Maps, lists and texts, with nothing turned into anything else. */
function asText(
  node: ParsedNode | null,
  report: (node: ParsedNode | null, message: string) => void,
): unknown {
  if (isMap<ParsedNode, ParsedNode | null>(node)) {
    const entries = new Map<string, unknown>();
    for (const { key, value } of node.items) {
      const name = textOf(key);
      // A name that JavaScript's objects give a meaning of their own would be lost on the way.
      if (name === null || name === '' || name === '__proto__') report(key, 'a key must be a plain word');
      else if (entries.has(name)) report(key, `the file does not parse: Map keys must be unique ("${name}")`);
      else entries.set(name, asText(value, report));
    }
    return Object.fromEntries(entries);
  }
  if (isSeq<ParsedNode>(node)) return node.items.map((item) => asText(item, report));
  if (node !== null && !isScalar(node)) report(node, 'anchors and aliases are not read here: say it in full');
  return textOf(node) ?? '';
}

/** As written, without quotes; '' for nothing at all, null for what is no text. */
function textOf(node: ParsedNode | null): string | null {
  if (node === null) return '';
  if (!isScalar(node)) return null;
  return node.value === null ? '' : (node.source ?? String(node.value)).trim();
}

function offsetOf({ contents }: Document.Parsed, path: YamlPath): number {
  let node: ParsedNode | null = contents;
  let offset = contents?.range[0] ?? 0;
  for (const step of path) {
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const pair = node.items.find(({ key }) => textOf(key) === String(step));
      if (!pair) return node.range?.[0] ?? offset;
      offset = pair.key.range[0];
      node = pair.value;
    } else if (isSeq<ParsedNode>(node)) {
      node = node.items[Number(step)] ?? null;
      offset = node?.range[0] ?? offset;
    } else return offset;
  }
  return offset;
}

/** A map with these keys and no others, which messages call by the way to it. */
export function mapAtPath<S extends Readonly<Record<string, z.ZodType>>>(
  shape: S,
  message = 'must be a map',
) {
  const knownKeys = Object.keys(shape);
  return z.looseObject(shape, message).superRefine(
    (value, ctx) => {
      for (const key of Object.keys(value)) {
        if (!knownKeys.includes(key)) ctx.addIssue({ code: 'custom', path: [key], params: { knownKeys } });
      }
    },
    { when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  ) as unknown as z.ZodObject<S, z.core.$strict>;
}

function withPath(issue: z.core.$ZodIssue): string {
  const known =
    issue.code === 'custom' ? (issue.params as { knownKeys?: readonly string[] })?.knownKeys : undefined;
  const path = known === undefined ? issue.path : issue.path.slice(0, -1);
  const where = path.length === 0 ? 'the file' : path.map(String).join('.');
  if (known === undefined) return `${where}: ${issue.message}`;
  const key = String(issue.path.at(-1));
  return `unknown key "${key}" in ${where}${knownWords(key, known)}`;
}
