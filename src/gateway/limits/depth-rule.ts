import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import type { ValidationRule } from 'graphql';
import { LIMITS, refused } from './limits.ts';

/** Fields within fields, fragments spread out; the query for the schema itself is not counted. */
export const depthRule: ValidationRule = maxDepthRule({
  n: LIMITS.depth,
  flattenFragments: true,
  propagateOnRejection: false,
  onReject: [
    (context) =>
      context?.reportError(
        refused(`The query nests deeper than ${LIMITS.depth} fields, which is the limit.`),
      ),
  ],
});
