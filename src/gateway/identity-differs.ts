import type { GraphQLFieldResolver } from 'graphql';
import type { SectionAnswer } from './answers.ts';
import type { GatewayContext } from './context.ts';
import { DERIVED_FIELDS } from './derived-fields.ts';
import { HELPERS } from './prune.ts';
import { openError, suppliersOf } from './section-fields.ts';

/**
 * Resolves `Identity.differs`: the fields on which the disclosed records disagree. Agencies' names are compared
 * without regard to case and accents; a value that is missing disagrees with nothing. That they disagree on nothing
 * is said only where every supplier answered; else null, with the error of the one that leaves it open.
 */
export const resolveDiffers: GraphQLFieldResolver<SectionAnswer, GatewayContext> = (
  answer,
  _args,
  context,
) => {
  const { known, open } = suppliersOf('differs', answer);
  const parts = known.flatMap((one) => one.parts);
  const differing = (DERIVED_FIELDS.identity?.differs ?? []).filter((field) => {
    const values = parts
      .map((part) => part[HELPERS.input + field])
      .filter((value) => typeof value === 'string');
    return new Set(values.map(plain)).size > 1;
  });
  if (differing.length === 0 && open) throw openError(open, 'differs', answer, context);
  return differing;
};

function plain(value: string): string {
  return value.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
}
