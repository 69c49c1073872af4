/** `CohortFilter` and `CohortDimension` of the public schema, made from what agencies let be counted. */
import { concatAST, type DocumentNode, Kind, parse } from 'graphql';
import type { Countables, CountableWord } from '../../cohort/countables.ts';
import type { SchemaFiles } from './vocabulary.ts';

/** The schema's files with the types of cohorts in the gateway's own document. */
export const withCohortTypes = (files: SchemaFiles, countables: Countables): SchemaFiles => ({
  ...files,
  own: concatAST([files.own, cohortTypes(countables, files.own)]),
});

/** The types as SDL, for the gateway's own document. `document` is that one: enums of the vocabulary are taken from it. */
function cohortTypes(countables: Countables, document: DocumentNode): DocumentNode {
  const enums = new Set(
    document.definitions.flatMap((one) => (one.kind === Kind.ENUM_TYPE_DEFINITION ? [one.name.value] : [])),
  );
  const words = [...countables.values()];
  const sections = new Map<string, CountableWord[]>();
  for (const word of words) sections.set(word.section, [...(sections.get(word.section) ?? []), word]);
  const values = new Map(
    words.filter(({ kind }) => kind === 'ENUM' || kind === 'BAND').map((word) => [valueType(word), word]),
  );
  const parts = [
    described('Conditions on people. All that is given holds together; nothing given is refused.', [
      'input CohortFilter {',
      ...field('All of these hold.', 'all: [CohortFilter!]'),
      ...field('At least one of these holds.', 'any: [CohortFilter!]'),
      ...field('This does not hold.', 'not: CohortFilter'),
      ...[...sections].flatMap(([section, wordsOfSection]) =>
        field(
          section === 'person'
            ? 'What the person index holds of them, from agencies that let it be counted.'
            : `They have a row of \`${section}\` that meets all of these. Told by ${suppliersOf(wordsOfSection)}.`,
          `${section}: ${inputOf(section)}`,
        ),
      ),
      '}',
    ]),
    ...[...sections].map(([section, wordsOfSection]) =>
      described(
        section === 'person'
          ? 'Conditions on who somebody is.'
          : `Conditions on rows of \`${section}\`: one row meets all that are given.`,
        [
          `input ${inputOf(section)} {`,
          ...wordsOfSection.flatMap((word) => field(tellsOf(word), `${word.field}: ${conditionType(word)}`)),
          '}',
        ],
      ),
    ),
    ...[...values].flatMap(([type, word]) => [
      described('One of these values.', [
        `input Cohort${type} {`,
        ...field('This value.', `is: ${type}`),
        ...field('One of these values.', `in: [${type}!]`),
        '}',
      ]),
      ...(enums.has(type)
        ? []
        : [
            described(word.description, [
              `enum ${type} {`,
              ...word.values.flatMap((value) => field(`\`${value}\`.`, value)),
              '}',
            ]),
          ]),
    ]),
    described('Calendar months in London, from and to: both are in it.', [
      'input CohortMonths {',
      ...field('The first month, `YYYY-MM`; from the beginning if not said.', 'from: String'),
      ...field('The last month, `YYYY-MM`; until today if not said.', 'to: String'),
      '}',
    ]),
    described('So or not.', ['input CohortFlag {', ...field('Which.', 'is: Boolean!'), '}']),
    described('What people can be grouped by.', [
      'enum CohortDimension {',
      ...words.flatMap((word) => field(tellsOf(word), word.dimension)),
      // An enum has a value, and nothing may be let be counted.
      ...(words.length === 0 ? field('Nothing may be counted.', 'NOTHING') : []),
      '}',
    ]),
  ];
  return parse(parts.join('\n\n'), { noLocation: true });
}

/** The name of the enum of a word's values. */
const valueType = ({ type, section, field }: CountableWord): string =>
  type ?? `${capital(section)}${capital(field)}`;
const inputOf = (section: string): string =>
  `${capital(section)}CohortFilter`.replace(/^PersonCohort/, 'CohortPerson');
const conditionType = (word: CountableWord): string =>
  word.kind === 'MONTH'
    ? 'CohortMonths'
    : word.kind === 'BOOLEAN'
      ? 'CohortFlag'
      : `Cohort${valueType(word)}`;

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const suppliersOf = (words: readonly CountableWord[]): string =>
  [...new Set(words.flatMap(({ suppliers }) => [...suppliers.keys()]))].join(', ');
const tellsOf = (word: CountableWord): string => `${word.description} Told by ${suppliersOf([word])}.`;

const described = (words: string, lines: readonly string[]): string =>
  [JSON.stringify(words), ...lines].join('\n');
const field = (words: string, line: string): string[] => [`  ${JSON.stringify(words)}`, `  ${line}`];
