import type { ObjectTypeDefinitionNode } from 'graphql';
import { type AnyAdapter, type AnyTables, type Field, partsOf } from '../../../adapters/contract.ts';
import type { SchemaFiles } from './vocabulary.ts';
import { namedType, objectTypes } from './vocabulary.ts';

type Read = Field<unknown, AnyTables> | { kind: 'object'; fields: Readonly<Record<string, Read>> };
type Types = ReadonlyMap<string, ObjectTypeDefinitionNode>;
/** What these hold cannot say where anybody is, but in an address, where all of it does. */
const NO_PLACE_IN = new Set(['Date', 'DateTime', 'Boolean', 'Int', 'Float']);

/** An adapter leaves open whether what it reads may say where somebody is. */
export class PlaceClassificationError extends Error {
  readonly code = 'PLACE_UNCLASSIFIED';

  constructor(fields: readonly string[]) {
    super(
      `These fields must say place: true, place: false or freeText: true in their adapter: ${fields.join('; ')}`,
    );
    this.name = 'PlaceClassificationError';
  }
}

/**
 * Refuses adapters that leave open whether something they read may give a place away. Text, codes with their words and
 * everything of an address must say `place: true`, `place: false` or `freeText: true`; enumerations, dates, numbers
 * and what is the same for everybody need not.
 * @throws PlaceClassificationError naming agency and fields
 */
export function checkPlaces(files: SchemaFiles, adapters: readonly AnyAdapter[]): void {
  const open = adapters.flatMap((one) => unclassified(files, one).map((field) => `${one.id}: ${field}`));
  if (open.length > 0) throw new PlaceClassificationError(open);
}

/** Fields of the adapter, `section.field.field`, that do not say whether they can carry a place. */
export function unclassified(files: SchemaFiles, { sections }: AnyAdapter): readonly string[] {
  const types = objectTypes([files.own]);
  return Object.entries(sections).flatMap(([section, fields]) =>
    Object.entries(fields).flatMap(([name, supplied]) => {
      const type = typeOf(types, typeOf(types, 'Person', section), name);
      const at = `${section}.${name}`;
      const found = partsOf(supplied).flatMap((part) => {
        if (part.kind === 'exists') return [];
        const read: Read = part.kind === 'list' ? { kind: 'object', fields: part.fields } : part.field;
        return openIn(types, read, type, at, part.source.place === true);
      });
      return [...new Set(found)];
    }),
  );
}

function openIn(types: Types, read: Read, type: string, at: string, placed: boolean): readonly string[] {
  if (read.kind === 'object')
    return Object.entries(read.fields).flatMap(([name, child]) =>
      openIn(
        types,
        child,
        type === 'Address' ? 'Address' : typeOf(types, type, name),
        `${at}.${name}`,
        placed,
      ),
    );
  const said = placed || read.place !== undefined || read.freeText !== undefined;
  return said || read.columns.length === 0 || isHarmless(types, type) ? [] : [at];
}

/** Names without a type of their own are enumerations, but for text and ids. */
const isHarmless = (types: Types, type: string): boolean =>
  NO_PLACE_IN.has(type) || !(types.has(type) || type === 'String' || type === 'ID');

function typeOf(types: Types, type: string, field: string): string {
  const found = types.get(type)?.fields?.find((one) => one.name.value === field);
  return found ? namedType(found.type) : 'String';
}
