import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import type { ValidationRule } from 'graphql';
import { LIMITS, refused } from './limits.ts';

export const directiveRule: ValidationRule = maxDirectivesRule({
  n: LIMITS.directives,
  propagateOnRejection: false,
  onReject: [
    (context) =>
      context?.reportError(
        refused(`The query has more than ${LIMITS.directives} directives, which is the limit.`),
      ),
  ],
});
