import {
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  type ValidationRule,
} from 'graphql';
import { refused } from './refused.ts';
import { isReservedName } from './reserved-names.ts';

/**
 * Refuses aliases by which a value could pass for another: results are joined, and agencies' answers merged, by the
 * name under which a value stands.
 */
export const aliasRule: ValidationRule = (context) => ({
  Field({ alias, name }) {
    if (!alias || alias.value === name.value) return;
    const parent = context.getParentType();
    if (isReservedName(alias.value)) {
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

/** Of the type itself, and of whatever may stand in its place. */
function fieldNames(type: GraphQLCompositeType, schema: GraphQLSchema): ReadonlySet<string> {
  const types = isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
  return new Set(
    types.flatMap((one) => (isObjectType(one) || 'getFields' in one ? Object.keys(one.getFields()) : [])),
  );
}
