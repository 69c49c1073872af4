import type { FeedProgress } from '../person-index/feed-types.ts';

/** Keeps how far the first filling of the person index is, and says it in few words. */
export function howFar(): { note(progress: FeedProgress): void; said(): string } {
  const read = new Map<string, number>();
  let matched: { done: number; of: number } | null = null;
  return {
    note(progress) {
      if (progress.step === 'READ') read.set(progress.agency, progress.records);
      else matched = progress;
    },
    said() {
      if (matched) return `${matched.done} of ${matched.of} records matched`;
      const records = [...read.values()].reduce((sum, each) => sum + each, 0);
      return `${records} records read of ${read.size} agencies`;
    },
  };
}
