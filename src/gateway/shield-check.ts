import { type GraphQLObjectType, type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';
import { Ledger } from './ledger.ts';

/**
 * Calls every guarded resolver as a request would that has answered no section, and sees each denied. Stops the
 * start otherwise: graphql-shield allows by default, and drops a type's whole map over one undefined rule.
 * @param isOpen fields that are meant to answer without a decision
 */
export async function assertDeniesAll(
  schema: GraphQLSchema,
  isOpen: (type: string, field: string) => boolean,
): Promise<void> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!isOpen(type.name, field.name)) await assertDenied(type, field.name);
    }
  }
}

async function assertDenied(type: GraphQLObjectType, fieldName: string): Promise<void> {
  const secret = Symbol('an answer that must not pass');
  const parent = new Proxy({}, { get: () => secret });
  const path = { prev: undefined, key: fieldName, typename: type.name };
  const info = { fieldName, path, parentType: type, fieldNodes: [], operation: { operation: 'query' } };
  const resolve = type.getFields()[fieldName]?.resolve;
  try {
    const answer: unknown = await resolve?.(parent, {}, { ledger: new Ledger() }, info as never);
    if (answer instanceof Error) return;
  } catch {
    return;
  }
  throw new Error(`${type.name}.${fieldName} answers without a decision: the shield does not guard it`);
}
