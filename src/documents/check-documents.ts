import {
  GraphQLError,
  type GraphQLSchema,
  type ParseOptions,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';

/** A document, and something by which to find it again. */
export interface CheckedDocument {
  readonly id: string;
  readonly text: string;
}

/** What is wrong with a document, and in which line of it. */
export interface DocumentMistake<Document extends CheckedDocument> {
  readonly document: Document;
  readonly line: number;
  readonly message: string;
}

/** What the gateway reads a document by, besides GraphQL's own rules: its limits. */
export interface ReadingRules {
  readonly parse: ParseOptions;
  readonly rules: readonly ValidationRule[];
}

/** Everything for which the gateway would refuse these documents under a schema, before it knows variables. */
export function documentMistakes<Document extends CheckedDocument>(
  schema: GraphQLSchema,
  documents: readonly Document[],
  reading: ReadingRules,
): readonly DocumentMistake<Document>[] {
  return documents.flatMap((document) =>
    errorsIn(schema, document.text, reading).map(({ message, locations }) => ({
      ...{ document, message, line: locations?.[0]?.line ?? 1 },
    })),
  );
}

function errorsIn(schema: GraphQLSchema, text: string, reading: ReadingRules): readonly GraphQLError[] {
  try {
    return validate(schema, parse(text, reading.parse), [...specifiedRules, ...reading.rules]);
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
