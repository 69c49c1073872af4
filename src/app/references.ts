import { sql } from 'kysely';
import { type AgencyId, type RowReader, readerOf, splitColumn } from '../../adapters/contract.ts';
import { isTrue } from '../compile/dialects/dialect.ts';
import { postgres } from '../compile/dialects/postgres/postgres.ts';
import { AgencyUnavailableError } from '../compile/run/errors.ts';
import { AgencyUnavailable } from '../person-index/records/agency-unavailable.ts';
import type { ReferenceDirectory } from '../person-index/records/types.ts';
import type { OpenAgency } from './open-agencies.ts';

/** References and caseloads from the agencies' own systems, each asked through its adapter and within its limits. */
export function referenceDirectory(agencies: ReadonlyMap<string, OpenAgency>): ReferenceDirectory {
  return {
    async find(agency, reference, now, signal) {
      const open = agencies.get(agency);
      // Also where the agency cannot be asked: what it cannot have issued is nobody's reference.
      if (!open?.adapter.reference.form.test(reference)) return null;
      const { host } = open;
      if (host) return asked(agency, () => host.find(reference, now, signal));
      return asked(agency, () => open.adapter.reference.find(open.source.kyselyFor(signal), reference, now));
    },
    async caseload(agency, staff, records, now, signal) {
      const open = agencies.get(agency);
      if (!open) return [];
      const { host } = open;
      if (host) return asked(agency, () => host.caseload(staff, records, now, signal));
      return asked(agency, () =>
        open.adapter.reference.caseload(open.source.kyselyFor(signal), staff, records, now),
      );
    },
    async knowsStaff(agency, staff, signal) {
      const open = agencies.get(agency);
      // Of an organisation that is not asked, nobody can say whom it knows.
      if (!open) return true;
      const { host } = open;
      if (host) return asked(agency, () => host.knowsStaff(staff, signal));
      const { staffNumbers } = open.adapter.reference;
      const db = open.source.kyselyFor(signal);
      const reader = readerOf(db);
      if (reader) return asked(agency, () => hasAny(reader, staffNumbers, staff));
      const { isOneOf } = open.source.dialect ?? postgres;
      const named = staffNumbers.map((column) => {
        const [table, name] = splitColumn(column);
        return sql`exists (select 1 from ${sql.table(table)} where ${isOneOf(sql.ref(name), [staff])})`;
      });
      const { rows } = await asked(agency, () =>
        sql<{ known: unknown }>`select ${sql.join(named, sql` or `)} as known`.execute(db),
      );
      return isTrue(rows[0]?.known);
    },
  };
}

/** The same of an agency with an API. */
async function hasAny(reader: RowReader, columns: readonly string[], value: string): Promise<boolean> {
  const found = await Promise.all(
    columns.map((by) =>
      reader.rows({ table: by.slice(0, by.lastIndexOf('.')), columns: [by], by, keys: [value] }),
    ),
  );
  return found.some((rows) => rows.length > 0);
}

/** Whether a reference, as `<agency>:<number>`, is live. One whose system cannot be asked now counts as live. */
export async function isLive(references: ReferenceDirectory, reference: string, now: Date): Promise<boolean> {
  const colon = reference.indexOf(':');
  const [agency, value] = [reference.slice(0, colon), reference.slice(colon + 1)];
  try {
    const facts = await references.find(agency as AgencyId, value, now, new AbortController().signal);
    return facts?.live === true;
  } catch (error) {
    if (error instanceof AgencyUnavailable) return true;
    throw error;
  }
}

async function asked<T>(agency: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    const reason = cause instanceof AgencyUnavailableError ? cause.reason : 'FAILED';
    throw new AgencyUnavailable(agency, reason === 'TOO_LARGE' ? 'FAILED' : reason, { cause });
  }
}
