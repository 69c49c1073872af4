import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import { learn } from '../linkage/learn/learn.ts';
import type { Model } from '../linkage/model.ts';
import { modelFromText } from '../linkage/model-text.ts';
import { INDEX_POLICY } from '../linkage/policy.ts';
import type { Store } from './tables.ts';

/** A model, and the name under which links and decisions say that it was used. */
export interface NamedModel {
  version: string;
  model: Model;
}

/** What is held of a place before enough is known of it to learn from: priors alone. */
export const UNLEARNT: NamedModel = {
  version: `priors-${INDEX_POLICY.version}`,
  model: learn([], INDEX_POLICY),
};

/** Models are some megabytes. One place needs one, and for a moment the next. */
const known = new LRUCache<string, NamedModel>({ max: 4 });

/** The model by which this index links and searches: the one learnt last, under the thresholds in force. */
export async function currentModel(store: Store): Promise<NamedModel> {
  const { rows } = await sql<{ version: string }>`
    select version from index_model where current`.execute(store);
  const version = rows[0]?.version;
  if (version === undefined || !version.endsWith(INDEX_POLICY.version)) return UNLEARNT;
  const model = known.get(version) ?? (await loadModel(store, version));
  known.set(version, model);
  return model;
}

async function loadModel(store: Store, version: string): Promise<NamedModel> {
  const { rows } = await sql<{ model: Buffer }>`
    select model from index_model where version = ${version}`.execute(store);
  const model = rows[0] && modelFromText(gunzipSync(rows[0].model).toString('utf8'));
  return model ? { version, model } : UNLEARNT;
}
