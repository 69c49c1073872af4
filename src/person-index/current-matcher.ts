import { currentModel } from './current-model.ts';
import { linkageMatcher } from './linkage-matcher.ts';
import type { Matcher } from './matcher.ts';
import type { Store } from './tables.ts';

const matchers = new WeakMap<object, Matcher>();

/** The matcher of the model in force. */
export async function currentMatcher(store: Store): Promise<Matcher> {
  const named = await currentModel(store);
  const matcher = matchers.get(named) ?? linkageMatcher(named);
  matchers.set(named, matcher);
  return matcher;
}
