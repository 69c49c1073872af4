import { gunzipSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';
import { learn } from '../../linkage/learn/learn.ts';
import type { Model } from '../../linkage/model.ts';
import { modelFromText } from '../../linkage/model-text.ts';
import { INDEX_POLICY } from '../../linkage/policy.ts';
import type { StoreDatabase } from '../../store/tables.ts';

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
const loadedModels = new LRUCache<string, NamedModel>({ max: 4 });

/** The model by which this index links and searches: the one learnt last, under the thresholds in force. */
export async function currentModel(store: StoreDatabase): Promise<NamedModel> {
  const inForce = await store
    .selectFrom('index_model')
    .select('version')
    .where('current', '=', true)
    .executeTakeFirst();
  const version = inForce?.version;
  if (version === undefined || !version.endsWith(INDEX_POLICY.version)) return UNLEARNT;
  const model = loadedModels.get(version) ?? (await loadModel(store, version));
  loadedModels.set(version, model);
  return model;
}

async function loadModel(store: StoreDatabase, version: string): Promise<NamedModel> {
  const row = await store
    .selectFrom('index_model')
    .select('model')
    .where('version', '=', version)
    .executeTakeFirst();
  const model = row && modelFromText(gunzipSync(row.model).toString('utf8'));
  return model ? { version, model } : UNLEARNT;
}
