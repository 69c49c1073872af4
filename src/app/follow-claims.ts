import { lookAtClaims } from '../acts/break-glass/claims.ts';
import { AgencyUnavailable } from '../person-index/records/agency-unavailable.ts';
import { linksOf, loadPeople } from '../person-index/records/known-people.ts';
import type { ReferenceDirectory } from '../person-index/records/types.ts';
import type { Store } from '../store/store.ts';
import type { AppOptions } from './options.ts';

/** Milliseconds between two looks: whoever is told reads it on a working day. */
const LOOK_EVERY_MS = 30_000;

export interface FollowedClaims {
  /** Looks now. Rejects while the own store is away. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** Looks again and again whether references have closed on which somebody was opened by break-glass and never tied. */
export function followClaims(
  { db }: Store,
  references: ReferenceDirectory,
  { log, now }: Pick<AppOptions, 'log'> & { now: () => Date },
): FollowedClaims {
  const ended = new AbortController();
  const find = async (agency: string, value: string, at: Date) => {
    try {
      return await references.find(agency, value, at, ended.signal);
    } catch (error) {
      if (error instanceof AgencyUnavailable) return 'UNAVAILABLE';
      throw error;
    }
  };
  const look = () => {
    const at = now();
    return lookAtClaims({
      store: db,
      now: at,
      reference: (agency, value) => find(agency, value, at),
      recordsOf: async (person, agency) => {
        const known = (await loadPeople(db, [person])).get(person);
        return (known && linksOf(known).get(agency)) ?? [];
      },
    });
  };
  let looking: Promise<void> | null = null;
  const timer = setInterval(() => {
    looking ??= look()
      .catch(() =>
        log.warn({}, 'claims of closed references could not be looked at; they are looked at again'),
      )
      .finally(() => {
        looking = null;
      });
  }, LOOK_EVERY_MS).unref();
  return {
    look,
    async close() {
      clearInterval(timer);
      ended.abort();
      await looking;
    },
  };
}
