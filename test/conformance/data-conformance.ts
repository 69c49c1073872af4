import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AnyAdapter,
  type DialectName,
  grantedColumns,
  type IndexRecord,
} from '../../adapters/contract.ts';
import { missingFrom, namedColumns } from '../../src/conformance/declared-columns.ts';
import { feedFaults, recordsInPages } from '../../src/conformance/feed-rules.ts';
import { namedParts, onlyReading, selectPart } from '../../src/conformance/parts.ts';
import { caseloadFaults, referencesTaken } from '../../src/conformance/strange-keys.ts';
import { agencyFolders } from '../support/agency-folders.ts';
import { openAgency, REFUSED, type TestAgency } from './support/agency.ts';
import { columnsOf } from './support/dirt.ts';
import { type AnyChanges, toldSince } from './support/index-changes.ts';

const NOW = new Date('2026-11-22T03:10:00Z');

/** The adapter reads a database full of dirt, with no more columns than it names. */
export function dataConformance(adapter: AnyAdapter, dialect: DialectName): void {
  describe(`${adapter.id} on ${dialect}: data`, () => {
    let agency: TestAgency;
    beforeAll(async () => {
      agency = await openAgency(adapter.id, dialect);
    });
    afterAll(() => agency.close());

    const pages = (limit: number) => recordsInPages(adapter, agency.reader, { limit });

    it('names only columns that its schema has', async () => {
      const known = (await columnsOf(agency.admin)).map(({ table, name }) => `${table}.${name}`);
      expect(missingFrom(known, namedColumns(adapter))).toEqual([]);
    });

    it('reads every part of its field table by the columns it names, and can read no other column', async () => {
      await agency.grant(onlyReading(adapter, { sections: adapter.sections }));
      for (const [, part] of namedParts(adapter)) await agency.read(selectPart(adapter, part));
      await agency.grant(adapter);
      const granted = grantedColumns(adapter);
      const others = (await columnsOf(agency.admin)).filter(
        ({ table, name }) => !granted.get(table)?.has(name),
      );
      for (const { table, name } of others)
        await expect(agency.read(`select "${name}" from "${table}"`)).rejects.toMatchObject({
          code: REFUSED[dialect],
        });
    });

    it('feeds the index by the columns it names for it: each record once, in order, in pages of any length', async () => {
      await agency.grant(onlyReading(adapter, { index: adapter.index }));
      const whole = await pages(1000);
      // Dirt seals and merges many of an agency's records away; some are left.
      expect(whole.length).toBeGreaterThan(4);
      expect(await pages(7)).toEqual(whole);
      expect(await pages(2)).toEqual(whole);
      expect(await pages(1)).toEqual(whole);
    });

    it.skipIf(!adapter.index.changes)('tells what has changed by the columns it names for it', async () => {
      const { index } = adapter;
      const changes = index.changes as AnyChanges;
      await agency.grant(onlyReading(adapter, { index }));
      const fed = await pages(1000);
      const mark = await changes.mark(agency.reader);
      const [table, column] = (index.reads[0] ?? '').split('.');
      await agency.admin.query(`update "${table}" set "${column}" = "${column}"`);
      await agency.settle();
      const told = await toldSince({ changes, db: agency.reader }, mark);
      expect(fed.filter(({ record }) => !told.records.has(record))).toEqual([]);
      const records = await changes.records(agency.reader, [...told.records], () => {});
      expect(records.toSorted(byId)).toEqual(fed.toSorted(byId));
    });

    it('feeds the index with no filler, no impossible day and no padding', async () => {
      await agency.grant(onlyReading(adapter, { index: adapter.index }));
      expect(feedFaults(await pages(1000))).toEqual([]);
    });

    it('tells whoever cannot be read as protected, rather than uncover a person', async () => {
      await agency.grant(onlyReading(adapter, { index: adapter.index }));
      const records = await pages(1000);
      expect(records.some((one) => one.protections.includes('PROTECTED'))).toBe(true);
      expect(records.some((one) => one.protections.length === 0)).toBe(true);
    });

    it('answers null to what is no reference of its own, and never breaks on it', async () => {
      await agency.grant(onlyReading(adapter, { reference: adapter.reference }));
      expect(await referencesTaken(adapter, agency.reader, NOW)).toEqual([]);
    });

    it('finds its references by the columns it names for them, with staff of agencies that there are', async () => {
      await agency.grant(onlyReading(adapter, { reference: adapter.reference }));
      const example = /such as ([^\s,.]+)/.exec(adapter.reference.description)?.[1] ?? '';
      await renameOne(agency, adapter, example);
      await agency.settle();
      const facts = await adapter.reference.find(agency.reader, example, NOW);
      expect(facts).not.toBeNull();
      expect([true, false]).toContain(facts?.live);
      for (const { organisation } of facts?.staff ?? [])
        expect([...agencyFolders(), adapter.id]).toContain(organisation);
    });

    it('keeps to the people asked for in a caseload, and to nobody for a stranger', async () => {
      await agency.grant(onlyReading(adapter, { reference: adapter.reference }));
      const people = Array.from({ length: 60 }, (_, index) => personKey(adapter, index + 1));
      const { caseload } = adapter.reference;
      for (const staff of ['K001', 'K007', 'K031']) {
        const mine = await caseload(agency.reader, staff, people, NOW);
        expect(mine.filter((one) => !people.includes(one))).toEqual([]);
        expect(new Set(mine).size).toBe(mine.length);
      }
      expect(await caseload(agency.reader, 'K001', [], NOW)).toEqual([]);
      expect(await caseloadFaults(adapter, agency.reader, people, NOW)).toEqual([]);
    });
  });
}

const personKey = (adapter: AnyAdapter, number: number): string =>
  adapter.id === 'childrens-services' ? String(number) : `K${String(number).padStart(3, '0')}`;

/** Gives one row of the table that references stand in the number of the example. */
async function renameOne(agency: TestAgency, adapter: AnyAdapter, example: string): Promise<void> {
  const [first = ''] = adapter.reference.reads;
  const [table = '', column = ''] = first.split('.');
  await agency.admin.query(
    `update "${table}" set "${column}" = $1 where ctid = (select ctid from "${table}" order by "${column}" limit 1)`,
    [example],
  );
}

const byId = (one: IndexRecord, other: IndexRecord): number => (one.record < other.record ? -1 : 1);
