import type { GraphQLError } from 'graphql';
import { getOperationAST } from 'graphql';
import { requestError } from '../errors.ts';
import type { Policies } from '../sharing/policies.ts';
import type { Asking, Operation } from './request.ts';

/** Fields by which links are reviewed. */
export const REVIEWING: ReadonlySet<string> = new Set(['reviewTasks', 'decideLink', 'undoLinkDecision']);

/** Whether the caller's role may review links at the purpose asserted; never a question of any person. */
export function isReviewer({ reviewers }: Policies, { caller, purpose }: Asking): boolean {
  return purpose !== null && (reviewers.get(caller.role)?.includes(purpose) ?? false);
}

/** The refusal of somebody who may not review: the same whoever is meant, and whether or not there is anything to review. */
export function notReviewer({ reviewers }: Policies): GraphQLError {
  const who = [...reviewers].map(([role, purposes]) => `${role} at ${purposes.join(', ')}`);
  const may = who.length > 0 ? `It is for: ${who.join('; ')}` : 'Nobody may';
  return requestError('PURPOSE_NOT_PERMITTED', `Your role may not review links at this purpose. ${may}.`);
}

/** Whether an operation changes something: it is run once, whatever else changes meanwhile. */
export function changesSomething({ document, operationName }: Operation): boolean {
  return getOperationAST(document, operationName)?.operation === 'mutation';
}
