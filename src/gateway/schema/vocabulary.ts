import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
} from 'graphql';
import { LEVELS, type Level } from '../../states.ts';

type ObjectType = ObjectTypeDefinitionNode;

/** Object types by name, with the fields of every document that defines them. The first definition of a field stands. */
export function objectTypes(documents: Iterable<DocumentNode>): Map<string, ObjectType> {
  const types = new Map<string, ObjectType>();
  for (const document of documents) {
    for (const definition of document.definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
      const known = types.get(definition.name.value);
      types.set(definition.name.value, known ? withFieldsOf(known, definition) : definition);
    }
  }
  return types;
}

function withFieldsOf(known: ObjectType, other: ObjectType): ObjectType {
  const names = new Set(known.fields?.map((field) => field.name.value));
  const added = (other.fields ?? []).filter((field) => !names.has(field.name.value));
  return { ...known, fields: [...(known.fields ?? []), ...added] };
}

/** The name of a type without its lists and non-nulls. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

export function implementsInterface(type: ObjectType | InterfaceTypeDefinitionNode, name: string): boolean {
  return type.interfaces?.some((one) => one.name.value === name) ?? false;
}

/** The level that `@shared(from:)` states on a field, null where it states none. Throws on a level that does not exist. */
export function statedLevel(field: FieldDefinitionNode): Level | null {
  const directive = field.directives?.find((one) => one.name.value === 'shared');
  const value = directive?.arguments?.[0]?.value;
  if (!directive) return null;
  const level = LEVELS.find((one) => value?.kind === Kind.ENUM && one === value.value);
  if (!level) throw new Error(`@shared on ${field.name.value} needs from: ${LEVELS.join(', ')}`);
  return level;
}

/** An agency's SDL was not made yet: `code` is `AGENCY_SCHEMA_MISSING`. */
export class AgencySchemaMissingError extends Error {
  readonly code = 'AGENCY_SCHEMA_MISSING';
  override readonly name = 'AgencySchemaMissingError';
  constructor(agency: string) {
    super(`There is no schema/${agency}.graphql: npm run schema makes it of the adapter.`);
  }
}

/** The SDL files of `schema/`: the gateway's own graph with its vocabulary, and one for each agency. */
export interface SchemaFiles {
  own: DocumentNode;
  agencies: ReadonlyMap<string, DocumentNode>;
}

/** Written by the gateway's authors; every other `.graphql` file but the composed one is an agency's, named by its id. */
const OWN = ['person-index', 'sections'];
const COMPOSED = 'sightline';

/** The gateway's own graph with the sections and fields in which agencies answer, below `root`. */
export const readVocabulary = (root: string): DocumentNode => readSdl(root, OWN);

function readSdl(root: string, names: readonly string[]): DocumentNode {
  const texts = names.map((name) => readFileSync(join(root, 'schema', `${name}.graphql`), 'utf8'));
  return parse(texts.join('\n'), { noLocation: true });
}

/**
 * Reads the SDLs below `root`, of all agencies that have one or of these alone. Throws GraphQLError, with its file and
 * place, where one does not parse.
 */
export function readSchemaFiles(root: string, of: Iterable<string> | null = null): SchemaFiles {
  const wanted = of && new Set(of);
  const folder = join(root, 'schema');
  const agencies = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => basename(file, '.graphql'))
    .filter((name) => name !== COMPOSED && !OWN.includes(name))
    .filter((name) => wanted?.has(name) ?? true);
  return {
    own: readVocabulary(root),
    agencies: new Map(agencies.map((name) => [name, readSdl(root, [name])])),
  };
}
