import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { AnyAdapter, IndexChanges, IndexRecord, RecordId } from '../../../adapters/contract.ts';
import { testPool } from '../../support/postgres.ts';

// biome-ignore lint/suspicious/noExplicitAny: any agency's tables
type AnyDb = Kysely<any>;
// biome-ignore lint/suspicious/noExplicitAny: any agency's tables
export type AnyChanges = IndexChanges<any>;

/** An agency of the demo, as the gateway reads it and as its own clerks write it. */
export interface ChangingAgency {
  adapter: AnyAdapter;
  changes: AnyChanges;
  db: AnyDb;
  clerk: pg.Client;
  close(): Promise<void>;
}

export async function openChanging(
  adapter: AnyAdapter,
  { url, adminUrl }: { url: string; adminUrl: string },
): Promise<ChangingAgency> {
  const { changes } = adapter.index;
  if (!changes) throw new Error(`${adapter.id} does not tell what has changed`);
  const db: AnyDb = new Kysely({
    dialect: new PostgresDialect({ pool: testPool({ connectionString: url }) }),
  });
  const clerk = new pg.Client({ connectionString: adminUrl });
  await clerk.connect();
  for (const statement of MORE[adapter.id] ?? []) await clerk.query(statement);
  const close = async () => {
    await db.destroy();
    await clerk.end();
  };
  return { adapter, changes, db, clerk, close };
}

/** Rows of the kinds that few people have, so that there are some to change; their keys come first in order. */
const MORE: Readonly<Record<string, readonly string[]>> = {
  housing: [
    `insert into staff_excl select tenant_no, 'HO999' from tenant order by tenant_no limit 2`,
    `insert into hclic_case (case_ref, accom_type) values ('A-1', 'REFUGE'), ('A-2', 'REFUGE')`,
    `insert into hclic_person select 'A-1', tenant_no from tenant order by tenant_no limit 2`,
    `insert into hclic_person select 'A-2', tenant_no from tenant order by tenant_no desc limit 2`,
  ],
  'mental-health': [
    `insert into "StaffExclusion" select "ClientID", 'RMN999' from "Client" order by "ClientID" limit 2`,
    `insert into "ClientRelation" ("ClientID", "RelatedClientID", "SameHouseYN")
       select min("ClientID"), max("ClientID"), 'Y' from "Client"`,
  ],
};

const MANY = 1000;
const quiet = () => {};

/** Everybody as the whole feed has them now. */
export async function feedOf({ adapter, db }: ChangingAgency): Promise<ReadonlyMap<RecordId, IndexRecord>> {
  const fed: IndexRecord[] = [];
  for (;;) {
    const page = await adapter.index.page(db, fed.at(-1)?.record ?? null, MANY, quiet);
    if (page.length === 0) return new Map(fed.map((record) => [record.record, record]));
    fed.push(...page);
  }
}

/** More pages than any change of these tests takes. */
const ENOUGH = 2000;

/** All that is told after a mark, and the pages it came in. */
export async function toldSince(
  { changes, db }: Pick<ChangingAgency, 'changes' | 'db'>,
  mark: string,
  limit = MANY,
): Promise<{ records: ReadonlySet<RecordId>; pages: number[]; mark: string }> {
  const records = new Set<RecordId>();
  const pages: number[] = [];
  let last = mark;
  for (;;) {
    const next = await changes.since(db, last, limit);
    if (next.mark === last) return { records, pages, mark: last };
    for (const record of next.records) records.add(record);
    pages.push(next.records.length);
    last = next.mark;
    if (pages.length > ENOUGH) throw new Error('what is told does not come to an end');
  }
}

/** Tables that a record of the index is read from: all that the feed reads but the log of changes itself. */
export const tablesOf = ({ index }: AnyAdapter): readonly string[] =>
  [...new Set(index.reads.map((name) => name.split('.')[0] ?? ''))].filter((table) => !LOGS.has(table));
const LOGS = new Set(['T_CHG_LOG', 'CHANGE_LOG']);

export const columnsRead = ({ index }: AnyAdapter, table: string): readonly string[] =>
  index.reads.flatMap((name) => (name.startsWith(`${table}.`) ? [name.slice(table.length + 1)] : []));
