import {
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import type { Catalogue } from '../sharing/types.ts';
import { accessHistory } from './access-history.ts';
import { resolveDisclosurePlan } from './disclosure-plan.ts';
import { findPeople, people, person, personByIdentifier } from './finding.ts';
import { gatedMembers, resolveRelatedPerson } from './household.ts';
import { resolveDiffers } from './identity-differs.ts';
import { decideLink, reviewTasks, undoLinkDecision } from './review.ts';
import { sectionResolver } from './section.ts';
import { dataFieldResolver } from './section-fields.ts';
import { resolveSource } from './sourced.ts';
import { resolveSources, resolveState } from './standing-fields.ts';
import { agencies, mayAsk, viewer } from './viewer.ts';

// biome-ignore lint/suspicious/noExplicitAny: a resolver's parent is whatever its type is resolved to
type Resolver = GraphQLFieldResolver<any, any>;

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
    reviewTasks,
    disclosurePlan: resolveDisclosurePlan,
  });
  attach(objectType(schema, 'Mutation'), { decideLink, undoLinkDecision });
  attach(objectType(schema, 'Viewer'), { mayAsk });
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
  attach(objectType(schema, 'RelatedPerson'), { person: resolveRelatedPerson });
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
