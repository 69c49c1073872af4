import { type GraphQLSchema, getOperationAST } from 'graphql';
import { requestError } from '../errors.ts';
import type { Policies } from '../sharing/policies.ts';
import { selectedFields } from './asked-fields.ts';
import type { Asking, Operation } from './request.ts';
import { isReviewer, notReviewer, REVIEWING } from './review-needs.ts';

/** Query fields that speak of people, and those that need a purpose only. */
const ABOUT_PEOPLE = new Set(['person', 'people', 'personByIdentifier', 'findPeople']);

/**
 * Refuses an operation whose headers do not carry what it needs, before anything runs.
 * Throws PURPOSE_REQUIRED, PURPOSE_NOT_PERMITTED or REFERENCE_REQUIRED.
 */
export function checkNeeds(
  schema: GraphQLSchema,
  operation: Operation,
  asking: Asking,
  policies: Policies,
): void {
  const { caller, purpose, reference } = asking;
  const needs = needsOf(schema, operation);
  const permitted = [...policies.purposes.values()]
    .filter((one) => one.roles.includes(caller.role))
    .map((one) => one.id);
  const choice =
    permitted.length > 0 ? `Your role may assert: ${permitted.join(', ')}` : 'Your role may assert none';
  if (needs.purpose && !purpose)
    throw requestError('PURPOSE_REQUIRED', `Say why you ask, in the header Sharing-Purpose. ${choice}.`);
  if (purpose && !permitted.includes(purpose)) {
    const known = policies.purposes.has(purpose);
    const what = known ? 'may not be asserted by your role' : 'is not a purpose that Sightline knows';
    throw requestError('PURPOSE_NOT_PERMITTED', `The purpose in Sharing-Purpose ${what}. ${choice}.`);
  }
  if (needs.reviewer && !isReviewer(policies, asking)) throw notReviewer(policies);
  if (needs.changes > 1)
    throw requestError(
      'QUERY_REFUSED',
      'One decision at a time: a mutation takes one field, and this has more.',
    );
  if (needs.reference && !reference) {
    throw requestError(
      'REFERENCE_REQUIRED',
      'Say which case or incident you work on, in the header Sharing-Reference: <agency>:<its own number>.',
    );
  }
}

interface Needs {
  purpose: boolean;
  reference: boolean;
  reviewer: boolean;
  /** How many fields change something. */
  changes: number;
}

function needsOf(schema: GraphQLSchema, { document, operationName, variables }: Operation): Needs {
  const needs: Needs = { purpose: false, reference: false, reviewer: false, changes: 0 };
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  const viewer = schema.getType('Viewer');
  if (!operation || !root || !viewer || !('getFields' in viewer)) return needs;
  const fragments = Object.fromEntries(
    document.definitions.flatMap((one) => (one.kind === 'FragmentDefinition' ? [[one.name.value, one]] : [])),
  );
  const execution = { schema, fragments, variableValues: variables };
  for (const field of selectedFields([operation.selectionSet], root, execution)) {
    const name = field.name.value;
    if (ABOUT_PEOPLE.has(name)) needs.reference = needs.purpose = true;
    if (REVIEWING.has(name)) needs.reviewer = needs.reference = needs.purpose = true;
    if (operation.operation === 'mutation') needs.changes += 1;
    if (name === 'disclosurePlan' || name === 'accessHistory') needs.purpose = true;
    if (name === 'viewer') {
      for (const one of selectedFields([field.selectionSet], viewer as never, execution))
        needs.purpose ||= one.name.value === 'mayAsk';
    }
  }
  return needs;
}
