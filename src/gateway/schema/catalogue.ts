import type { ObjectTypeDefinitionNode } from 'graphql';
import {
  type AnyAdapter,
  type AnyTables,
  type ListField,
  partsOf,
  rowConditionsOf,
} from '../../../adapters/contract.ts';
import type {
  Catalogue,
  CatalogueAgency,
  CatalogueField,
  CatalogueSection,
} from '../../sharing/policy/types.ts';
import type { Level } from '../../states.ts';
import { LEVELS } from '../../states.ts';
import { DERIVED_FIELDS } from '../request/prune.ts';
import { TIMELINE } from '../timeline/event-sections.ts';
import type { SchemaFiles } from './vocabulary.ts';
import {
  AgencySchemaMissingError,
  implementsInterface,
  namedType,
  objectTypes,
  statedLevel,
} from './vocabulary.ts';

type Types = ReadonlyMap<string, ObjectTypeDefinitionNode>;
/** Fields that say how an answer stands, and carry nothing of the person. */
const STANDING = new Set(['state', 'sources', 'source']);

/**
 * What each agency supplies of each section, and the level that releases each field: the shape that sharing
 * decisions are made over. From the SDLs and adapters alone. `adapters` in the fixed order of agencies.
 */
export function buildCatalogue(files: SchemaFiles, adapters: readonly AnyAdapter[]): Catalogue {
  const vocabulary = objectTypes([files.own, ...files.agencies.values()]);
  const supplied = new Map(adapters.map((one) => [one.id as string, suppliedTypes(files, one)]));
  const person = vocabulary.get('Person');
  if (!person) throw new Error('The vocabulary has no type Person');
  const sections = new Map<string, CatalogueSection>();
  for (const field of person.fields ?? []) {
    const type = vocabulary.get(namedType(field.type));
    if (!type || field.name.value === TIMELINE || !implementsInterface(type, 'Section')) continue;
    const fields = sectionFields(field.name.value, type, vocabulary, supplied);
    const suppliers = adapters
      .map((one) => one.id as string)
      .filter((agency) => [...fields.values()].some((one) => one.suppliers.includes(agency)));
    sections.set(field.name.value, { name: field.name.value, suppliers, fields });
  }
  return { sections, agencies: new Map(adapters.map((one) => [one.id, catalogueAgency(one)])) };
}

/** An agency that only feeds the index and proves references supplies no section, and needs no SDL. */
function suppliedTypes(files: SchemaFiles, { id, sections }: AnyAdapter): Types {
  const document = files.agencies.get(id);
  if (!document && Object.keys(sections).length > 0) throw new AgencySchemaMissingError(id);
  return objectTypes(document ? [document] : []);
}

/**
 * Walks one section's type; plain objects take the level of the field that holds them, lists and objects the lowest
 * within. Nothing in a list or object that states a level is released below it: the holder would be null.
 */
function sectionFields(
  section: string,
  type: ObjectTypeDefinitionNode,
  vocabulary: Types,
  supplied: Map<string, Types>,
) {
  const fields = new Map<string, CatalogueField>();
  const agenciesWith = (typeName: string, field: string, among: readonly string[]) =>
    among.filter((agency) =>
      supplied
        .get(agency)
        ?.get(typeName)
        ?.fields?.some((one) => one.name.value === field),
    );

  const walk = (
    parent: ObjectTypeDefinitionNode,
    prefix: string,
    inherited: Level | null,
    holder: Level,
    among: readonly string[],
  ): Level => {
    let lowest: Level = 'FULL';
    for (const field of parent.fields ?? []) {
      const name = field.name.value;
      if (STANDING.has(name)) continue;
      const path = prefix + name;
      const suppliers = agenciesWith(parent.name.value, name, among);
      const own = statedLevel(field) ?? inherited;
      const stated = own && higher(own, holder);
      const child = vocabulary.get(namedType(field.type));
      fields.set(path, { level: stated ?? 'FULL', suppliers });
      if (child && child.name.value !== 'Person') {
        const held = implementsInterface(child, 'Sourced') ? null : (stated ?? 'FULL');
        const within = walk(child, `${path}.`, held, stated ?? holder, suppliers);
        fields.set(path, { level: stated ?? within, suppliers });
      }
      lowest = lower(lowest, fields.get(path)?.level ?? 'FULL');
    }
    return lowest;
  };
  walk(type, '', null, 'EXISTS', [...supplied.keys()]);
  for (const [name, inputs] of Object.entries(DERIVED_FIELDS[section] ?? {})) {
    const field = fields.get(name);
    if (!field) throw new Error(`The vocabulary has no ${section}.${name} to derive`);
    fields.set(name, {
      ...field,
      suppliers: [...new Set(inputs.flatMap((one) => fields.get(one)?.suppliers ?? []))],
    });
  }
  return fields;
}

function higher(one: Level, other: Level): Level {
  return lower(one, other) === one ? other : one;
}

function lower(one: Level, other: Level): Level {
  return LEVELS.indexOf(one) < LEVELS.indexOf(other) ? one : other;
}

function catalogueAgency(adapter: AnyAdapter): CatalogueAgency {
  return {
    id: adapter.id,
    name: adapter.name,
    nhsBody: adapter.nhsBody,
    desks: Object.keys(adapter.desks),
    rowConditions: new Map(
      Object.entries(adapter.sections).map(([name, source]) => [name, rowConditionsOf(source)]),
    ),
    serviceKinds: adapter.serviceKinds,
    counting: {
      fields: new Map(countableFields(adapter).map(({ name, field: { kind } }) => [name, { kind }])),
      never: neverCounted(adapter),
      care: adapter.nhsBody || adapter.serviceKinds.includes('ADULT_SOCIAL_CARE'),
      knowsOptOuts: adapter.optedOut !== undefined,
    },
    ...(adapter.sites && { ownSiteScope: adapter.sites.scope }),
    neverShown: neverShown(adapter),
  };
}

/** Everything that an adapter can count, by the name that policies list it under. */
export const countableFields = (adapter: AnyAdapter) =>
  Object.entries(adapter.countable ?? {}).flatMap(([section, fields]) =>
    Object.entries(fields).map(([field, form]) => ({ section, name: `${section}.${field}`, field: form })),
  );

/** Fields of sections that can never be counted, by their path with and without the list that they stand in. */
function neverCounted({ sections }: AnyAdapter): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [section, fields] of Object.entries(sections))
    for (const [name, field] of Object.entries(fields))
      for (const part of partsOf(field)) {
        if (part.kind === 'exists') continue;
        const leaves = part.kind === 'list' ? part.fields : { [name]: part.field };
        for (const [leaf, read] of Object.entries(leaves)) {
          const each = within(read);
          const why =
            part.source.place || each.some((one) => one.place)
              ? 'it is a place, or gives one away'
              : each.some((one) => one.freeText)
                ? 'it is free text'
                : null;
          if (why === null) continue;
          found.set(`${section}.${leaf}`, why);
          if (part.kind === 'list') found.set(`${section}.${name}.${leaf}`, why);
        }
      }
  return found;
}

type AnyPart = ReturnType<typeof partsOf>[number];
type AnyItem = ListField<AnyTables>['fields'][string];

/** Section → what is never shown in it, to anybody or of people at hidden places, in words for `scope`; from the field table alone. */
function neverShown({ sections }: AnyAdapter): ReadonlyMap<string, string> {
  const words = Object.entries(sections).map(([name, fields]): [string, string | null] => [
    name,
    wordsFor(Object.values(fields).flatMap(partsOf)),
  ]);
  return new Map(words.filter((one): one is [string, string] => one[1] !== null));
}

function wordsFor(parts: readonly AnyPart[]): string | null {
  const leaves = parts.flatMap(leavesOf);
  const place = parts.some(({ source }) => source.place) || leaves.some((leaf) => leaf.place);
  const text = leaves.some((leaf) => leaf.freeText);
  const sealed = new Set(parts.flatMap(({ source }) => source.never ?? []));
  const others = parts.some(({ source }) => source.otherPerson !== undefined);
  const kept = [
    ...sealed,
    ...(others ? ['people who are hidden from you'] : []),
    ...(place ? ['hidden places'] : []),
    ...(text ? [freeTextAt(place)] : []),
  ];
  return kept.length === 0 ? null : `never ${kept.join(', nor ')}`;
}

const freeTextAt = (said: boolean): string =>
  said ? 'free text about people at them' : 'free text about people at hidden places';

function leavesOf(part: AnyPart): { place?: boolean; freeText?: boolean }[] {
  if (part.kind === 'exists') return [];
  return part.kind === 'list' ? Object.values(part.fields).flatMap(within) : within(part.field);
}

function within(field: AnyItem): { place?: boolean; freeText?: boolean }[] {
  return field.kind === 'object' ? Object.values(field.fields) : [field];
}
