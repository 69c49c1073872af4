import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import type { ValidationRule } from 'graphql';
import { LIMITS, refused } from './limits.ts';

/** Each alias can make the same work be done once more. */
export const aliasCountRule: ValidationRule = maxAliasesRule({
  n: LIMITS.aliases,
  propagateOnRejection: false,
  onReject: [
    (context) =>
      context?.reportError(refused(`The query has more than ${LIMITS.aliases} aliases, which is the limit.`)),
  ],
});
