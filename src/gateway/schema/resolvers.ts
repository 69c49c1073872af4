import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import { nullsAsDefaults } from '../../compile/plan/arguments.ts';
import type { Catalogue } from '../../sharing/policy/types.ts';
import {
  breakGlass,
  breakGlassGrants,
  confirmBreakGlass,
  endBreakGlass,
  reviewBreakGlass,
} from '../operation/acts/break-glass.ts';
import {
  answerMistake,
  decideObjection,
  mistakes,
  objections,
  recordObjection,
  reportMistake,
} from '../operation/acts/concerns.ts';
import {
  confirmConsent,
  consents,
  consentsToConfirm,
  recordConsent,
  withdrawConsent,
} from '../operation/acts/consents.ts';
import {
  decideDisclosure,
  disclosureRequests,
  requestDisclosure,
} from '../operation/acts/disclosure-requests.ts';
import { recordRelay } from '../operation/acts/relay.ts';
import { cohort, countable, unreadable } from '../operation/cohort.ts';
import { resolveDisclosurePlan } from '../operation/disclosure-plan.ts';
import { findPeople, people, person, personByIdentifier } from '../operation/finding.ts';
import { agreementStanding, policyMatrix, policyStatus } from '../operation/policy/policy.ts';
import { signPolicy, withdrawAgreement } from '../operation/policy/policy-acts.ts';
import { policyDiff } from '../operation/policy/policy-diff.ts';
import { accessEntries, accessHistory } from '../operation/register/access-history.ts';
import { barriers } from '../operation/register/barriers.ts';
import { register, registerStatement } from '../operation/register/register-report.ts';
import {
  confirmLink,
  decideLink,
  linksToConfirm,
  reviewTasks,
  undoLinkDecision,
} from '../operation/review.ts';
import { agencies, mayAsk, viewer } from '../operation/viewer.ts';
import { STANDING_FIELDS } from '../request/selection.ts';
import { orHole } from '../sections/hole-error.ts';
import { gatedMembers, resolveRelatedPerson } from '../sections/household.ts';
import { resolveDiffers } from '../sections/identity-differs.ts';
import { sectionResolver } from '../sections/section.ts';
import { dataFieldResolver, resolveTruncated } from '../sections/section-fields.ts';
import { resolveSource, resolveSources, resolveState } from '../sections/standing-fields.ts';
import { TIMELINE_ITEM } from '../timeline/item-fields.ts';
import {
  resolveNext,
  resolveTimeline,
  resolveTimelineItems,
  resolveTimelineSources,
  resolveTimelineState,
} from '../timeline/timeline.ts';

/** A resolver's parent is whatever its type is resolved to. */
type Resolver = NonNullable<ReturnType<GraphQLObjectType['getFields']>[string]['resolve']>;

/** Gives every field of the composed schema that the gateway answers itself its resolver; the rest is the agencies'. */
export function attachResolvers(schema: GraphQLSchema, catalogue: Catalogue): void {
  attach(objectType(schema, 'Query'), {
    viewer,
    agencies,
    person,
    people,
    personByIdentifier,
    findPeople,
    accessHistory,
    barriers,
    cohort,
    reviewTasks,
    linksToConfirm,
    breakGlassGrants,
    ...{ register, registerStatement },
    ...{ policyMatrix, policyStatus, policyDiff },
    disclosureRequests,
    ...{ consents, consentsToConfirm, objections, mistakes },
    disclosurePlan: resolveDisclosurePlan,
  });
  attach(objectType(schema, 'Mutation'), {
    ...{ decideLink, confirmLink, undoLinkDecision },
    ...{ signPolicy, withdrawAgreement },
    ...{ breakGlass, endBreakGlass, confirmBreakGlass, reviewBreakGlass },
    ...{ requestDisclosure, decideDisclosure, recordRelay },
    ...{ recordConsent, confirmConsent, withdrawConsent },
    ...{ recordObjection, decideObjection, reportMistake, answerMistake },
  });
  attach(objectType(schema, 'Viewer'), { mayAsk });
  attach(objectType(schema, 'AccessHistory'), { entries: accessEntries });
  attach(objectType(schema, 'Agreement'), { standing: agreementStanding });
  attach(objectType(schema, 'Agency'), { countable });
  attach(objectType(schema, 'Countable'), { unreadable });
  const personType = objectType(schema, 'Person');
  for (const section of catalogue.sections.values()) {
    attach(personType, { [section.name]: sectionResolver(section) });
    const type = getNamedType(personType.getFields()[section.name]?.type);
    if (isObjectType(type)) attach(type, sectionResolvers(section.name, type));
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && type.getInterfaces().some((one) => one.name === 'Sourced'))
      attach(type, { source: resolveSource });
  }
  attach(personType, { timeline: resolveTimeline });
  attach(objectType(schema, 'Timeline'), {
    ...{ state: resolveTimelineState, sources: resolveTimelineSources },
    ...{ items: resolveTimelineItems, next: resolveNext },
  });
  attach(objectType(schema, 'TimelineItem'), TIMELINE_ITEM);
  for (const type of withinSections(personType)) {
    for (const field of Object.values(type.getFields())) {
      if (field.resolve && field.name !== 'source') field.resolve = orHole(field.resolve);
    }
  }
  attach(objectType(schema, 'RelatedPerson'), { person: resolveRelatedPerson });
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) takeNullsAsDefaults(field);
  }
}

/** No resolver sees a null for an argument that has a default. */
function takeNullsAsDefaults(field: GraphQLField<unknown, unknown>): void {
  const { resolve, args: definitions } = field;
  if (!resolve || definitions.every(({ defaultValue }) => defaultValue === undefined)) return;
  field.resolve = (parent, args, context, info) =>
    resolve(parent, nullsAsDefaults(definitions, args), context, info);
}

/** Types of what sections consist of: items, objects and theirs. */
function withinSections(person: GraphQLObjectType): Set<GraphQLObjectType> {
  const found = new Set<GraphQLObjectType>();
  const walk = (type: GraphQLObjectType, depth: number) => {
    for (const [name, field] of Object.entries(type.getFields())) {
      const child = getNamedType(field.type);
      if (STANDING_FIELDS.has(name) || !isObjectType(child) || child === person || found.has(child)) continue;
      if (depth > 0) found.add(child);
      walk(child, depth + 1);
    }
  };
  walk(person, 0);
  return found;
}

function sectionResolvers(section: string, type: GraphQLObjectType): Record<string, Resolver> {
  const data = Object.values(type.getFields()).map((field): [string, Resolver] => [
    field.name,
    dataFieldResolver(section, field),
  ]);
  return {
    ...Object.fromEntries(data),
    state: resolveState,
    sources: resolveSources,
    ...special(section, Object.fromEntries(data)),
  };
}

/** The few data fields that are more than their suppliers' answers side by side. */
function special(section: string, data: Record<string, Resolver>): Record<string, Resolver> {
  if (data.truncated) return { truncated: resolveTruncated };
  if (section === 'identity') return { differs: resolveDiffers };
  if (section === 'household' && data.members) return { members: gatedMembers(data.members) };
  return {};
}

function attach(type: GraphQLObjectType, resolvers: Record<string, Resolver>): void {
  const fields = type.getFields();
  for (const [name, resolve] of Object.entries(resolvers)) {
    const field = fields[name];
    if (!field) throw new Error(`The public schema has no ${type.name}.${name}`);
    field.resolve = resolve;
  }
}

function objectType(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`The public schema has no type ${name}`);
  return type;
}
