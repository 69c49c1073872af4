import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import {
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  type ValidationRule,
} from 'graphql';
import { LIMITS, refused } from './limits.ts';

/**
 * Refuses aliases by which a value could pass for another: results are joined, and agencies' answers merged, by the
 * name under which a value stands.
 */
export const aliasRule: ValidationRule = (context) => ({
  Field({ alias, name }) {
    if (!alias || alias.value === name.value) return;
    const parent = context.getParentType();
    // Relay's compiler asks so of fragments on interfaces. It is nobody's value, and nothing is joined by such a name.
    if (name.value === '__typename' && isRelayName(alias.value, context.getSchema())) return;
    if (isReservedName(alias.value) || HELPER_FIELDS.has(alias.value)) {
      context.reportError(refused(`The alias ${alias.value} is reserved. Choose another.`, alias));
    } else if (parent && fieldNames(parent, context.getSchema()).has(alias.value)) {
      const message = `The alias ${alias.value} is the name of another field of ${parent.name}. Choose another.`;
      context.reportError(refused(message, alias));
    }
  },
  VariableDefinition({ variable }) {
    const { value } = variable.name;
    if (isReservedName(value))
      context.reportError(refused(`The variable name ${value} is reserved. Choose another.`, variable));
  },
});

/** `__isSection`, for an interface of that name. */
function isRelayName(alias: string, schema: GraphQLSchema): boolean {
  return alias.startsWith('__is') && isAbstractType(schema.getType(alias.slice('__is'.length)));
}

/** Of the type itself, and of whatever may stand in its place. */
function fieldNames(type: GraphQLCompositeType, schema: GraphQLSchema): ReadonlySet<string> {
  const types = isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
  return new Set(
    types.flatMap((one) => (isObjectType(one) || 'getFields' in one ? Object.keys(one.getFields()) : [])),
  );
}

/** What the gateway itself asks of an agency beside the query, by these names. */
const HELPER_FIELDS: ReadonlySet<string> = new Set(['key', 'present', 'capped', 'otherPerson']);
/** Names that give an object a meaning in JavaScript, beyond those that every object has. */
const MEANINGFUL: ReadonlySet<string> = new Set(['then', 'catch', 'finally', 'toJSON', 'prototype']);
/** Under these, queries of one moment are folded into one. */
const FOLDING = /^_?(v|graphqlTools)?\d+_/i;

/** Names that no query may give to a value or a variable: each could change what is joined to what, or what a result is. */
function isReservedName(name: string): boolean {
  return (
    name.startsWith('__') ||
    name.startsWith('sightline') ||
    FOLDING.test(name) ||
    MEANINGFUL.has(name) ||
    name in Object.prototype
  );
}

/** Each alias can make the same work be done once more. */
export const aliasCountRule: ValidationRule = maxAliasesRule({
  n: LIMITS.aliases,
  propagateOnRejection: false,
  onReject: [
    (context) =>
      context?.reportError(refused(`The query has more than ${LIMITS.aliases} aliases, which is the limit.`)),
  ],
});
