import {
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import { LEVELS, type Level } from '../sharing/types.ts';

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
