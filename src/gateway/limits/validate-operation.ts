import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  type ParseOptions,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { aliasCountRule, aliasRule } from './alias-rule.ts';
import { depthRule } from './depth-rule.ts';
import { directiveRule } from './directive-rule.ts';
import { householdRule } from './household-rule.ts';
import { LIMITS } from './limits.ts';

/** For graphql-js's `parse`: it stops at the limit. */
export const PARSE_OPTIONS: ParseOptions = { maxTokens: LIMITS.tokens };

/** Beside GraphQL's own rules. What a query costs depends on its variables too: `checkCost`. */
export const LIMIT_RULES: readonly ValidationRule[] = [
  depthRule,
  aliasCountRule,
  directiveRule,
  aliasRule,
  householdRule,
];

/** Everything that is wrong with a document: GraphQL's own errors, and QUERY_REFUSED where a limit is passed. */
export function validateOperation(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  return validate(schema, document, [...specifiedRules, ...LIMIT_RULES]);
}
