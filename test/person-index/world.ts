import { randomBytes } from 'node:crypto';
import { type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import type { AgencyId, ReferenceFacts } from '../../adapters/contract.ts';
import type { Caller } from '../../src/caller/types.ts';
import type { RequestSubjectsInput } from '../../src/person-index/admit/admission.ts';
import type { SearchLimit } from '../../src/person-index/admit/search-policy.ts';
import { refreshIndex } from '../../src/person-index/feed/refresh-index.ts';
import { createRequestSubjects } from '../../src/person-index/lookup/request-subjects.ts';
import { AgencyUnavailable } from '../../src/person-index/records/agency-unavailable.ts';
import { type Keys, keysFrom } from '../../src/person-index/records/keys.ts';
import type { ReferenceDirectory, RequestSubjects } from '../../src/person-index/records/types.ts';
import { createRequestReview } from '../../src/person-index/review/request-review.ts';
import type { RequestReview } from '../../src/person-index/review/types.ts';
import type { IndexFeature } from '../../src/sharing/policy/policies.ts';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import { MIGRATIONS } from '../../src/store/migrate.ts';
import type { StoreDatabase, StoreTables } from '../../src/store/tables.ts';
import { testPool, testServer } from '../support/postgres.ts';
import { SILENT } from '../support/silent-log.ts';
import { CATALOGUE, decisionsOf, GENEROUS, type GrantedAt } from './decisions.ts';
import { indexRecord, type Records, type RecordWords, sourceOf } from './index-records.ts';

/** The index's own tables; the register and the withdrawals have tests of their own. */
const TABLES = MIGRATIONS.filter(({ name }) => !/register|withdrawals|proof|retention/.test(name))
  .map(({ up }) => up)
  .join('');

export const KEYS = keysFrom(Buffer.alloc(32, 7).toString('base64'), 'the tests');
export const NOW = new Date('2026-03-01T03:00:00Z');
export const ALL: readonly IndexFeature[] = [
  'names',
  'dateOfBirth',
  'sex',
  'postcode',
  'place',
  'identifiers',
];
export const minutesAfter = (minutes: number, from = NOW): Date =>
  new Date(from.getTime() + minutes * 60_000);

export const OFFICER: Caller = {
  ...{ sub: 'PC1', staff: 'PC1', issuer: null, client: null, actor: null },
  name: 'Sam Okafor',
  organisation: 'police',
  site: null,
  role: 'response-officer',
  roles: ['response-officer'],
  person: null,
};
export const INCIDENT = { agency: 'police', value: '26/000123' };

/** An incident that PC1 is on, and that ties these police records. */
export const incident = (people: readonly string[], facts: Partial<ReferenceFacts> = {}): ReferenceFacts => ({
  live: true,
  place: 'PUBLIC',
  consent: null,
  staff: [{ organisation: 'police', staff: 'PC1' }],
  people,
  ...facts,
});

export interface Asked {
  caller?: Partial<Caller>;
  purpose?: string;
  reference?: { agency: AgencyId; value: string } | null;
  /** What the police's system says of the incident; `down` if it cannot be asked. */
  facts?: ReferenceFacts | null | 'down';
  /** Records on the caller's own caseload. */
  caseload?: readonly string[] | 'down';
  granted?: GrantedAt;
  now?: Date;
  keys?: Keys;
  /** How often the login may search, for a test that asks more than anybody would. */
  searchLimits?: SearchLimit;
}

export interface World {
  store: StoreDatabase;
  /** SQL of every statement since the last call, parameters left out. */
  statements(): string[];
  /** A pass of the agency's feed; the world holds exactly these records of it afterwards. */
  feed(
    agency: AgencyId,
    records: readonly RecordWords[],
    options?: { share?: readonly IndexFeature[]; now?: Date; keys?: Keys },
  ): Promise<void>;
  feedAll(records: Records): Promise<void>;
  /** A request of PC1 of the police on incident 26/000123, unless it says otherwise. */
  ask(asked?: Asked): RequestSubjects;
  /** The same request, to review links. */
  review(asked?: Asked): RequestReview;
  /** Calls of the agencies' own systems since the last call. */
  calls(): string[];
  rows<T = Record<string, unknown>>(table: string): Promise<T[]>;
  /** Records together by person, each group and all groups sorted: the links, without persons' ids. */
  people(): Promise<string[][]>;
  /** As if nothing had ever been fed, asked or refused. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** A store of its own on the run's PostgreSQL. */
export async function openWorld(): Promise<World> {
  const { url } = await testServer();
  const name = `index_${randomBytes(6).toString('hex')}`;
  await createDatabase(url('postgres'), name);
  const seen: CompiledQuery[] = [];
  const store = new Kysely<StoreTables>({
    dialect: new PostgresDialect({ pool: testPool({ connectionString: url(name), max: 4 }) }),
    log: (event) => void seen.push(event.query),
  });
  await sql.raw(TABLES).execute(store);
  const called: string[] = [];
  const world: World = {
    store,
    statements: () => seen.splice(0).map((query) => query.sql),
    calls: () => called.splice(0),
    async feed(agency, records, { share = ALL, now = NOW, keys = KEYS } = {}) {
      const source = sourceOf(records.map(indexRecord));
      const log = SILENT;
      await refreshIndex({
        store,
        agency,
        source,
        db: store as never,
        share,
        keys,
        log,
        now: () => now,
        intervalMs: 30_000,
      });
    },
    async feedAll(records) {
      for (const [agency, own] of Object.entries(records)) await world.feed(agency, own);
    },
    ask: (asked = {}) => createRequestSubjects(request(store, asked, called)),
    review: (asked = {}) => createRequestReview(request(store, asked, called)),
    async rows<T>(table: string) {
      return (await sql<T>`select * from ${sql.table(table)}`.execute(store)).rows;
    },
    async people() {
      const rows = await world.rows<{ agency: string; record: string; person: string }>('index_record');
      const groups = new Map<string, string[]>();
      for (const { agency, record, person } of rows)
        groups.set(person, [...(groups.get(person) ?? []), `${agency} ${record}`]);
      return [...groups.values()]
        .map((group) => group.toSorted())
        .toSorted((one, other) => (one.join() < other.join() ? -1 : 1));
    },
    async empty() {
      const tables = [...TABLES.matchAll(/create table if not exists (\w+)/g)];
      // Decisions cannot be emptied by any statement but the one that takes their lock away.
      await sql
        .raw(
          `alter table index_decision disable trigger all;
           truncate ${tables.map(([, table]) => table).join(', ')};
           alter table index_decision enable trigger all`,
        )
        .execute(store);
    },
    async close() {
      await store.destroy();
      await dropDatabase(url('postgres'), name);
    },
  };
  return world;
}

function request(store: StoreDatabase, asked: Asked, called: string[]): RequestSubjectsInput {
  const { sub } = { ...OFFICER, ...asked.caller };
  const caller = { ...OFFICER, staff: sub, ...asked.caller };
  const { granted = GENEROUS, facts = incident([]), caseload = [] } = asked;
  const references: ReferenceDirectory = {
    async find(agency, reference) {
      called.push(`find ${agency} ${reference}`);
      if (facts === 'down') throw new AgencyUnavailable(agency, 'TIMED_OUT');
      return facts;
    },
    async knowsStaff() {
      return true;
    },
    async caseload(agency, staff, records) {
      called.push(`caseload ${agency} ${staff} of ${records.length}`);
      if (caseload === 'down') throw new AgencyUnavailable(agency, 'TIMED_OUT');
      return records.filter((record) => caseload.includes(record));
    },
  };
  return {
    store,
    references,
    caller,
    purpose: asked.purpose ?? 'mental-health-crisis',
    reference: asked.reference === undefined ? INCIDENT : asked.reference,
    decisionsAt: (relationship, _standing, ownCaseload) =>
      decisionsOf(granted, relationship, ownCaseload ? caller.organisation : null),
    catalogue: CATALOGUE,
    now: asked.now ?? NOW,
    keys: asked.keys ?? KEYS,
    signal: new AbortController().signal,
    ...(asked.searchLimits && {
      searchLimits: {
        usual: { ...asked.searchLimits, numbers: asked.searchLimits },
        emergency: { ...asked.searchLimits, numbers: asked.searchLimits, roles: [] },
      },
    }),
  };
}
