import type { Kysely } from 'kysely';
import type { AgencyId, IndexRecord, RecordId } from '../../adapters/contract.ts';
import type { HashedIdentifier } from './matcher.ts';
import type { IndexedName } from './names.ts';
import type { PersonId } from './types.ts';

/** The project's own store, of which the index uses its own tables alone. */
// biome-ignore lint/suspicious/noExplicitAny: every area of the store has tables of its own
export type Store = Kysely<any>;

/** A row of `index_record`: what the index holds of one agency's record. */
export interface IndexRow {
  agency: AgencyId;
  record: RecordId;
  /** Hash over all that follows but `person`. */
  content: string;
  merged_into: RecordId | null;
  names: readonly IndexedName[];
  date_of_birth: string | null;
  sex: IndexRecord['sex'];
  postcode: string | null;
  /** Keyed hash of the current place. */
  place: string | null;
  /** The same under the previous key, while the key is being changed. */
  place_was: string | null;
  /** Id of the key that place and identifiers are under; null where the record has neither. */
  key_id: string | null;
  identifiers: readonly HashedIdentifier[];
  /** Hashed keys under which records are met that may be the same person's. */
  block_keys: readonly number[];
  search_keys: readonly string[];
  /** Search keys made of the postcode. */
  place_keys: readonly string[];
  protections: readonly string[];
  /** Records of the same agency: declared relatives, those of them in the same household, parties of abuse cases. */
  relatives: readonly RecordId[];
  household: readonly RecordId[];
  adverse: readonly RecordId[];
  excluded_staff: readonly string[];
  person: PersonId | null;
}
