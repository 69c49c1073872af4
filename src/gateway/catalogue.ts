import type { ObjectTypeDefinitionNode } from 'graphql';
import { type AnyAdapter, rowConditionsOf } from '../../adapters/contract.ts';
import type {
  Catalogue,
  CatalogueAgency,
  CatalogueField,
  CatalogueSection,
  Level,
} from '../sharing/types.ts';
import { LEVELS } from '../sharing/types.ts';
import { DERIVED_FIELDS } from './derived-fields.ts';
import { neverShown } from './never-shown.ts';
import type { SchemaFiles } from './schema-files.ts';
import { implementsInterface, namedType, objectTypes, statedLevel } from './vocabulary.ts';

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
    if (!type || !implementsInterface(type, 'Section')) continue;
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
  if (!document && Object.keys(sections).length > 0)
    throw new Error(`Adapter ${id} has no schema/${id}.graphql`);
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
    neverShown: neverShown(adapter),
  };
}
