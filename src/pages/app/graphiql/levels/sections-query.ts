import {
  buildClientSchema,
  type GraphQLObjectType,
  getNamedType,
  type IntrospectionQuery,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** What stands beside the data of a section and is not theirs: people have sections of their own. */
const BESIDE_THE_DATA: ReadonlySet<string> = new Set([
  'Person',
  'Agency',
  'Contact',
  'Source',
  'SourceAnswer',
]);

/** A query of every field of every section of one person, and what each place of its answer is in the schema. */
export interface SectionsQuery {
  query: string;
  /** `person.housing.tenancy.from` → `Tenancy.from` */
  fieldAt: ReadonlyMap<string, string>;
}

/** Made from the schema itself, so that nothing is left out; null where it has no person with sections, or no plan to ask. */
export function sectionsQuery(introspection: IntrospectionQuery): SectionsQuery | null {
  const schema = buildClientSchema(introspection);
  const person = schema.getType('Person');
  if (!isObjectType(person) || schema.getQueryType()?.getFields().disclosurePlan === undefined) return null;
  const fieldAt = new Map<string, string>();
  const sections = Object.values(person.getFields()).flatMap(({ name, type }) => {
    const section = getNamedType(type);
    if (!isObjectType(section) || !section.getInterfaces().some((one) => one.name === 'Section')) return [];
    const path = `person.${name}`;
    fieldAt.set(path, `Person.${name}`);
    return [`${name} { ${selection(section, path, [section], fieldAt)} }`];
  });
  if (sections.length === 0) return null;
  return { query: `{ person(id: "any") { ${sections.join(' ')} } }`, fieldAt };
}

/** Everything of a type that may be asked without an argument; a type within itself is asked once. */
function selection(
  type: GraphQLObjectType,
  path: string,
  around: readonly GraphQLObjectType[],
  fieldAt: Map<string, string>,
): string {
  const asked = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    const at = `${path}.${field.name}`;
    const within = getNamedType(field.type);
    if (!isCompositeType(within)) {
      fieldAt.set(at, `${type.name}.${field.name}`);
      return [field.name];
    }
    if (!isObjectType(within) || BESIDE_THE_DATA.has(within.name) || around.includes(within)) return [];
    const fields = selection(within, at, [...around, within], fieldAt);
    if (fields === '') return [];
    fieldAt.set(at, `${type.name}.${field.name}`);
    return [`${field.name} { ${fields} }`];
  });
  return asked.join(' ');
}
