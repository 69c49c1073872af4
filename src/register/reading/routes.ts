import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import type { RegisterEntry } from '../entry.ts';
import type { CountedRefusal } from './catch-up.ts';
import { parsedEntry } from './stored-entry.ts';

/** A route past a wall that somebody opened: what it was of, on which reference, and when it was last opened. */
export interface Route {
  reference: string;
  at: string;
}
/** By reference, agency and section; a consent is of every section that needs one. */
export type Routes = ReadonlyMap<string, Route>;

/** Outcomes of acts by which something was opened that had been withheld. */
const OPENS: ReadonlySet<string> = new Set(['OPENED', 'PERMITTED', 'RELAYED', 'RECORDED', 'CONFIRMED']);
const ACTS = ['BREAK_GLASS', 'REVIEW', 'RELAY', 'CONSENT'] as const;
const CONSENT = 'consent';

const keyOf = (reference: string, agency: string, section: string): string =>
  JSON.stringify([reference, agency, section]);

/** Every route opened since. Whoever decides works on no case: of what they permit the reference is the request's. */
export async function findRoutes(store: StoreDatabase, since: Date): Promise<Routes> {
  const { rows } = await sql<{ entry: string }>`
    select e.entry from register_look l join register_entry e using (chain, seq)
    where l.kind in (${sql.join(ACTS.map((kind) => sql.lit(kind)))}) and l.at >= ${since} order by l.at`.execute(
    store,
  );
  const references = new Map<string, string>();
  const routes = new Map<string, Route>();
  for (const { entry: text } of rows) {
    const entry = parsedEntry(text);
    if (entry?.act === undefined) continue;
    const reference = entry.reference ?? references.get(entry.act.id);
    if (reference === undefined) continue;
    references.set(entry.act.id, reference);
    for (const { agency, section, state } of entry.outcomes)
      if (OPENS.has(state)) routes.set(keyOf(reference, agency, section), { reference, at: entry.at });
  }
  return routes;
}

/** Whether a route was opened after the refusal, at the same agency and on the same reference, for what was refused. */
export function isOvercome(routes: Routes, { reference, at }: RegisterEntry, one: CountedRefusal): boolean {
  if (reference === null) return false;
  const sections = one.reason === 'CONSENT_REQUIRED' ? [one.section, CONSENT] : [one.section];
  return sections.some((section) => (routes.get(keyOf(reference, one.agency, section))?.at ?? '') > at);
}
