import type { GraphQLError } from 'graphql';
import { type GraphQLSchema, getOperationAST } from 'graphql';
import { requestError } from '../../errors.ts';
import { ANALYST, GOVERNANCE, type Policies } from '../../sharing/policy/policies.ts';
import type { CallerRequest, Operation } from '../request/context.ts';
import { selectedFields } from '../request/selection.ts';

/** Query fields that speak of people, and those that need a purpose only. */
const ABOUT_PEOPLE = new Set(['person', 'people', 'personByIdentifier', 'findPeople']);

/**
 * Refuses an operation whose headers do not carry what it needs, before anything runs.
 * Throws PURPOSE_REQUIRED, PURPOSE_NOT_PERMITTED or REFERENCE_REQUIRED.
 */
export function checkNeeds(
  schema: GraphQLSchema,
  operation: Operation,
  request: CallerRequest,
  policies: Policies,
): void {
  const { caller, purpose, reference } = request;
  const needs = needsOf(schema, operation);
  // Whoever opened or asked something sees their own without a purpose; an officer sees what concerns their organisation.
  if (needs.acts && caller.role === GOVERNANCE.role) needs.purpose = needs.officer = true;
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
  if (needs.reviewer && !isReviewer(policies, request)) throw notReviewer(policies);
  if (needs.confirmer && !isConfirmer(policies, request)) throw notConfirmer(policies);
  if (needs.officer && !isOfficer(request)) throw notOfficer();
  if (needs.counter && !mayCount(request)) throw notCounter();
  if (needs.analyst && !isAnalyst(request)) throw notAnalyst();
  if (needs.policyReader && !worksForAgency(policies, caller.role)) throw notPolicyReader();
  if (needs.decider && !deciderOf(policies, request)) throw notDecider(policies, request);
  if (needs.changes > 1)
    throw requestError(
      'QUERY_REFUSED',
      'One decision at a time: a mutation takes one field, and this has more.',
    );
  // Who confirms for the records of their own agency is on no case.
  const onCase = needs.confirmer && isReviewer(policies, request);
  if ((needs.reference || onCase) && !reference) {
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
  confirmer: boolean;
  officer: boolean;
  /** Reads the policy itself. */
  policyReader: boolean;
  /** Counts what the register holds. */
  counter: boolean;
  /** Counts people. */
  analyst: boolean;
  /** Decides on requests. */
  decider: boolean;
  /** Lists acts. */
  acts: boolean;
  /** How many fields change something. */
  changes: number;
}

function needsOf(schema: GraphQLSchema, { document, operationName, variables }: Operation): Needs {
  const needs: Needs = {
    ...{ purpose: false, reference: false, reviewer: false, confirmer: false },
    ...{
      officer: false,
      counter: false,
      analyst: false,
      decider: false,
      policyReader: false,
      acts: false,
      changes: 0,
    },
  };
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
    if (CONFIRMING.has(name)) needs.confirmer = needs.purpose = true;
    if (OF_A_PERSON.has(name)) needs.reference = needs.purpose = true;
    if (GOVERNING.has(name) || READING_REGISTER.has(name)) needs.officer = needs.purpose = true;
    if (name === 'breakGlass' || name === 'requestDisclosure' || name === 'recordRelay')
      needs.reference = needs.purpose = true;
    if (COUNTING.has(name)) needs.counter = needs.purpose = true;
    if (COUNTING_PEOPLE.has(name)) needs.analyst = needs.purpose = true;
    if (DECIDING.has(name)) needs.decider = needs.purpose = true;
    needs.policyReader ||= READING_POLICY.has(name);
    needs.acts ||= name === 'breakGlassGrants' || name === 'disclosureRequests';
    if (operation.operation === 'mutation') needs.changes += 1;
    if (name === 'disclosurePlan' || name === 'accessHistory') needs.purpose = true;
    if (name === 'viewer') {
      for (const one of selectedFields([field.selectionSet], viewer as never, execution))
        needs.purpose ||= one.name.value === 'mayAsk';
    }
  }
  return needs;
}

/** Fields by which links are reviewed. */
export const REVIEWING: ReadonlySet<string> = new Set(['reviewTasks', 'decideLink']);
/** Fields by which what waits for a second word is confirmed, and one's own word is taken back. */
export const CONFIRMING: ReadonlySet<string> = new Set(['linksToConfirm', 'confirmLink', 'undoLinkDecision']);

/** Fields by which officers and analysts count what the register holds. */
export const COUNTING: ReadonlySet<string> = new Set(['barriers']);
/** Fields by which analysts count people. */
export const COUNTING_PEOPLE: ReadonlySet<string> = new Set(['cohort']);
/** Fields by which an organisation's officer reads the register. */
export const READING_REGISTER: ReadonlySet<string> = new Set(['register', 'registerStatement']);
/** Fields by which an organisation's officer answers for it: what was opened, and what people want of its data, and its controller's policy. */
export const GOVERNING: ReadonlySet<string> = new Set([
  ...['confirmBreakGlass', 'reviewBreakGlass'],
  ...['confirmConsent', 'consentsToConfirm'],
  ...['decideObjection', 'objections', 'answerMistake', 'mistakes'],
  'policyDiff',
  'signPolicy',
  'withdrawAgreement',
]);
/** Fields by which somebody decides on what their agency is asked. */
export const DECIDING: ReadonlySet<string> = new Set(['decideDisclosure']);
/** Fields by which anybody writes down what a person whom they see wants or says, or reads it. */
const OF_A_PERSON: ReadonlySet<string> = new Set([
  ...['recordConsent', 'consents', 'recordObjection', 'reportMistake'],
]);
/** Fields by which anybody opens, asks for, ends and lists what is theirs. */
export const OWN_ACTS: ReadonlySet<string> = new Set([
  ...['breakGlass', 'endBreakGlass', 'breakGlassGrants'],
  ...['requestDisclosure', 'disclosureRequests', 'recordRelay'],
  ...OF_A_PERSON,
  'withdrawConsent',
]);

/** Fields by which whoever works for an agency reads the policy itself. */
export const READING_POLICY: ReadonlySet<string> = new Set(['policyMatrix', 'policyStatus']);

type Named = ReadonlyMap<string, readonly string[]>;
const isNamed = (named: Named, { caller, purpose }: CallerRequest): boolean =>
  purpose !== null && (named.get(caller.role)?.includes(purpose) ?? false);

/** Whether the caller's role may review links at the purpose asserted; never a question of any person. */
export const isReviewer = ({ reviewers }: Policies, request: CallerRequest): boolean =>
  isNamed(reviewers, request);

/** Whether the caller's role may give the second word: as a reviewer, or for the records of their own agency. */
export const isConfirmer = (policies: Policies, request: CallerRequest): boolean =>
  isReviewer(policies, request) || isNamed(policies.confirmers, request);

/** Whether the caller answers for their organisation's disclosures, and asks at that purpose. */
export const isOfficer = ({ caller, purpose }: CallerRequest): boolean =>
  caller.role === GOVERNANCE.role && purpose === GOVERNANCE.purpose;

/** Whether a role is of somebody who works for an agency: it asserts some purpose that is between the parties of agreements. */
export const worksForAgency = ({ purposes }: Policies, role: string): boolean =>
  [...purposes.values()].some(({ betweenParties, roles }) => betweenParties && roles.includes(role));

const notPolicyReader = (): GraphQLError =>
  requestError(
    'PURPOSE_NOT_PERMITTED',
    'The policy is for whoever works for an agency. Ask its governance officer, who answers in writing.',
  );
/**
 * For which agency and in which role the caller decides on requests; null for whoever decides on none. A governance officer
 * does so at their own purpose, any other role that their agency's file names at whichever it may assert.
 */
export function deciderOf(
  policies: Policies,
  { caller, purpose }: CallerRequest,
): { agency: string; role: string } | null {
  const { role, organisation: agency } = caller;
  if (role === GOVERNANCE.role) return purpose === GOVERNANCE.purpose ? { agency, role } : null;
  const named = policies.agencies
    .get(agency)
    ?.grants.some(({ share }) => [...share.values()].some(({ review }) => review?.decides === role));
  return named ? { agency, role } : null;
}

/** Whether the caller may count what the register holds: of their own organisation as its officer, or of all as an analyst. */
export const mayCount = (request: CallerRequest): boolean => isOfficer(request) || isAnalyst(request);

/** Whether the caller counts, and never sees who anybody is. */
export const isAnalyst = ({ caller, purpose }: CallerRequest): boolean =>
  caller.role === ANALYST.role && purpose === ANALYST.purpose;

/** The refusal of somebody who may not review: the same whoever is meant, and whether or not there is anything to review. */
const notReviewer = ({ reviewers }: Policies): GraphQLError =>
  refusal('Your role may not review links at this purpose', reviewers);

/** The same for the second word. */
const notConfirmer = ({ reviewers, confirmers }: Policies): GraphQLError =>
  refusal('Your role may not confirm links at this purpose', new Map([...reviewers, ...confirmers]));

const notAnalyst = (): GraphQLError =>
  refusal('Your role may not count people at this purpose', new Map([[ANALYST.role, [ANALYST.purpose]]]));

const notCounter = (): GraphQLError =>
  refusal(
    'Your role may not count what the register holds at this purpose',
    new Map([GOVERNANCE, ANALYST].map(({ role, purpose }) => [role, [purpose]])),
  );

const notOfficer = (): GraphQLError =>
  refusal(
    'Your role may not answer for its organisation at this purpose',
    new Map([[GOVERNANCE.role, [GOVERNANCE.purpose]]]),
  );

function notDecider(policies: Policies, { caller }: CallerRequest): GraphQLError {
  const grants = policies.agencies.get(caller.organisation)?.grants ?? [];
  const roles = grants.flatMap(({ share }) =>
    [...share.values()].flatMap(({ review }) => review?.decides ?? []),
  );
  const others = [...new Set(roles)].filter((role) => role !== GOVERNANCE.role);
  const purposesOf = (role: string) =>
    [...policies.purposes.values()].filter((one) => one.roles.includes(role)).map(({ id }) => id);
  const named = new Map([
    [GOVERNANCE.role, [GOVERNANCE.purpose]],
    ...others.map((role) => [role, purposesOf(role)] as [string, string[]]),
  ]);
  return refusal('Your role does not decide on requests at this purpose', named);
}

function refusal(what: string, named: Named): GraphQLError {
  const who = [...named].map(([role, purposes]) => `${role} at ${purposes.join(', ')}`);
  const may = who.length > 0 ? `It is for: ${who.join('; ')}` : 'Nobody may';
  return requestError('PURPOSE_NOT_PERMITTED', `${what}. ${may}.`);
}

/** Whether an operation changes something: it is run once, whatever else changes meanwhile. */
export function changesSomething({ document, operationName }: Operation): boolean {
  return getOperationAST(document, operationName)?.operation === 'mutation';
}
