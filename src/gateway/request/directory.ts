import { type AnyAdapter, type Contact, contactOf } from '../../../adapters/contract.ts';
import type { OutageReason } from '../../states.ts';
import type { GatewayContext } from './context.ts';

/** An agency as its adapter describes it, and how its system does at the moment. */
export interface AgencyEntry {
  adapter: AnyAdapter;
  /** For operators. */
  state(): 'UP' | 'DOWN' | 'STARTING';
  /** Why it is down, in words for operators alone; null while it is not. */
  why(): string | null;
  /** Null while it can be asked; else why it cannot. Known for the agency as a whole, never for a person. */
  unavailable(): OutageReason | null;
}

/** All agencies, in the fixed order in which they stand in every answer. */
export class AgencyDirectory {
  readonly #entries: ReadonlyMap<string, AgencyEntry>;

  constructor(entries: readonly AgencyEntry[]) {
    this.#entries = new Map(entries.map((entry) => [entry.adapter.id, entry]));
  }

  get ids(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Throws where nothing has that id: ids here come from the schema and the index, never from a caller. */
  get(agency: string): AgencyEntry {
    const entry = this.#entries.get(agency);
    if (!entry) throw new Error(`There is no agency ${agency}`);
    return entry;
  }

  has(agency: string): boolean {
    return this.#entries.has(agency);
  }

  /** The desk of that name, or the agency's usual contact; `staffedNow` by its hours at `now`. */
  contact(agency: string, desk: string | null, now: Date): Contact {
    const { adapter } = this.get(agency);
    return contactOf((desk && adapter.desks[desk]) || adapter.contact, now);
  }

  /** Every agency's usual desk, for whoever cannot be answered at all. */
  desks(now: Date): readonly ({ agency: string } & Contact)[] {
    return this.ids.map((agency) => ({ agency, ...this.contact(agency, null, now) }));
  }
}

/** `Agency` of the public schema: static, never from a person. */
export function publicAgency(
  agency: string,
  { agencies, catalogue, now }: Pick<GatewayContext, 'agencies' | 'catalogue' | 'now'>,
) {
  const { adapter } = agencies.get(agency);
  const sections = [...catalogue.sections.values()].filter((section) => section.suppliers.includes(agency));
  return {
    id: adapter.id,
    name: adapter.name,
    sections: sections.map((section) => section.name),
    coverage: adapter.coverage,
    contact: agencies.contact(agency, null, now),
  };
}
