import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findAdapters } from '../../src/adapters-found.ts';
import { grantStatements } from '../../src/compile/sql/grants.ts';
import { prepareDatabases } from '../../src/demo/databases.ts';
import { loadKeys } from '../../src/person-index/records/keys.ts';
import { createSealedIds } from '../../src/person-index/records/sealed-ids.ts';
import { projectRoot } from '../../src/project-root.ts';
import { startEmbedded } from '../../src/store/embedded/start-embedded.ts';
import { REFERENCE, type Setting } from './setting.ts';

/** Public ids, and beside each the records it stands for: nominal, client and tenant. */
export interface People {
  ids: string[];
  records: (string | null)[][];
}
export interface World {
  setting: Setting;
  /** So many people, tied to the incident; to be called once the gateway has fed its index. */
  people(count: number): Promise<People>;
}

/**
 * Databases of the benchmark's own, with the demo's data.
 * @param closers takes what undoes each step, from the moment on from which it must be undone
 */
export async function openWorld(
  { people, feedIntervalMs }: { people: number; feedIntervalMs: number },
  closers: (() => Promise<void>)[],
): Promise<World> {
  const kept = process.env.BENCH_DATA;
  const dataDir = kept ?? (await mkdtemp(join(tmpdir(), 'sightline-bench-')));
  if (!kept) closers.push(() => rm(dataDir, { recursive: true, force: true }));
  const root = projectRoot();
  const server = await startEmbedded({ dataDir });
  closers.push(() => server.stop());
  const adapters = new Map((await findAdapters(root)).map((adapter) => [adapter.id as string, adapter]));
  const made = await prepareDatabases(server, {
    dataDir,
    now: new Date(),
    amount: { people },
    grants(agency, login) {
      const adapter = adapters.get(agency);
      if (!adapter) throw new Error(`There is no adapter of ${agency}`);
      return grantStatements(adapter, login);
    },
  });
  const agencyUrls = Object.fromEntries(
    Object.entries(made.agencies).map(([agency, { url }]) => [agency, url]),
  );
  return {
    setting: { root, dataDir, storeUrl: made.storeUrl, agencyUrls, feedIntervalMs },
    async people(count) {
      const records = await knownToThree(made.storeUrl, count);
      await tie(
        made.agencies.police.adminUrl,
        records.flatMap(({ nominal }) => nominal ?? []),
      );
      const sealed = createSealedIds(loadKeys({ dataDir }), 'mental-health', REFERENCE);
      return {
        ids: records.map(({ person }) => sealed.seal('person', person)),
        records: records.map(({ nominal, client, tenant }) => [nominal, client, tenant]),
      };
    },
  };
}

interface Known {
  person: string;
  nominal: string;
  client: string | null;
  tenant: string | null;
}

/** People whom the police know, those first whom the other two know as well, and nobody who is hidden. */
async function knownToThree(storeUrl: string, count: number): Promise<Known[]> {
  return rows<Known>(
    storeUrl,
    `select person,
       min(record) filter (where agency = 'police') as nominal,
       min(record) filter (where agency = 'mental-health') as client,
       min(record) filter (where agency = 'housing') as tenant
     from index_record where person is not null and person not in (select person from index_protection)
     group by person having bool_or(agency = 'police')
     order by count(distinct agency) desc, person limit $1`,
    [count],
  );
}

async function tie(policeUrl: string, nominals: readonly string[]): Promise<void> {
  const [, incident] = REFERENCE.split(':');
  await rows(
    policeUrl,
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM", "UPD_DTTM")
     select $1, nominal, 'I', 'CFS', '202611200300', '202611200300' from unnest($2::text[]) as nominal on conflict do nothing`,
    [incident, nominals],
  );
}

async function rows<T>(url: string, text: string, values: unknown[]): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as T[];
  } finally {
    await client.end();
  }
}
