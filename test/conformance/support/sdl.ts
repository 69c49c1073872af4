import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  printType,
} from 'graphql';
import type { AnyAdapter, Field, ObjectField } from '../../../adapters/contract.ts';
import { partsOf } from '../../../adapters/contract.ts';
import { projectRoot } from '../../../src/project-root.ts';
import { agencyFile } from './agency-files.ts';

const read = (name: string): string => readFileSync(join(projectRoot(), 'schema', `${name}.graphql`), 'utf8');
const built = new Map<string, GraphQLSchema>();
/** Built once for every text: nobody changes a schema. */
function schemaOf(text: string): GraphQLSchema {
  const schema = built.get(text) ?? buildSchema(text);
  built.set(text, schema);
  return schema;
}
export const agencySdl = (agency: string): GraphQLSchema =>
  schemaOf(agencyFile(agency, `schema/${agency}.graphql`));
/** Stands for what the gateway makes at its start of what agencies let be counted; no agency's schema has it. */
const COHORTS = 'input CohortFilter { not: CohortFilter } enum CohortDimension { NONE }';
export const vocabulary = (): GraphQLSchema => schemaOf(read('person-index') + read('sections') + COHORTS);

// biome-ignore lint/suspicious/noExplicitAny: any agency's tables
type Any = any;
type Entry = Field<unknown, Any> | ObjectField<Any>;
/** A decoder, and the type that the SDL promises for what it gives. */
export type Promised = readonly [path: string, type: GraphQLOutputType, field: Field<unknown, Any>];

/** Section fields that the gateway makes itself wherever a list has an end. */
const MADE_BY_GATEWAY = ['truncated'];

/** `Type.field` of everything that the field table supplies, by the types of the SDL. Throws where the SDL has no such field. */
export function suppliedFields(adapter: AnyAdapter, sdl: GraphQLSchema): Set<string> {
  const found = new Set<string>();
  visitFields(adapter, sdl, (owner, field) => found.add(`${owner}.${field}`));
  return found;
}

/** Every decoder of the field table with its type. */
export function promisedTypes(adapter: AnyAdapter, sdl: GraphQLSchema): Promised[] {
  const promised: Promised[] = [];
  visitFields(adapter, sdl, (owner, field, entry) => {
    if (entry?.kind === 'field') promised.push([`${owner}.${field}`, fieldType(sdl, owner, field), entry]);
  });
  return promised;
}

type Visit = (owner: string, field: string, entry?: Entry) => void;

function visitFields(adapter: AnyAdapter, sdl: GraphQLSchema, visit: Visit): void {
  const enter = (owner: string, name: string, entry: Entry): void => {
    visit(owner, name, entry);
    const inner = getNamedType(fieldType(sdl, owner, name));
    if (entry.kind === 'object')
      for (const [child, field] of Object.entries(entry.fields)) enter(inner.name, child, field);
    else if (isObjectType(inner)) wholeType(inner, visit);
  };
  for (const [section, fields] of Object.entries(adapter.sections)) {
    const owner = getNamedType(fieldType(sdl, 'Query', section)).name;
    visit('Query', section);
    for (const [name, source] of Object.entries(fields)) {
      const inner = getNamedType(fieldType(sdl, owner, name)).name;
      for (const part of partsOf(source)) {
        if (part.kind === 'value') enter(owner, name, part.field);
        else visit(owner, name);
        if (part.kind === 'list')
          for (const [child, entry] of Object.entries(part.fields)) enter(inner, child, entry);
      }
    }
  }
}

/** Plain objects come from one decoder, whole. */
function wholeType(type: GraphQLObjectType, visit: Visit): void {
  for (const field of Object.keys(type.getFields())) visit(type.name, field);
}

export function fieldType(sdl: GraphQLSchema, owner: string, field: string): GraphQLOutputType {
  const type = sdl.getType(owner);
  const found = isObjectType(type) ? type.getFields()[field] : undefined;
  if (!found) throw new Error(`The SDL has no ${owner}.${field}`);
  return found.type;
}

/** `Type.field` of everything in the SDL that an adapter has to supply. */
export function offeredFields(sdl: GraphQLSchema): Set<string> {
  const objects = Object.values(sdl.getTypeMap()).filter(isObjectType);
  const own = objects.filter((type) => !type.name.startsWith('__'));
  const names = own.flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
  return new Set(names.filter((name) => !MADE_BY_GATEWAY.includes(name.split('.')[1] ?? '')));
}

/** What differs from the vocabulary: fields of other types, enums of other values. */
export function strayWords(sdl: GraphQLSchema, words: GraphQLSchema): string[] {
  return Object.values(sdl.getTypeMap()).flatMap((type) => {
    const known = words.getType(type.name);
    if (type.name.startsWith('__') || type.name === 'Query') return [];
    if (!known) return [type.name];
    if (isEnumType(type)) return bare(printType(type)) === bare(printType(known)) ? [] : [type.name];
    if (!isObjectType(type) || !isObjectType(known)) return [];
    return Object.values(type.getFields())
      .filter((field) => signature(field) !== signature(known.getFields()[field.name]))
      .map((field) => `${type.name}.${field.name}`);
  });
}

const bare = (printed: string): string => printed.replace(/"""[\s\S]*?"""\s*/g, '').replace(/\s+/g, ' ');
const signature = (field: ReturnType<GraphQLObjectType['getFields']>[string] | undefined): string =>
  field ? `${field.args.map((arg) => `${arg.name}: ${arg.type} = ${arg.defaultValue}`)} ${field.type}` : '';

const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  Float: (value) => Number.isFinite(value),
  Date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value),
  DateTime: (value) => typeof value === 'string' && /T\d\d:\d\d:\d\d\+\d\d:\d\d$/.test(value) && isDay(value),
};
const isDay = (text: string): boolean =>
  new Date(`${text.slice(0, 10)}T00:00:00Z`).toISOString().startsWith(text.slice(0, 10));

/** Whether a decoded value is what the type promises. */
export function fits(type: GraphQLOutputType, value: unknown): boolean {
  if (isNonNullType(type)) return value !== null && value !== undefined && fits(type.ofType, value);
  if (value === null) return true;
  if (isListType(type)) return Array.isArray(value) && value.every((one) => fits(type.ofType, one));
  if (isEnumType(type)) return type.getValues().some((one) => one.name === value);
  if (isObjectType(type)) return fitsObject(type, value);
  return SCALARS[getNamedType(type).name]?.(value) ?? false;
}

function fitsObject(type: GraphQLObjectType, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fields = type.getFields();
  const known = Object.keys(value).every((name) => name in fields);
  return known && Object.values(fields).every((field) => fits(field.type, (value as Any)[field.name]));
}
