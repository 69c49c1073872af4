import { type GraphQLNamedType, type GraphQLObjectType, getNamedType, isEnumType } from 'graphql';
import { isUnreadable } from '../sections/hole-error.ts';

/**
 * A field of an item in words: a value of an enum by its description in the vocabulary, a coded one by its text, several one after the
 * other. What could not be read stays what stands in its place; null for nothing.
 */
export function inWords(
  item: Readonly<Record<string, unknown>>,
  type: GraphQLObjectType,
  field: string,
): unknown {
  const definition = type.getFields()[field];
  return definition ? words(item[field], getNamedType(definition.type)) : null;
}

function words(value: unknown, type: GraphQLNamedType): unknown {
  if (value === null || value === undefined) return null;
  if (isUnreadable(value)) return value;
  if (Array.isArray(value)) {
    const parts = value.map((one) => words(one, type));
    return parts.find(isUnreadable) ?? (parts.filter((one) => one !== null).join('; ') || null);
  }
  if (isEnumType(type)) return type.getValue(String(value))?.description?.replace(/\.$/, '') ?? String(value);
  if (typeof value === 'object') return words((value as { text?: unknown }).text, type);
  return String(value);
}
