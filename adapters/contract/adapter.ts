import type { Kysely } from 'kysely';
import type { AgencyApi } from './api.ts';
import type { CountableFields } from './countable.ts';
import type { Desk } from './desk.ts';
import type { AgencyId } from './ids.ts';
import type { IndexSource } from './index-feed.ts';
import type { ReferenceSource } from './reference.ts';
import type { ColumnOf, Predicate } from './rows.ts';
import type { SectionSource } from './sections.ts';
import type { TableSource } from './source.ts';

/** Kinds of database that an agency may keep: PostgreSQL; MariaDB and MySQL. */
export type DialectName = 'postgres' | 'mysql';

export interface Adapter<DB = never> {
  id: AgencyId;
  name: string;
  /** On which databases conformance has held it: an address of another is refused at the start. PostgreSQL where it says none. */
  dialects?: readonly DialectName[];
  /** NHS bodies are excluded by some gateways of law (purposes.yaml). */
  nhsBody: boolean;
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
   * Of an agency with several sites: which of them a person is of. At level `own` a caller whose token has a site is
   * told of people of that site; of everybody else as if no record were linked, for nobody looked at the other sites'
   * rows. Without it, whoever has a site is told of nobody at that level.
   */
  sites?: {
    /** The rows that say it; they have a `site`. */
    people: TableSource<DB>;
    /** For the scope that everybody at such a level is told: "own school only". */
    scope: string;
  };
  /**
   * Set where the bare existence of a record says too much, such as which side of an abuse case somebody is on: a
   * section that has nothing for this caller is then told as if no record were linked.
   */
  emptyAsUnlinked?: true;
  /** What analysts may be let count of it, where its policy lists it. */
  countable?: CountableFields<DB>;
  /**
   * How its system knows who has opted out of uses beyond their own care (the national data opt-out): rows of those who
   * have. Without it nothing that needs opt-outs to be applied can be counted.
   */
  optedOut?: { people: TableSource<DB>; when: Predicate<ColumnOf<DB>> };
  index: IndexSource<DB>;
  reference: ReferenceSource<DB>;
  /**
   * How it is asked where its address is one of HTTP (`https://…`) and not of a database. Loaded only there, so that the
   * client of an API is no load to those who have none.
   */
  api?: () => Promise<AgencyApi<DB>>;
}

/** The kinds of database that an adapter may be asked of. */
export const dialectsOf = ({ dialects = ['postgres'] }: Pick<Adapter, 'dialects'>): readonly DialectName[] =>
  dialects;

/** The tables of an agency whose types have been checked and put aside: the gateway reads those of all in one way. */
// biome-ignore lint/suspicious/noExplicitAny: whatever tables an agency has
export type AnyTables = any;
export type AnyAdapter = Adapter<AnyTables>;
export type AnyIndexSource = IndexSource<AnyTables>;
export type AnyAgencyDatabase = Kysely<AnyTables>;

/** Checks the adapter's columns against its tables and hands it to the gateway. */
export function defineAdapter<DB>(adapter: Adapter<DB>): AnyAdapter {
  return adapter;
}
