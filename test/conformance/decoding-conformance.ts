import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnyAdapter, conditionsOf, predicateColumns, UNREADABLE } from '../../adapters/contract.ts';
import { namedParts } from '../../src/conformance/parts.ts';
import { codesIn } from './support/agency.ts';
import { agencySdl, fieldType, fits, promisedTypes } from './support/sdl.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const MARK = 'zq81x';

/** Whatever stands in a cell, the answer is null or what the SDL promises, and the note about it does not repeat it. */
export function decodingConformance(adapter: AnyAdapter): void {
  const codes = codesIn(adapter.id);
  const cell = fc.oneof(
    fc.constantFrom(...codes, ...codes.map((code) => `${code.toLowerCase()}  `)),
    fc.constantFrom(
      null,
      undefined,
      '',
      '  ',
      'Y',
      'n',
      '1',
      '0',
      '12.50',
      '-3',
      '07700 900123',
      'a@b.example',
    ),
    fc.constantFrom(
      '19000101',
      '20020314',
      '20020231',
      '202607010312',
      '14/03/02',
      '31/12/9999',
      '2026-03-29T01:30:00',
    ),
    fc.date({ noInvalidDate: false }),
    fc.oneof(fc.string(), fc.integer(), fc.double(), fc.bigInt(), fc.boolean()),
    fc.anything({ withNullPrototype: true }),
  );
  const cells = fc.array(cell, { minLength: 4, maxLength: 4 });

  describe(`${adapter.id}: decoding`, () => {
    it('gives null or what the SDL promises, whatever stands in the cells', () => {
      const promised = promisedTypes(adapter, agencySdl(adapter.id));
      for (const [path, type, field] of promised) {
        const given = (row: readonly unknown[]) =>
          field.decode(row.slice(0, field.columns.length), { now: NOW, note: () => {} });
        always(path, cells, (row) => fits(type, given(row)), 150);
      }
    });

    it('gives what the SDL promises for every code that its schema names', () => {
      for (const [path, type, field] of promisedTypes(adapter, agencySdl(adapter.id)))
        for (const code of codes) {
          const cells = field.columns.map(() => code);
          expect(fits(type, field.decode(cells, { now: NOW, note: () => {} })), `${path} of ${code}`).toBe(
            true,
          );
        }
    });

    it('picks from any rows a value of the type that the SDL promises', () => {
      const sdl = agencySdl(adapter.id);
      for (const [name, part] of namedParts(adapter)) {
        if (part.kind !== 'value' || part.field.kind !== 'field') continue;
        const [section = '', field = ''] = name.split('.');
        const owner = String(fieldType(sdl, 'Query', section)).replace(/\W/g, '');
        const type = fieldType(sdl, owner, field);
        const { columns, decode } = part.field;
        const value = cells.map((row) => decode(row.slice(0, columns.length), { now: NOW, note: () => {} }));
        const rows = fc.array(fc.oneof(value, fc.constant(UNREADABLE)), { maxLength: 3 });
        always(name, rows, (values) => {
          const picked = part.pick(values);
          return picked === UNREADABLE || fits(type, picked);
        });
      }
    });

    it('says when a row was known to be true, as a moment or not at all', () => {
      for (const [name, { source }] of namedParts(adapter)) {
        const read = (row: readonly unknown[]) =>
          source.asOf?.decode(row.slice(0, 1), { now: NOW, note: () => {} });
        const sound = (row: readonly unknown[]) => {
          const moment = read(row);
          return moment === null || (moment instanceof Date && !Number.isNaN(moment.getTime()));
        };
        always(name, cells, sound, 50);
      }
    });

    it('notes the column and what is wrong with a cell, never what stands in it', () => {
      const notes: string[] = [];
      for (const [, , field] of promisedTypes(adapter, agencySdl(adapter.id)))
        field.decode(
          field.columns.map(() => MARK),
          { now: NOW, note: (problem) => notes.push(problem) },
        );
      for (const note of notes) expect(note).toMatch(/^\w+\.\w+(, \w+\.\w+)*: [\w ,'-]+$/);
      expect(notes.filter((note) => note.includes(MARK))).toEqual([]);
    });

    it('makes a predicate of every value that a row condition takes, and releases no row for one it does not', () => {
      for (const [name, part] of namedParts(adapter)) {
        for (const condition of Object.values(conditionsOf(part))) {
          const { takes } = condition;
          const good = takes === 'duration' ? 'P12M' : takes === 'flag' ? true : takes.values;
          expect(predicateColumns(condition.predicate(good, NOW)), name).toBeInstanceOf(Array);
          expect(condition.predicate('something else', NOW), name).toEqual({ any: [] });
        }
      }
    });
  });
}

/** Says which field a failing property is about. */
function always<T>(path: string, values: fc.Arbitrary<T>, holds: (value: T) => boolean, numRuns = 100): void {
  try {
    fc.assert(fc.property(values, holds), { numRuns });
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
