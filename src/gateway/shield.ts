import {
  GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import type { ReviewFeature } from '../person-index/review/types.ts';
import { worstFirst } from './answers.ts';
import type { GatewayContext } from './context.ts';
import { holeError, notCoveredError } from './hole-error.ts';
import { REVIEWING } from './review-needs.ts';
import { assertDeniesAll } from './shield-check.ts';
import { graphqlMiddleware, graphqlShield } from './shield-library.ts';
import { withheldField } from './withheld-field.ts';

type Verdict = true | Error;

/** The gateway's own graph: it carries no person data. Every other type is person data wherever it stands. */
const OPEN_TYPES: ReadonlySet<string> = new Set([
  'Query',
  'Viewer',
  'Grant',
  'Agreement',
  'Agency',
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

const isOpen = (type: string, field: string) =>
  (OPEN_TYPES.has(type) && !REVIEWING.has(field)) || STANDING_FIELDS.has(field);
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
  const reviewer = rule('reviewer', { cache: 'no_cache' })(
    (_parent, _args, { mayReview }: GatewayContext) => mayReview === true || NO_REVIEW,
  );
  const reviewed = rule('reviewed', { cache: 'no_cache' })(
    (_parent, _args, context: GatewayContext, info: GraphQLResolveInfo) => reviewVerdict(context, info),
  );
  const ruleOf = (type: string, field: string) => {
    if (isOpen(type, field)) return allow;
    if (REVIEWING.has(field)) return reviewer;
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
  const guarded = graphqlMiddleware().applyMiddleware(schema, shield(map as never, options));
  await assertDeniesAll(guarded, isOpen);
  return guarded;
}

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

/** Whether this very place of the response may be shown: by section, and within a list by the agency of the item. */
function verdict(context: GatewayContext, info: GraphQLResolveInfo): Verdict {
  const located = context.ledger.locate(info.path);
  if (!located?.field)
    return new Error(`${info.parentType.name}.${info.fieldName} was not asked of a section`);
  const { answer, agency, field } = located;
  const suppliers = answer.section.fields.get(field)?.suppliers ?? [];
  const agencies = agency && suppliers.length > 0 ? [agency] : suppliers;
  const said = agencies.map((one) => withheldField(answer, one, field)).filter((one) => one !== null);
  if (said.some(({ state }) => state !== 'WITHHELD' && state !== 'NOT_COVERED')) return true;
  const worst = said.sort(worstFirst)[0];
  return worst ? holeError(worst, answer.section.name, context) : notCoveredError(answer.section.name);
}
