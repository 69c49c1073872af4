/**
 * Lets agencies that are read at the same time be matched at once, when all have been read: the model is then learnt
 * from all of them. An agency that fails, or that only compares, holds nobody up once it is through.
 */
export interface MatchTogether {
  /**
   * Runs a pass, which calls what it is given when it has read and its records are to be matched. Others wait for it to
   * have read, but not where it is a retry, which may fail as slowly as the one before.
   */
  pass<T>(work: (match: () => Promise<void>) => Promise<T>, waitedFor: boolean): Promise<T>;
}

/** @param matchAll matches all that waits */
export function matchTogether(matchAll: () => Promise<void>): MatchTogether {
  const reading = new Set<Promise<void>>();
  let matching: Promise<void> | null = null;
  const match = async () => {
    await Promise.all(reading);
    matching ??= matchAll().finally(() => {
      matching = null;
    });
    await matching;
  };
  return {
    async pass(work, waitedFor) {
      let over = () => {};
      const read = new Promise<void>((resolve) => {
        over = resolve;
      });
      if (waitedFor) reading.add(read);
      const hasRead = () => {
        reading.delete(read);
        over();
      };
      return work(() => {
        hasRead();
        return match();
      }).finally(hasRead);
    },
  };
}
