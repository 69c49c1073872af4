import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { projectRoot } from '../../src/project-root.ts';

/** The public graph as committed. */
export const publicSchema = (): GraphQLSchema =>
  buildSchema(readFileSync(join(projectRoot(), 'schema/sightline.graphql'), 'utf8'));

/** A value of an answer that an agency gave, or may have given: its section, dotted path and, within a list, who gave it. */
export interface Given {
  section: string;
  path: string;
  /** Null where suppliers stand in one value. */
  agency: string | null;
  value: unknown;
}

/** A selection of `Person` that asks for all there is, with the source of every item; members of a household by their id alone. */
export function everythingOf(schema: GraphQLSchema): string {
  const parts = sectionsOf(schema).map(
    ([name, type]) =>
      `${name} { state sources { agency { id } state level reason scope } ${selection(type, ['state', 'sources'])} }`,
  );
  return `id relationship ${parts.join('\n')}`;
}

/** Every leaf of an answer to `everythingOf`, nulls included; what stands in the timeline stands in its own section too. */
export function givenIn(schema: GraphQLSchema, person: Record<string, unknown>): Given[] {
  const sections = sectionsOf(schema).filter(([section]) => section !== 'timeline');
  return sections.flatMap(([section, type]) =>
    leaves(type, person[section], { section, path: '', agency: null }, ['state', 'sources']),
  );
}

export function sectionsOf(schema: GraphQLSchema): [string, GraphQLObjectType][] {
  const fields = Object.values((schema.getType('Person') as GraphQLObjectType).getFields());
  return fields.flatMap(({ name, type }): [string, GraphQLObjectType][] => {
    const named = getNamedType(type);
    return isSection(named) ? [[name, named]] : [];
  });
}

const isSection = (type: GraphQLNamedType): type is GraphQLObjectType =>
  isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Section');

function selection(type: GraphQLObjectType, without: readonly string[]): string {
  const fields = Object.values(type.getFields()).filter(({ name }) => !without.includes(name));
  return fields
    .map(({ name, type: of }) => {
      const named = getNamedType(of);
      if (name === 'source') return 'source { agency { id } record asOf }';
      if (named.name === 'Person') return `${name} { id }`;
      return isLeafType(named) ? name : `${name} { ${selection(named as GraphQLObjectType, [])} }`;
    })
    .join(' ');
}

function leaves(
  type: GraphQLNamedType,
  value: unknown,
  at: Omit<Given, 'value'>,
  without: readonly string[] = ['source'],
): Given[] {
  if (Array.isArray(value) && !isLeafType(type))
    return value.length === 0 ? [] : value.flatMap((item) => leaves(type, item, at, without));
  if (value === null || value === undefined || isLeafType(type) || type.name === 'Person')
    return [{ ...at, value: value ?? null }];
  const object = value as Record<string, unknown>;
  const source = object.source as { agency: { id: string } } | undefined;
  const agency = source?.agency.id ?? at.agency;
  return Object.values((type as GraphQLObjectType).getFields())
    .filter(({ name }) => !without.includes(name))
    .flatMap(({ name, type: of }) =>
      leaves(getNamedType(of), object[name], {
        ...at,
        agency,
        path: at.path === '' ? name : `${at.path}.${name}`,
      }),
    );
}
