import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isObjectType, parse, print } from 'graphql';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { withStates } from '../../src/client/codegen.ts';
import { projectRoot } from '../../src/project-root.ts';

const root = projectRoot();
const file = join(root, 'test/client/sections.types.ts');
const text = readFileSync(file, 'utf8');
const sdl = readFileSync(join(root, 'schema/sightline.graphql'), 'utf8');

/** Lines, from 1, at which this text does not compile in the place of the file. */
function linesInError(contents: string): number[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, contents, ts.ScriptTarget.ES2023, true)
      : read.call(host, name, ...rest);
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file);
  return program
    .getSemanticDiagnostics(source)
    .map(({ start = 0 }) => (source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1);
}

/** Lines below a mark: those that must not compile. */
const marked = text.split('\n').flatMap((line, at) => (line.includes('@ts-expect-error') ? [at + 2] : []));
const unmarked = text.replaceAll('// @ts-expect-error', '// an error:');

describe('a field of a section that is not disclosed', { timeout: 120_000 }, () => {
  test('does not compile, and what is disclosed does', () => {
    expect([...new Set(linesInError(unmarked))]).toEqual(marked);
  });

  test('would compile without the guard', () => {
    const plain = unmarked.replace("type Person = Guarded<CrisisQuery>['", "type Person = CrisisQuery['");
    expect(plain).not.toBe(unmarked);
    const reads = marked.filter(
      (line) => line < text.slice(0, text.indexOf('/** `level` is a field')).split('\n').length,
    );
    const stillErrors = linesInError(plain);
    expect(reads.length).toBeGreaterThan(8);
    expect(reads.filter((line) => stillErrors.includes(line))).toEqual([]);
  });
});

test('no section has a field of the name and type of one of a source: types tell the two apart by them', () => {
  const schema = buildSchema(sdl);
  const fieldsOf = (name: string) => {
    const type = schema.getType(name);
    const fields = isObjectType(type) ? Object.values(type.getFields()) : [];
    return fields.map(({ name, type }) => `${name}: ${type}`);
  };
  const ofSources = new Set(fieldsOf('SourceAnswer'));
  const sections = schema.getPossibleTypes(schema.getType('Section') as never);
  expect(sections.length).toBeGreaterThan(15);
  const alike = sections.flatMap(({ name }) =>
    fieldsOf(name).flatMap((field) =>
      field !== 'state: AnswerState!' && ofSources.has(field) ? [`${name}.${field}`] : [],
    ),
  );
  expect(alike).toEqual([]);
  const ofHistory = sections
    .flatMap(({ name }) => fieldsOf(name))
    .filter((field) => /^(complaints|entries):/.test(field));
  expect(ofHistory).toEqual([]);
});

describe('documents as graphql-codegen reads them', () => {
  const stated = (query: string) => {
    const [first] = withStates({ schema: parse(sdl), documents: [{ document: parse(query) }] });
    return first?.document ? print(first.document).replace(/\s+/g, ' ') : '';
  };

  test.each([
    ['{ person(id: 1) { crisisPlan { triggers } } }', '{ person(id: 1) { crisisPlan { state triggers } } }'],
    ['{ person(id: 1) { crisisPlan { state } } }', '{ person(id: 1) { crisisPlan { state } } }'],
    [
      '{ person(id: 1) { crisisPlan { how: state triggers } } }',
      '{ person(id: 1) { crisisPlan { state how: state triggers } } }',
    ],
    [
      'query ($x: Boolean!) { person(id: 1) { crisisPlan { state @include(if: $x) avoid } } }',
      'query ($x: Boolean!) { person(id: 1) { crisisPlan { state state @include(if: $x) avoid } } }',
    ],
    ['fragment F on Section { sources { state } }', 'fragment F on Section { state sources { state } }'],
    ['{ viewer { name } }', '{ viewer { name } }'],
  ])('ask for the state of each section: %s', (query, asked) => {
    expect(stated(query)).toBe(asked);
  });
});
