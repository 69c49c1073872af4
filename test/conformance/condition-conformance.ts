import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AnyAdapter,
  conditionsOf,
  type DialectName,
  type Predicate,
  partsOf,
  type RowConditionValue,
} from '../../adapters/contract.ts';
import { meets } from '../../src/compile/sql/predicate.ts';
import { namedParts, type Part } from '../../src/conformance/parts.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { askAgency } from './support/ask-agency.ts';
import { type Column, columnsOf } from './support/dirt.ts';
import {
  cellsFor,
  decodedColumns,
  fill,
  keysOf,
  released,
  satisfying,
  withoutPlain,
} from './support/written-rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const quiet = { now: NOW, note: () => {} };

type Rows = Readonly<Record<string, RowConditionValue>>;

/**
 * Rows that are released are those that the decoders say belong, however a code, a flag or a date is written. For every
 * condition of the adapter and every column that one of its decoders reads, each way of writing is put into the
 * database and asked for.
 */
export function conditionConformance(adapter: AnyAdapter, dialect: DialectName): void {
  describe(`${adapter.id} on ${dialect}: conditions`, () => {
    let agency: TestAgency;
    let columns: ReadonlyMap<string, Column>;
    beforeAll(async () => {
      agency = await openEmptyAgency(adapter.id, dialect);
      await agency.grant(adapter);
      columns = new Map((await columnsOf(agency.admin)).map((one) => [`${one.table}.${one.name}`, one]));
    });
    afterAll(() => agency.close());

    const questions = Object.entries(adapter.sections).flatMap(([section, fields]) =>
      Object.entries(fields).flatMap(([field, made]) => {
        const parts = partsOf(made);
        const sources = [...new Set(parts.map(({ source }) => source))];
        return sources.map((source) => ({
          section,
          field,
          parts: parts.filter((part) => part.source === source),
        }));
      }),
    );

    it.each(questions.filter(({ parts }) => parts.some((part) => released(part, {}) !== null)))(
      'of $section, $field release what the decoders say belongs',
      async ({ section, field, parts }) => {
        for (const rows of releasesOf(parts)) {
          const conditions = parts.map((part) => released(part, rows) ?? { all: [] });
          const varied = variedColumns(parts, conditions, columns);
          const candidates = new Map(
            varied.map((name) => [name, cellsFor(adapter, name, columns.get(name))]),
          );
          const base = satisfying(conditions, candidates);
          const written = [...candidates].flatMap(([name, cells]) =>
            cells.map((cell) => ({ ...base, [name]: cell })),
          );
          const people = written.map((cells, index) => ({ id: String(index + 1), cells }));
          await fill(agency, parts[0] as Part, people, conditions, columns);
          const others = Object.keys(adapter.sections[section] ?? {}).filter((name) => name !== field);
          const keys = people.map(({ id }) => `"${id}"`).join(', ');
          const answer = await askAgency(agency, adapter, `{ ${section}(keys: [${keys}]) { present } }`, {
            now: NOW,
            sections: { [section]: { rows, without: others } },
          });
          const keyed = new Set(parts.flatMap((part) => keysOf(part.source)));
          for (const [index, { id, cells }] of people.entries()) {
            const cellOf = (name: string) => cells[name] ?? (keyed.has(name) ? id : null);
            const belongs = conditions.some((one, at) => {
              const read = meets(withoutPlain(one), cellOf, quiet);
              return parts[at]?.kind === 'list' ? read === true : read !== false;
            });
            const said = `${section}.${field} ${JSON.stringify(rows)} of ${JSON.stringify(cells)}`;
            expect(`${answer[section][index].present} ${said}`).toBe(`${belongs} ${said}`);
          }
        }
      },
    );

    it('name by hand nothing that a decoder reads', () => {
      const read = new Set<string>(
        namedParts(adapter)
          .flatMap(([, part]) =>
            part.kind === 'list' ? Object.values(part.fields) : part.kind === 'value' ? [part.field] : [],
          )
          .flatMap((entry) => (entry.kind === 'field' ? [entry] : Object.values(entry.fields)))
          .flatMap((field) =>
            field.decoding === undefined || TEXT.has(field.decoding.as) ? [] : field.columns,
          ),
      );
      const byHand = namedParts(adapter).flatMap(([name, part]) =>
        [{}, ...releasesOf([part])].flatMap((rows) =>
          plainColumns(released(part, rows) ?? { all: [] })
            .filter((column) => read.has(column))
            .map((column) => `${name} compares ${column} as it stands`),
        ),
      );
      expect(byHand).toEqual([]);
    });
  });
}

/** Decoders that take what stands in the cell. */
const TEXT = new Set(['text', 'text without blanks']);

/** Without a condition of the policy, and with each value that one takes. */
function releasesOf(parts: readonly Part[]): Rows[] {
  const named = new Map(parts.flatMap((part) => Object.entries(conditionsOf(part))));
  const each = [...named].flatMap(([name, { takes, masksOnly }]): Rows[] => {
    if (masksOnly) return [];
    if (takes === 'duration') return [{ [name]: 'P12M' }];
    return takes === 'flag' ? [{ [name]: true }] : takes.values.map((value) => ({ [name]: [value] }));
  });
  return [{}, ...each];
}

function plainColumns(predicate: Predicate): readonly string[] {
  if ('any' in predicate) return predicate.any.flatMap(plainColumns);
  if ('all' in predicate) return predicate.all.flatMap(plainColumns);
  return 'column' in predicate ? [predicate.column] : [];
}

/** Keys stay as they are: a row is found by them. */
function variedColumns(
  parts: readonly Part[],
  conditions: readonly Predicate[],
  columns: ReadonlyMap<string, Column>,
): readonly string[] {
  const keys = new Set(parts.flatMap(({ source }) => keysOf(source)));
  const read = [...new Set(conditions.flatMap(decodedColumns))];
  return read.filter((name) => !keys.has(name) && columns.get(name)?.key !== true);
}
