import {
  GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import type { IMiddlewareGenerator } from 'graphql-middleware';
import type { Catalogue } from '../sharing/types.ts';
import { worstFirst } from './answers.ts';
import type { GatewayContext } from './context.ts';
import { holeError, notCoveredError } from './hole-error.ts';
import { graphqlShield } from './shield-library.ts';
import { withheldField } from './withheld-field.ts';

type Verdict = true | Error;

/**
 * The outer lock: graphql-shield on every field of the public graph. One generated map with every type and field,
 * a fallback that denies, and one rule for person data that looks the decision up anew for each place of the
 * response (`no_cache`: a cached verdict would make one person's answer another's).
 */
export function shieldFor(
  schema: GraphQLSchema,
  catalogue: Catalogue,
): IMiddlewareGenerator<unknown, GatewayContext, unknown> {
  const { shield, rule, allow, deny } = graphqlShield();
  const denied = new GraphQLError('Withheld.', { extensions: { code: 'WITHHELD', reason: 'NOT_LISTED' } });
  const personData = rule('person-data', { cache: 'no_cache' })(
    (_parent, _args, context: GatewayContext, info: GraphQLResolveInfo) => verdict(context, info),
  );
  const guarded = guardedTypes(schema, catalogue);
  const map: Record<string, Record<string, unknown>> = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    const open = (field: string) => !guarded.has(type.name) || STANDING.has(field);
    map[type.name] = Object.fromEntries(
      Object.keys(type.getFields()).map((field) => [field, open(field) ? allow : personData]),
    );
  }
  assertComplete(schema, map);
  return shield(map as never, {
    fallbackRule: deny,
    fallbackError: denied,
    allowExternalErrors: true,
    debug: false,
  });
}

/** Fields of guarded types that say how an answer stands. They are non-null, and carry nothing of the person. */
const STANDING = new Set(['state', 'sources', 'source']);

/** Types whose fields are person data wherever they stand: sections and what lies within them. */
function guardedTypes(schema: GraphQLSchema, catalogue: Catalogue): Set<string> {
  const guarded = new Set<string>();
  const person = schema.getType('Person');
  if (!isObjectType(person)) throw new Error('The public schema has no type Person');
  const add = (name: string) => {
    const type = schema.getType(name);
    if (!isObjectType(type) || guarded.has(name) || OPEN_WITHIN.has(name)) return;
    guarded.add(name);
    for (const field of Object.values(type.getFields()))
      if (!STANDING.has(field.name)) add(field.type.toString().replace(/[[\]!]/g, ''));
  };
  for (const section of catalogue.sections.keys())
    add(String(person.getFields()[section]?.type).replace('!', ''));
  return guarded;
}

/** Reached from sections, and open by itself: a person's own fields, and desks (which carry no person data). */
const OPEN_WITHIN = new Set(['Person', 'Contact', 'Agency', 'Agreement']);

/** Whether this very place of the response may be shown: by section, and within a list by the agency of the item. */
function verdict(context: GatewayContext, info: GraphQLResolveInfo): Verdict {
  const located = context.ledger.locate(info.path);
  if (!located?.field)
    return new Error(`${info.parentType.name}.${info.fieldName} was not asked of a section`);
  const { answer, agency, field } = located;
  const agencies = agency ? [agency] : (answer.section.fields.get(field)?.suppliers ?? []);
  const said = agencies.map((one) => withheldField(answer, one, field)).filter((one) => one !== null);
  if (said.some((one) => one.state !== 'WITHHELD')) return true;
  const worst = said.sort(worstFirst)[0];
  return worst ? holeError(worst, answer.section.name, context) : notCoveredError(answer.section.name);
}

/** graphql-shield drops a type's whole map over one undefined rule: so a gap stops the start. */
function assertComplete(schema: GraphQLSchema, map: Record<string, Record<string, unknown>>): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.keys(type.getFields())) {
      if (!map[type.name]?.[field]) throw new Error(`No shield rule guards ${type.name}.${field}`);
    }
  }
}
