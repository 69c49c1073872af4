import type { StoreDatabase } from '../../store/tables.ts';
import type { Matcher } from '../records/matcher.ts';
import { currentModel } from './current-model.ts';
import { linkageMatcher } from './linkage-matcher.ts';

const matchers = new WeakMap<object, Matcher>();

/** The matcher of the model in force. */
export async function currentMatcher(store: StoreDatabase): Promise<Matcher> {
  const named = await currentModel(store);
  const matcher = matchers.get(named) ?? linkageMatcher(named);
  matchers.set(named, matcher);
  return matcher;
}
