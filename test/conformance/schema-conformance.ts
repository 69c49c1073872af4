import { describe, expect, it } from 'vitest';
import { type AnyAdapter, conditionsOf, partsOf } from '../../adapters/contract.ts';
import { namedParts } from '../../src/conformance/parts.ts';
import { describedTables, forgottenColumns, forgottenFields } from './support/forgotten.ts';
import { agencySdl, offeredFields, strayWords, suppliedFields, vocabulary } from './support/sdl.ts';

/** The field table, the SDL and the tables' types say the same. */
export function schemaConformance(adapter: AnyAdapter): void {
  describe(`${adapter.id}: schema`, () => {
    it('answers in its SDL exactly the fields of its field table', () => {
      const sdl = agencySdl(adapter.id);
      expect(forgottenFields(adapter, sdl)).toEqual([]);
      expect(suppliedFields(adapter, sdl)).toEqual(offeredFields(sdl));
    });

    it('keeps to the names and types of the vocabulary', () => {
      expect(strayWords(agencySdl(adapter.id), vocabulary())).toEqual([]);
    });

    it('takes record keys and answers one section each', () => {
      const roots = Object.values(agencySdl(adapter.id).getQueryType()?.getFields() ?? {});
      for (const root of roots) {
        expect(root.args.map((arg) => `${arg.name}: ${arg.type}`)).toEqual(['keys: [ID!]!']);
        expect(String(root.type)).toMatch(/^\[\w+\]!$/);
      }
    });

    it('has types for every table and column of its schema, and for no other', () => {
      const described = describedTables(adapter.id);
      expect(forgottenColumns(adapter, described)).toEqual([]);
      expect(described.types).toEqual(described.sql);
    });

    it('knows each row condition of a section in all that the section is read from', () => {
      for (const [section, fields] of Object.entries(adapter.sections)) {
        const known = Object.values(fields)
          .flatMap(partsOf)
          .map((part) => Object.keys(conditionsOf(part)).sort());
        for (const names of known) expect(names, section).toEqual(known[0]);
      }
    });

    it('says when each row was last known to be true', () => {
      const timeless = namedParts(adapter).filter(([, { source }]) => source.asOf === undefined);
      expect(timeless.map(([name]) => name)).toEqual([]);
    });

    it('says which column names the other person wherever a row is about one, so that hidden people leave no trace', () => {
      const unnamed = namedParts(adapter).filter(
        ([, part]) => part.kind === 'list' && part.otherPerson && part.source.otherPerson === undefined,
      );
      expect(unnamed.map(([name]) => name)).toEqual([]);
    });

    it('names the service kind of every involvement', () => {
      for (const part of Object.values(adapter.sections.involvements ?? {}).flatMap(partsOf)) {
        const { service } = part.source;
        const kinds = service && ('kind' in service ? [service.kind] : Object.keys(service.kinds));
        expect(kinds?.filter((kind) => adapter.serviceKinds.includes(kind))).toEqual(kinds ?? ['none']);
      }
    });

    it('names a desk to call', () => {
      for (const desk of [adapter.contact, ...Object.values(adapter.desks)])
        expect([desk.desk, desk.phone ?? desk.email]).not.toContain(undefined);
      expect(Object.values(adapter.desks)).toContain(adapter.contact);
    });
  });
}
