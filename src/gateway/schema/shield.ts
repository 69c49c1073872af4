import {
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import type { ReviewFeature } from '../../person-index/review/types.ts';
import {
  CONFIRMING,
  COUNTING,
  COUNTING_PEOPLE,
  DECIDING,
  GOVERNING,
  isAnalyst,
  mayCount,
  OWN_ACTS,
  READING_POLICY,
  READING_REGISTER,
  REVIEWING,
} from '../operation/needs.ts';
import { withheldField, worstFirst } from '../request/answers.ts';
import type { GatewayContext } from '../request/context.ts';
import { Ledger } from '../request/ledger.ts';
import { holeError, notCoveredError } from '../sections/hole-error.ts';
import { listAnswers } from '../timeline/events.ts';
import { graphqlMiddleware, graphqlShield } from './shield-library.ts';

type Verdict = true | Error;

/** The gateway's own graph: it carries no person data. Every other type is person data wherever it stands. */
const OPEN_TYPES: ReadonlySet<string> = new Set([
  'Query',
  'Viewer',
  'Grant',
  'Agreement',
  'Agency',
  'Countable',
  'Contact',
  'PersonSearchResult',
  'PersonMatch',
  'Person',
  'SourceAnswer',
  'Source',
  'DisclosurePlan',
  'PlannedField',
  'Rule',
  'AccessHistory',
]);
/** Fields of sections and items that say how an answer stands. They are non-null, and carry nothing of the person. */
const STANDING_FIELDS: ReadonlySet<string> = new Set(['state', 'sources', 'source']);

const GUARDED_ROOTS = [
  ...[REVIEWING, CONFIRMING, GOVERNING, DECIDING, OWN_ACTS],
  ...[READING_POLICY, READING_REGISTER, COUNTING, COUNTING_PEOPLE],
];
/** What is told of acts, of policies and of the register: shown where this request answered the caller with some, and nowhere else. */
const ACT_TYPES: ReadonlySet<string> = new Set([
  ...['BreakGlassPage', 'BreakGlass', 'BreakGlassReview', 'Asker'],
  ...['MatrixCell', 'PolicyStatus', 'WaitingPolicy', 'Withdrawal'],
  ...['RegisterPage', 'RegisterItem', 'RegisterOutcome', 'RegisterStatement'],
  ...['AccessEntryPage', 'AccessEntry', 'BarrierReport', 'BarrierRow', 'BarrierKey'],
  ...['Cohort', 'CohortGroup', 'CohortKey'],
  ...['PolicyDiff', 'PolicyChange', 'RequestsOfOrganisation', 'Count'],
  ...['DisclosureRequestPage', 'DisclosureRequest', 'Relay'],
  ...['Consent', 'ConsentPage', 'Objection', 'ObjectionPage', 'Mistake', 'MistakePage'],
]);

const isOpen = (type: string, field: string) =>
  (OPEN_TYPES.has(type) && !GUARDED_ROOTS.some((fields) => fields.has(field))) ||
  (STANDING_FIELDS.has(field) && !ACT_TYPES.has(type));
/** What a review of links answers: shown where this request reviewed, and nowhere else. */
const REVIEW_TYPES: ReadonlySet<string> = new Set([
  'ReviewTaskPage',
  'ReviewTask',
  'ReviewSide',
  'ReviewRecord',
  'ReviewName',
  'LinkComparison',
  'EarlierDecision',
  'LinkDecision',
]);

/**
 * The outer lock: graphql-shield on every field of the public graph. One generated map with every type and field, a
 * fallback that denies, and one rule for person data that looks the decision up anew for each place of the response.
 * Rejects, before anything is served, if any guarded field would answer without a decision.
 */
export async function shielded(schema: GraphQLSchema): Promise<GraphQLSchema> {
  const { shield, rule, allow, deny } = graphqlShield();
  // no_cache: a cached verdict would make one person's answer another's.
  const personData = rule('person-data', { cache: 'no_cache' })(
    (_parent, _args, context: GatewayContext, info: GraphQLResolveInfo) => verdict(context, info),
  );
  const timeline = rule('timeline', { cache: 'no_cache' })(
    (_parent, _args, context: GatewayContext, info: GraphQLResolveInfo) => timelineVerdict(context, info),
  );
  const reviewer = rule('reviewer', { cache: 'no_cache' })(
    (_parent, _args, { mayReview }: GatewayContext) => mayReview === true || NO_REVIEW,
  );
  const confirmer = rule('confirmer', { cache: 'no_cache' })(
    (_parent, _args, { mayConfirm }: GatewayContext) => mayConfirm === true || NO_REVIEW,
  );
  const reviewed = rule('reviewed', { cache: 'no_cache' })(
    (_parent, _args, context: GatewayContext, info: GraphQLResolveInfo) => reviewVerdict(context, info),
  );
  const officer = rule('officer', { cache: 'no_cache' })(
    (_parent, _args, { mayGovern }: GatewayContext) => mayGovern === true || NO_ACT,
  );
  const counter = rule('counter', { cache: 'no_cache' })(
    (_parent, _args, context: GatewayContext) => (Boolean(context.caller) && mayCount(context)) || NO_ACT,
  );
  const analyst = rule('analyst', { cache: 'no_cache' })(
    (_parent, _args, context: GatewayContext) => (Boolean(context.caller) && isAnalyst(context)) || NO_ACT,
  );
  const deciding = rule('deciding', { cache: 'no_cache' })(
    (_parent, _args, { decider }: GatewayContext) => Boolean(decider) || NO_ACT,
  );
  const signedIn = rule('signed-in', { cache: 'no_cache' })(
    (_parent, _args, { caller }: GatewayContext) => Boolean(caller?.sub) || NO_ACT,
  );
  const policyReader = rule('policy-reader', { cache: 'no_cache' })(
    (_parent, _args, { mayReadPolicy }: GatewayContext) => mayReadPolicy === true || NO_ACT,
  );
  const acted = rule('acted', { cache: 'no_cache' })(
    (_parent, _args, context: GatewayContext, info: GraphQLResolveInfo) =>
      context.ledger.liesInActs(info.path) || NO_ACT,
  );
  const ruleOf = (type: string, field: string) => {
    if (isOpen(type, field)) return allow;
    if (REVIEWING.has(field)) return reviewer;
    if (CONFIRMING.has(field)) return confirmer;
    if (GOVERNING.has(field) || READING_REGISTER.has(field)) return officer;
    if (COUNTING.has(field)) return counter;
    if (COUNTING_PEOPLE.has(field)) return analyst;
    if (DECIDING.has(field)) return deciding;
    if (OWN_ACTS.has(field)) return signedIn;
    if (READING_POLICY.has(field)) return policyReader;
    if (ACT_TYPES.has(type)) return acted;
    if (type === 'Timeline') return timeline;
    return REVIEW_TYPES.has(type) ? reviewed : personData;
  };
  const map: Record<string, Record<string, unknown>> = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    const rules = Object.keys(type.getFields()).map((field) => [field, ruleOf(type.name, field)]);
    map[type.name] = Object.fromEntries(rules);
  }
  const fallbackError = new GraphQLError('Withheld.', {
    extensions: { code: 'WITHHELD', reason: 'NOT_LISTED' },
  });
  const options = { fallbackRule: deny, fallbackError, allowExternalErrors: true, debug: false };
  const guards = shield(map as never, options).generate(schema) as Record<string, Record<string, unknown>>;
  // What is open answers without a question to anybody: each question costs as much as a small field.
  for (const [type, fields] of Object.entries(guards))
    for (const field of Object.keys(fields)) if (isOpen(type, field)) delete fields[field];
  const guarded = graphqlMiddleware().applyMiddleware(schema, guards as never);
  await assertDeniesAll(guarded, isOpen);
  return guarded;
}

const NO_ACT = new GraphQLError('This is for somebody else.', {
  extensions: { code: 'WITHHELD', reason: 'NOT_LISTED', agency: null, section: null, contact: null },
});
const NO_REVIEW = new GraphQLError('Withheld by the policy of the agency.', {
  extensions: { code: 'WITHHELD', reason: 'NOT_LISTED', agency: null, section: 'identity', contact: null },
});
/** Fields of a task's record that carry something of a person → the features whose release each needs. */
const FEATURES_OF: Readonly<Record<string, readonly ReviewFeature[]>> = {
  'ReviewRecord.names': ['givenName', 'familyName'],
  'ReviewRecord.dateOfBirth': ['dateOfBirth'],
  'ReviewRecord.sex': ['sex'],
  'ReviewName.givenName': ['givenName'],
  'ReviewName.familyName': ['familyName'],
};

/** Whether this place lies in a review of this request; and a feature of a record, whether its agency releases it. */
function reviewVerdict(context: GatewayContext, info: GraphQLResolveInfo): Verdict {
  const located = context.ledger.locateReview(info.path);
  if (!located) return NO_REVIEW;
  const features = FEATURES_OF[`${info.parentType.name}.${info.fieldName}`];
  if (!features) return true;
  return features.some((feature) => located.record?.released(feature)) || NO_REVIEW;
}

/** Whether anything of this timeline may be shown: whether any agency releases when an event of some section was. */
function timelineVerdict(context: GatewayContext, info: GraphQLResolveInfo): Verdict {
  const answers = context.ledger.timelineAt(info.path);
  if (!answers) return new Error(`${info.parentType.name}.${info.fieldName} lies in no timeline`);
  const lists = listAnswers(answers, info.schema);
  if (lists.length === 0) return notCoveredError('timeline', info);
  if (lists.some(({ given: { state } }) => state !== 'WITHHELD' && state !== 'NOT_COVERED')) return true;
  const [worst] = lists.toSorted((one, other) => worstFirst(one.given, other.given));
  return worst ? holeError(worst.given, worst.answer.section.name, context, info) : true;
}

/** Whether this very place of the response may be shown: by section, and within a list by the agency of the item. */
function verdict(context: GatewayContext, info: GraphQLResolveInfo): Verdict {
  const located = context.ledger.locate(info.path);
  if (!located?.field)
    return new Error(`${info.parentType.name}.${info.fieldName} was not asked of a section`);
  const { answer, agency, field } = located;
  const suppliers = answer.section.fields.get(field)?.suppliers ?? [];
  const agencies = agency && suppliers.length > 0 ? [agency] : suppliers;
  const answers = agencies.map((one) => withheldField(answer, one, field)).filter((one) => one !== null);
  if (answers.some(({ state }) => state !== 'WITHHELD' && state !== 'NOT_COVERED')) return true;
  const worst = answers.sort(worstFirst)[0];
  const section = answer.section.name;
  return worst ? holeError(worst, section, context, info) : notCoveredError(section, info);
}

/**
 * Calls every guarded resolver as a request would that has answered no section, and sees each denied. Stops the
 * start otherwise: graphql-shield allows by default, and drops a type's whole map over one undefined rule.
 * @param isOpen fields that are meant to answer without a decision
 */
async function assertDeniesAll(
  schema: GraphQLSchema,
  isOpen: (type: string, field: string) => boolean,
): Promise<void> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!isOpen(type.name, field.name)) await assertDenied(type, field.name);
    }
  }
}

async function assertDenied(type: GraphQLObjectType, fieldName: string): Promise<void> {
  const secret = Symbol('an answer that must not pass');
  const parent = new Proxy({}, { get: () => secret });
  const path = { prev: undefined, key: fieldName, typename: type.name };
  const info = { fieldName, path, parentType: type, fieldNodes: [], operation: { operation: 'query' } };
  const resolve = type.getFields()[fieldName]?.resolve;
  try {
    const answer: unknown = await resolve?.(parent, {}, { ledger: new Ledger() }, info as never);
    if (answer instanceof Error) return;
  } catch {
    return;
  }
  throw new Error(`${type.name}.${fieldName} answers without a decision: the shield does not guard it`);
}
