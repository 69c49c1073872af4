import type { GraphQLFieldResolver } from 'graphql';
import type { RecordPart, SectionAnswer } from '../request/answers.ts';
import type { GatewayContext } from '../request/context.ts';
import { DERIVED_FIELDS, HELPERS } from '../request/prune.ts';
import { isUnreadable, unreadableError } from './hole-error.ts';
import { openError, suppliersOf } from './section-fields.ts';

/**
 * Resolves `Identity.differs`: the fields on which the disclosed records disagree. Agencies' names are compared
 * without regard to case and accents; a value that is missing disagrees with nothing. That they disagree on nothing
 * is said only where every supplier answered and could be read; else null, with the error of the one that leaves it open.
 */
export const resolveDiffers: GraphQLFieldResolver<SectionAnswer, GatewayContext> = (
  answer,
  _args,
  context,
  info,
) => {
  const { known, open } = suppliersOf('differs', answer);
  const parts = known.flatMap((one) => one.parts);
  const differing = (DERIVED_FIELDS.identity?.differs ?? []).filter((field) => {
    const values = parts
      .map((part) => part[HELPERS.input + field])
      .filter((value) => typeof value === 'string');
    return new Set(values.map(plain)).size > 1;
  });
  if (differing.length > 0) return differing;
  const unread = known.find((one) => one.parts.some(hasUnreadableInput));
  if (unread) throw unreadableError(unread, answer, context, info);
  if (open) throw openError(open, 'differs', answer, context, info);
  return differing;
};

const hasUnreadableInput = (part: RecordPart): boolean =>
  (DERIVED_FIELDS.identity?.differs ?? []).some((field) => isUnreadable(part[HELPERS.input + field]));

function plain(value: string): string {
  return value.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
}
