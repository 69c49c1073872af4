import { CriticalityLevel, diff } from '@graphql-inspector/core';
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  parse,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import {
  type CheckedDocument,
  type DocumentMistake,
  documentMistakes,
  type ReadingRules,
} from './check-documents.ts';

/** A change of the schema that can break whoever asks, and the documents that ask what it changes. */
export interface BreakingChange<Document extends CheckedDocument> {
  /** In words. */
  readonly message: string;
  readonly breaks: readonly Document[];
}

export interface Breakage<Document extends CheckedDocument> {
  readonly changes: readonly BreakingChange<Document>[];
  /** Documents that the new schema would refuse, whatever has changed. */
  readonly refused: readonly DocumentMistake<Document>[];
}

/**
 * What becomes of documents when one schema takes the place of another: breaking changes as graphql-inspector has them, each
 * with the documents that ask what it changes, and the documents that would not be valid any more.
 */
export async function brokenBy<Document extends CheckedDocument>(
  before: GraphQLSchema,
  after: GraphQLSchema,
  documents: readonly Document[],
  reading: ReadingRules,
): Promise<Breakage<Document>> {
  const changes = (await diff(before, after)).filter(
    ({ criticality }) => criticality.level === CriticalityLevel.Breaking,
  );
  const asks = documents.map((document) => [document, asksOf(before, document, reading)] as const);
  return {
    changes: changes.map(({ message, path = '' }) => ({
      message,
      breaks: asks.flatMap(([document, has]) => (has(path) ? [document] : [])),
    })),
    refused: documentMistakes(after, documents, reading),
  };
}

/** Whether a document asks what stands at a path of the schema, as `Person.crisisPlan`. One that cannot be read asks nothing. */
function asksOf(
  schema: GraphQLSchema,
  { text }: CheckedDocument,
  reading: ReadingRules,
): (path: string) => boolean {
  const places = new Set<string>();
  // Of an input or an enum any part may be sent or come back, whatever the text says.
  const whole = new Set<string>();
  const type = new TypeInfo(schema);
  const noteType = (named: GraphQLNamedType | null | undefined) => {
    if (!named || whole.has(named.name)) return;
    places.add(named.name);
    if (isEnumType(named)) whole.add(named.name);
    if (!isInputObjectType(named)) return;
    whole.add(named.name);
    for (const field of Object.values(named.getFields())) noteType(getNamedType(field.type));
  };
  const note = () => {
    const parent = type.getParentType();
    const field = type.getFieldDef();
    if (!parent || !field) return;
    const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [];
    for (const { name } of [parent, ...possible]) places.add(`${name}.${field.name}`);
    noteType(parent);
    noteType(getNamedType(field.type));
  };
  const noteArgument = () => {
    const argument = type.getArgument();
    const parent = type.getParentType();
    const field = type.getFieldDef();
    if (argument && parent && field) places.add(`${parent.name}.${field.name}.${argument.name}`);
    noteType(argument && getNamedType(argument.type));
  };
  try {
    visit(
      parse(text, reading.parse),
      visitWithTypeInfo(type, {
        Field: note,
        Argument: noteArgument,
        VariableDefinition: ({ type: node }) => noteType(getNamedType(typeFromAST(schema, node as never))),
      }),
    );
  } catch {
    return () => false;
  }
  return (path) => places.has(path) || whole.has(path.split('.')[0] ?? '');
}
