/** Which fields can carry a place is said in each adapter; what is left open keeps the gateway from starting. */
import { beforeAll, expect, test } from 'vitest';
import type { AnyAdapter } from '../../adapters/contract.ts';
import { adapter as housing } from '../../adapters/housing/index.ts';
import { findAdapters } from '../../src/adapters-found.ts';
import { checkPlaces, unclassified } from '../../src/gateway/schema/place-classification.ts';
import { readSchemaFiles, type SchemaFiles } from '../../src/gateway/schema/vocabulary.ts';
import { projectRoot } from '../../src/project-root.ts';

let files: SchemaFiles;
let adapters: AnyAdapter[];
beforeAll(async () => {
  files = readSchemaFiles(projectRoot());
  adapters = await findAdapters(projectRoot());
});

/** Housing with something else said, or nothing, of one of its fields. */
function housingWith(
  section: string,
  field: string,
  flags: { place?: boolean; freeText?: boolean },
): AnyAdapter {
  const source = housing.sections[section]?.[field];
  if (source?.kind !== 'value' || source.field.kind !== 'field')
    throw new Error(`${section}.${field} is no value`);
  const { place: _, freeText: __, ...bare } = source.field;
  const changed = { ...housing.sections[section], [field]: { ...source, field: { ...bare, ...flags } } };
  return { ...housing, sections: { ...housing.sections, [section]: changed } };
}

test('every agency says of each field whether it can carry a place', () => {
  for (const adapter of adapters) expect(unclassified(files, adapter), adapter.id).toEqual([]);
});

test('a text of which nothing is said is named, with its agency, and nothing starts', () => {
  const open = housingWith('identity', 'familyName', {});
  expect(unclassified(files, open)).toEqual(['identity.familyName']);
  expect(() => checkPlaces(files, [open])).toThrow(/housing: identity\.familyName/);
});

test.each([{ place: true }, { place: false }, { freeText: true }])('%j is an answer', (flags) => {
  expect(unclassified(files, housingWith('identity', 'familyName', flags))).toEqual([]);
});

test('dates, flags and enumerations need not be classified, but in an address', () => {
  expect(unclassified(files, housingWith('identity', 'dateOfBirth', {}))).toEqual([]);
  const address = housing.sections.addresses?.items;
  if (address?.kind !== 'list') throw new Error('addresses are a list');
  const { place: _, ...bare } = address.fields.kind as { place?: boolean };
  const { place: __, ...elsewhere } = address.source;
  const items = { ...address, source: elsewhere, fields: { ...address.fields, kind: bare } };
  const open = {
    ...housing,
    sections: { ...housing.sections, addresses: { items } },
  } as unknown as AnyAdapter;
  expect(unclassified(files, open)).toEqual(['addresses.items.kind']);
});
