import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { LinkRecord } from '../../linkage/features.ts';
import { learn } from '../../linkage/learn/learn.ts';
import { modelToText } from '../../linkage/model-text.ts';
import { INDEX_POLICY } from '../../linkage/policy.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { inOneForm } from '../records/feature-hash.ts';
import { linkageFeatures, matchRecord } from '../records/features.ts';
import type { MatchRecord } from '../records/matcher.ts';
import type { Affected } from './match-part.ts';

/** With fewer records than this nothing is learnt: priors are the better guess. */
const LEARN_FROM = 500;
/** A model is learnt anew, unasked, when there are so many times the records that it was learnt from. */
const OUTGROWN = 2;
/** So many records, picked by a hash of their ids, are enough to learn from; more would only cost memory. */
const LEARNT_FROM_AT_MOST = 200_000;
/** Rows of one statement. */
const PAGE = 10_000;

/** What is in force, and what there is to learn from. */
export interface LearningState {
  version: string | null;
  learntAt: Date | null;
  /** Records that the model in force was learnt from; 0 for none. */
  learntFrom: number;
  records: number;
  /** It would not be learnt unasked: records are few enough, and under the key that it was learnt under. */
  enough: boolean;
}

/** The key under which most records are: fillers are known to a model by their hashes. */
const KEY_IN_USE = sql`(select mode() within group (order by key_id) from index_record where key_id is not null)`;

export async function learningState(store: StoreDatabase): Promise<LearningState> {
  const { rows } = await sql<{
    version: string | null;
    learnt_at: Date | null;
    learnt_from: number;
    records: number;
    rekeyed: boolean;
  }>`
    select m.version, m.learnt_at, coalesce(m.records, 0) as learnt_from,
      coalesce(m.key_id <> ${KEY_IN_USE}, false) as rekeyed,
      (select count(*)::int from index_record where merged_into is null) as records
    from (select 1) as one left join index_model m on m.current`.execute(store);
  const [row] = rows;
  const { version = null, learnt_at: learntAt = null, learnt_from: learntFrom = 0, records = 0 } = row ?? {};
  const inForce = version?.endsWith(INDEX_POLICY.version) ?? false;
  const from = inForce ? learntFrom : 0;
  const outgrown = records >= Math.max(LEARN_FROM, from * OUTGROWN);
  return { version, learntAt, learntFrom, records, enough: !outgrown && row?.rekeyed !== true };
}

/** Learns a model where there is none yet, or where the place has outgrown it. True if one was learnt. */
export async function learnIfOutgrown(store: StoreDatabase, now: Date): Promise<boolean> {
  const state = await learningState(store);
  if (state.enough) return false;
  await learnModel(store, now);
  return true;
}

/**
 * Learns a model from the index's own records and puts it in force: every record then waits to be matched by it. The
 * same records give the same model, and the same version. For a transaction that holds the index's lock.
 */
export async function learnModel(
  store: StoreDatabase,
  now: Date,
  { atMost = LEARNT_FROM_AT_MOST } = {},
): Promise<string> {
  const { records } = await learningState(store);
  const model = learn(await sample(store, Math.min(1, atMost / Math.max(1, records))), INDEX_POLICY);
  const text = modelToText(model);
  const version = `${createHash('sha256').update(text).digest('hex').slice(0, 12)}-${INDEX_POLICY.version}`;
  await store
    .updateTable('index_model')
    .set({ current: false })
    .where('current', '=', true)
    .where('version', '<>', version)
    .execute();
  await sql`
    insert into index_model (version, learnt_at, records, model, current, key_id)
    values (${version}, ${now}, ${records}, ${gzipSync(text)}, true, ${KEY_IN_USE})
    on conflict (version) do update
      set current = true, learnt_at = excluded.learnt_at, key_id = excluded.key_id`.execute(store);
  await store.updateTable('index_record').set({ pending: true }).where('pending', '=', false).execute();
  return version;
}

/** PostgreSQL's hash of a text, its sign left out, is at most this. */
const HASHES = 2 ** 31;

/** Merged-away records say again what the surviving ones say. */
async function sample(store: StoreDatabase, share: number): Promise<LinkRecord[]> {
  const below = Math.ceil(share * HASHES);
  const found: MatchRecord[] = [];
  for (let after = '0'; ; ) {
    const { rows } = await sql<Affected>`
      select id, agency, record, merged_into, names, date_of_birth, sex, postcode, place, place_was, identifiers, person
      from index_record
      where id > ${after} and merged_into is null
        and abs(hashtext(agency || '|' || record)::bigint) <= ${below}::bigint
      order by id limit ${PAGE}`.execute(store);
    for (const row of rows) found.push(matchRecord(row));
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
  }
  const read = linkageFeatures();
  return inOneForm(found).map((record) => ({ key: record.key, features: read(record) }));
}
