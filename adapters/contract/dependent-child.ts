import { type CodeList, meaning } from './codes.ts';
import type { Decoder } from './decoding.ts';
import { yesNo } from './flags.ts';
import { text } from './text.ts';

/**
 * Whether somebody is a dependent child, of a flag that says so and a relationship by this list. Where the flag is blank,
 * those who are no children are no dependent children; of a child it cannot be told.
 */
export const dependentChildBy =
  (relationships: CodeList<string>): Decoder<boolean | null> =>
  (cells, context) => {
    const [dependent, relation] = cells as readonly unknown[];
    if (text(dependent, context) !== null) return yesNo(dependent, context);
    const relationship = meaning(relationships)(relation, context);
    return relationship === null || relationship === 'CHILD' ? null : false;
  };
