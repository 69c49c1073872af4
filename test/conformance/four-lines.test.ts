/** A field more needs a line in three places, and its SDL made anew. For each that is forgotten, a check says where it is missing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AnyAdapter, text, wordsOf } from '../../adapters/contract.ts';
import { findAdapters } from '../../src/adapters-found.ts';
import { buildCatalogue } from '../../src/gateway/schema/catalogue.ts';
import { unclassified } from '../../src/gateway/schema/place-classification.ts';
import { readSchemaFiles } from '../../src/gateway/schema/vocabulary.ts';
import { projectRoot } from '../../src/project-root.ts';
import { loadPolicies } from '../../src/sharing/files/load.ts';
import { copyOfPolicy, type PolicyFolder } from '../sharing/support/policy-folder.ts';
import { forgottenColumns, forgottenFields, sqlTables, typedTables } from './support/forgotten.ts';
import { strayWords, vocabulary } from './support/sdl.ts';

const root = projectRoot();
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const adapters = await findAdapters(root);
const police = adapters.find(({ id }) => id === 'police') as AnyAdapter;

/** The police learn how to make contact safely: `contact.safeContact`, from a column that they did not have. */
interface PoliceTables {
  T_NOMINAL: { NOM_ID: string; SAFE_TXT: string | null };
}
const { column, list, source, value } = wordsOf<PoliceTables>();
const nominal = source({
  table: 'T_NOMINAL',
  person: 'T_NOMINAL.NOM_ID',
  record: ['T_NOMINAL.NOM_ID'],
});
const safeContact = value(nominal, column('T_NOMINAL.SAFE_TXT', text, { freeText: true }));

/** The line beside its neighbour; throws where the neighbour is gone. */
function lineAfter(file: string, neighbour: RegExp, line: string): string {
  const written = read(file);
  if (!neighbour.test(written)) throw new Error(`${file} has no ${neighbour}`);
  return written.replace(neighbour, (found) => `${found}\n${line}`);
}
const columnLine = () =>
  lineAfter('fixtures/police/schema.sql', /^create table "?T_NOMINAL"? \($/m, '  "SAFE_TXT" varchar(80),');
const typeLine = () =>
  lineAfter('adapters/police/tables.ts', /^ {2}T_NOMINAL: \{$/m, '    SAFE_TXT: string | null;');
const schemaLine = () =>
  lineAfter('schema/police.graphql', /^type ContactDetails \{$/m, '  safeContact: String');
const fieldRow: AnyAdapter = {
  ...police,
  sections: { ...police.sections, contact: { ...police.sections.contact, safeContact } },
};

const described = (sql: string, types: string) => ({ sql: sqlTables(sql), types: typedTables(types) });
const allOf = (adapter: AnyAdapter, sql: string, types: string, sdl: string) => [
  ...forgottenColumns(adapter, described(sql, types)),
  ...forgottenFields(adapter, buildSchema(sdl)),
  ...strayWords(buildSchema(sdl), vocabulary()),
];

describe('a field from a new column', () => {
  test('with all its lines nothing is missing', () => {
    expect(allOf(fieldRow, columnLine(), typeLine(), schemaLine())).toEqual([]);
  });

  test('without the column in the table', () => {
    expect(allOf(fieldRow, read('fixtures/police/schema.sql'), typeLine(), schemaLine())).toEqual([
      'T_NOMINAL.SAFE_TXT is no column yet: add it to fixtures/police/schema.sql',
    ]);
  });

  test('without its type, which the compiler misses too', () => {
    expect(allOf(fieldRow, columnLine(), read('adapters/police/tables.ts'), schemaLine())).toEqual([
      'T_NOMINAL.SAFE_TXT has no type: npx sightline adapter tables police writes it into adapters/police/tables.ts',
    ]);
  });

  test('without the row in the field table', () => {
    expect(allOf(police, columnLine(), typeLine(), schemaLine())).toEqual([
      'ContactDetails.safeContact is offered and not supplied: add a row to the field table of adapters/police',
    ]);
  });

  test('without the line in the SDL', () => {
    expect(allOf(fieldRow, columnLine(), typeLine(), read('schema/police.graphql'))).toEqual([
      'ContactDetails.safeContact is supplied and not offered: npm run schema writes it into schema/police.graphql',
    ]);
  });

  test('without the line in the SDL for an item of a list', () => {
    const items = list(nominal, { safeAt: column('T_NOMINAL.SAFE_TXT', text, { freeText: true }) });
    const adapter: AnyAdapter = { ...police, sections: { ...police.sections, contact: { items } } };
    expect(forgottenFields(adapter, buildSchema(read('schema/police.graphql')))).toEqual([
      'The SDL has no ContactPoint.safeAt, which is supplied: npm run schema writes it into schema/police.graphql',
    ]);
  });

  test('under a name that the vocabulary does not have', () => {
    const sdl = schemaLine().replace('safeContact', 'howToCall');
    expect(strayWords(buildSchema(sdl), vocabulary())).toEqual(['ContactDetails.howToCall']);
  });

  test('without a word on whether it gives a place away', () => {
    const open = value(nominal, column('T_NOMINAL.SAFE_TXT', text));
    const unsaid: AnyAdapter = { ...police, sections: { contact: { safeContact: open } } };
    expect(unclassified(readSchemaFiles(root), unsaid)).toEqual(['contact.safeContact']);
  });
});

describe('a section that the agency did not supply before', () => {
  let folder: PolicyFolder;
  beforeEach(() => {
    folder = copyOfPolicy(
      root,
      adapters.map(({ id }) => id),
    );
  });
  afterEach(() => folder.drop());

  const FILE = 'adapters/police/sharing.yaml';
  const sdl = `${read('schema/police.graphql').replace(
    'type Query {',
    'type Query {\n  demographics(keys: [ID!]!): [Demographics]!',
  )}
type Demographics { records: [DemographicRecord!] }
type DemographicRecord { communicationNeeds: [String!] }`;
  const supplied: AnyAdapter = {
    ...police,
    sections: { ...police.sections, demographics: { records: list(nominal, {}) } },
  };
  const findings = () => {
    const files = readSchemaFiles(root);
    const agencies = buildCatalogue(
      { ...files, agencies: new Map([...files.agencies, ['police', parse(sdl)]]) },
      adapters.map((one) => (one.id === 'police' ? supplied : one)),
    );
    const loaded = loadPolicies({ root: folder.root, agencies });
    return loaded.ok ? [] : loaded.findings;
  };

  test('without its line in the policy: every grant that is silent is named by file and line', () => {
    const grants = read(FILE).match(/^ {2}- role: /gm) ?? [];
    const found = findings();
    expect(found.length).toBe(grants.length);
    for (const { file, line, message } of found) {
      expect(file).toBe(FILE);
      expect(read(FILE).split('\n')[line - 1]).toContain('share:');
      expect(message).toBe('this grant does not say what becomes of demographics: give a level, or withheld');
    }
  });

  test('with a line in each grant the policy is sound', () => {
    folder.write(FILE, read(FILE).replace(/^( +)share:$/gm, '$1share:\n$1  demographics: withheld'));
    expect(findings()).toEqual([]);
  });

  test('without its root in the SDL', () => {
    expect(forgottenFields(supplied, buildSchema(read('schema/police.graphql')))).toEqual([
      'Query.demographics is supplied and not offered: npm run schema writes it into schema/police.graphql',
    ]);
  });
});
