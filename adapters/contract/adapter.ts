import type { Desk } from './desk.ts';
import type { AgencyId } from './ids.ts';
import type { IndexSource } from './index-feed.ts';
import type { ReferenceSource } from './reference.ts';
import type { SectionSource } from './sections.ts';

export interface Adapter<DB = never> {
  id: AgencyId;
  name: string;
  /** NHS bodies are excluded by some gateways of law (purposes.yaml). */
  nhsBody: boolean;
  dialect: 'postgres';
  /** Area and period the data cover, in words. */
  coverage: string;
  /** The desk that answers when nothing more special is said. */
  contact: Desk;
  /** Other desks that the policy file may name in `call:`. */
  desks: Readonly<Record<string, Desk>>;
  /** GraphQL section (a field of Person) → its source. */
  sections: Readonly<Record<string, SectionSource<DB>>>;
  /** Service kinds its involvements speak of; each is held to the grant of the section it belongs to too. */
  serviceKinds: readonly string[];
  /**
   * Set where the bare existence of a record says too much, such as which side of an abuse case somebody is on: a
   * section that has nothing for this caller is then told as if no record were linked.
   */
  emptyAsUnlinked?: true;
  index: IndexSource<DB>;
  reference: ReferenceSource<DB>;
}

/** An adapter whose table types have been checked and put aside, as the gateway holds it. */
// biome-ignore lint/suspicious/noExplicitAny: the gateway reads any agency's tables through one compiler
export type AnyAdapter = Adapter<any>;

/** Checks the adapter's columns against its tables and hands it to the gateway. */
export function defineAdapter<DB>(adapter: Adapter<DB>): AnyAdapter {
  return adapter;
}
