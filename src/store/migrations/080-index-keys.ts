/** Which key the hashes of a record are under, and its place under the key before, while the key is being changed. */
export const up = `
alter table index_record add column if not exists place_was text;
alter table index_record add column if not exists key_id text;
-- Fillers are known to a model by their hashes.
alter table index_model add column if not exists key_id text;
create index if not exists index_record_place_was on index_record (place_was) where place_was is not null;
`;
