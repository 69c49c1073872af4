import { AgencyUnavailableError } from '../compile/errors.ts';
import { AgencyUnavailable } from '../person-index/agency-unavailable.ts';
import type { ReferenceDirectory } from '../person-index/types.ts';
import type { OpenAgency } from './open-agencies.ts';

/** References and caseloads from the agencies' own systems, each asked through its adapter and within its limits. */
export function referenceDirectory(agencies: ReadonlyMap<string, OpenAgency>): ReferenceDirectory {
  return {
    async find(agency, reference, now, signal) {
      const open = agencies.get(agency);
      if (!open) return null;
      return asked(agency, () =>
        open.adapter.reference.find(open.database.kyselyFor(signal), reference, now),
      );
    },
    async caseload(agency, staff, records, now, signal) {
      const open = agencies.get(agency);
      if (!open) return [];
      return asked(agency, () =>
        open.adapter.reference.caseload(open.database.kyselyFor(signal), staff, records, now),
      );
    },
  };
}

async function asked<T>(agency: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    const reason = cause instanceof AgencyUnavailableError ? cause.reason : 'FAILED';
    throw new AgencyUnavailable(agency, reason, { cause });
  }
}
