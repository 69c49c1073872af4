import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import {
  type AnyAdapter,
  type AnyTables,
  type Field,
  type ObjectField,
  partsOf,
  type SectionField,
} from '../../../adapters/contract.ts';
import { STANDING_FIELDS } from '../request/selection.ts';
import { namedType } from './vocabulary.ts';

/** What an adapter supplies of a type: its fields, each a value or what it supplies of the type within. */
interface Supplied {
  [field: string]: Supplied | null;
}
const BUILT_IN = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);

/**
 * The SDL of one agency: a root for each section that its adapter supplies, and the vocabulary's types with the fields
 * supplied, in the vocabulary's order. Everything but an argument may be null, for an agency may leave out anything.
 * @param vocabulary schema/sections.graphql, where every section and field is defined
 * @throws Error for a section or field that the vocabulary does not have
 */
export function agencySdl(adapter: AnyAdapter, vocabulary: DocumentNode): string {
  return new AgencySdl(vocabulary).of(adapter);
}

/** The same as a document. */
export const agencyDocument = (adapter: AnyAdapter, vocabulary: DocumentNode): DocumentNode =>
  parse(agencySdl(adapter, vocabulary), { noLocation: true });

class AgencySdl {
  readonly #types: ReadonlyMap<string, TypeDefinitionNode>;
  readonly #written = new Set<string>();
  readonly #scalars = new Set<string>();
  readonly #parts: string[] = [];

  constructor({ definitions }: DocumentNode) {
    this.#types = new Map(definitions.filter(isType).map((one) => [one.name.value, one]));
  }

  of({ id, name, sections }: AnyAdapter): string {
    const person = this.#object('Person');
    const roots = Object.entries(sections).map(([section, fields]) => {
      const field = person.fields?.find((one) => one.name.value === section);
      if (!field)
        throw new Error(`the vocabulary has no section ${section}: add it to schema/sections.graphql`);
      const supplied = Object.fromEntries(
        Object.entries(fields).map(([path, one]) => [path, suppliedBy(one)]),
      );
      return { section, type: namedType(field.type), supplied };
    });
    this.#parts.push(
      `"What ${name} answers of each section, by its own record ids: as many answers as keys, in their order, null where there is no record."`,
      `type Query {\n${roots.map(({ section, type }) => `  ${section}(keys: [ID!]!): [${type}]!`).join('\n')}\n}\n`,
    );
    for (const { type, supplied } of roots) this.#writeObject(type, this.#withTruncated(type, supplied));
    for (const scalar of [...this.#scalars].sort()) this.#parts.push(`scalar ${scalar}\n`);
    return `# Made from adapters/${id} by \`npm run schema\`: change that, not this.\n${this.#parts.join('\n')}`;
  }

  /** Whether a list is cut is answered by whoever supplies it, without a row in its field table. */
  #withTruncated(type: string, supplied: Supplied): Supplied {
    const { fields = [] } = this.#object(type);
    const isCut = fields.some(
      ({ name, arguments: args = [] }) =>
        name.value in supplied && args.some((one) => one.name.value === 'first'),
    );
    return isCut && fields.some(({ name }) => name.value === 'truncated')
      ? { ...supplied, truncated: null }
      : supplied;
  }

  #writeObject(name: string, supplied: Supplied): void {
    if (this.#written.has(name)) return;
    this.#written.add(name);
    const { fields = [] } = this.#object(name);
    for (const field of Object.keys(supplied))
      if (!fields.some((one) => one.name.value === field))
        throw new Error(`the vocabulary has no ${name}.${field}: add it to schema/sections.graphql`);
    const kept = fields.filter((one) => one.name.value in supplied);
    this.#parts.push(`type ${name} {\n${kept.map((one) => `  ${line(one)}`).join('\n')}\n}\n`);
    for (const field of kept) this.#writeType(namedType(field.type), supplied[field.name.value] ?? null);
  }

  /** A value of a type with fields of its own is given whole: all of them are written. */
  #writeType(name: string, supplied: Supplied | null): void {
    if (BUILT_IN.has(name) || this.#written.has(name)) return;
    const type = this.#types.get(name);
    if (!type || type.kind === Kind.SCALAR_TYPE_DEFINITION) {
      this.#scalars.add(name);
      return;
    }
    if (type.kind === Kind.OBJECT_TYPE_DEFINITION && supplied !== null) {
      this.#writeObject(name, supplied);
      return;
    }
    this.#written.add(name);
    if (type.kind === Kind.ENUM_TYPE_DEFINITION)
      this.#parts.push(
        `enum ${name} {\n${(type.values ?? []).map((one) => `  ${one.name.value}`).join('\n')}\n}\n`,
      );
    else if (type.kind === Kind.OBJECT_TYPE_DEFINITION) {
      const fields = (type.fields ?? []).filter((one) => !STANDING_FIELDS.has(one.name.value));
      this.#parts.push(
        `type ${name} {\n${fields.map((one) => `  ${one.name.value}: ${print(one.type)}`).join('\n')}\n}\n`,
      );
      for (const one of fields) this.#writeType(namedType(one.type), null);
    }
  }

  #object(name: string): ObjectTypeDefinitionNode {
    const type = this.#types.get(name);
    if (type?.kind !== Kind.OBJECT_TYPE_DEFINITION) throw new Error(`the vocabulary has no type ${name}`);
    return type;
  }
}

const isType = (node: DefinitionNode): node is TypeDefinitionNode => node.kind.endsWith('TypeDefinition');

function line({ name, arguments: args = [], type }: FieldDefinitionNode): string {
  const takes = args.map(
    (one) =>
      `${one.name.value}: ${print(one.type)}${one.defaultValue ? ` = ${print(one.defaultValue)}` : ''}`,
  );
  return `${name.value}${takes.length > 0 ? `(${takes.join(', ')})` : ''}: ${print(nullable(type))}`;
}

const nullable = (type: TypeNode): TypeNode => (type.kind === Kind.NON_NULL_TYPE ? type.type : type);

function suppliedBy(field: SectionField<AnyTables>): Supplied | null {
  const parts = partsOf(field).map((part) => {
    if (part.kind === 'exists') return null;
    return part.kind === 'list' ? suppliedWithin(part.fields) : suppliedOf(part.field);
  });
  return parts.reduce(together, null);
}

const suppliedOf = (field: Field<unknown, AnyTables> | ObjectField<AnyTables>): Supplied | null =>
  field.kind === 'object' ? suppliedWithin(field.fields) : null;

const suppliedWithin = (
  fields: Readonly<Record<string, Field<unknown, AnyTables> | ObjectField<AnyTables>>>,
): Supplied => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, suppliedOf(field)]));

/** Several lists of one type supply what any of them does. */
function together(one: Supplied | null, other: Supplied | null): Supplied | null {
  if (one === null || other === null) return one ?? other;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...names].map((name) => [name, together(one[name] ?? null, other[name] ?? null)]),
  );
}
