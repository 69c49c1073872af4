import { BELIEF, type FrequencyTable } from '../linkage/frequencies.ts';
import type { Model } from '../linkage/model.ts';
import { SEARCH_POLICY } from './search-policy.ts';

const made = new WeakMap<Model, Model>();

/**
 * The model as searches use it. What a few records could change is taken out: values that few carry weigh as if nobody
 * did, and numbers that several carry still say what they say, since whose they are may be hidden from the caller.
 * Twins and generations are always reckoned with.
 */
export function searchModel(model: Model): Model {
  const known = made.get(model);
  if (known) return known;
  const tables = Object.entries(model.frequencies).map(([field, table]) => [field, common(table)]);
  const own: Model = {
    ...model,
    frequencies: Object.fromEntries(tables) as Model['frequencies'],
    generic: new Set(),
    relatives: true,
    namesakes: false,
  };
  made.set(model, own);
  return own;
}

/** Shares at or below that of an unseen value become it. Written with nothing counted, so that belief alone speaks. */
function common({ counts, total, unseen }: FrequencyTable): FrequencyTable {
  const above = [...counts].flatMap(([value, count]): [string, number][] =>
    count >= SEARCH_POLICY.countsFrom && count / total > unseen
      ? [[value, BELIEF * (count / total - unseen)]]
      : [],
  );
  return { counts: new Map(above), total: 0, unseen };
}
