import { buildSchema, GraphQLError, type GraphQLSchema, Kind, type ParseOptions, parse } from 'graphql';

/** A file that is no schema. */
export class SchemaFileError extends Error {
  override readonly name = 'SchemaFileError';
  readonly code = 'SCHEMA_FILE';
}

/** The schema of a text in GraphQL's own language; `name` is how its file is called. @throws SchemaFileError with the line */
export function readSchema(text: string, name: string): GraphQLSchema {
  try {
    return buildSchema(text);
  } catch (error) {
    const line = (error instanceof GraphQLError && error.locations?.[0]?.line) || 1;
    throw new SchemaFileError(`${name}:${line}: it is no schema: ${(error as Error).message}`);
  }
}

/** The operations of a document by their names, as `query Crisis`. */
export function operationsOf(text: string, options: ParseOptions): string {
  try {
    return parse(text, { ...options, noLocation: true })
      .definitions.flatMap((one) =>
        one.kind === Kind.OPERATION_DEFINITION
          ? [`${one.operation} ${one.name?.value ?? 'without a name'}`]
          : [],
      )
      .join(', ');
  } catch {
    return 'cannot be read';
  }
}
