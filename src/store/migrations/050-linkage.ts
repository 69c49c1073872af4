/**
 * Statistical linkage: blocking keys as numbers, records that wait to be matched, and the models that were learnt.
 * A record that waits for the first time is nobody's: no look-up finds it.
 */
export const up = `
drop index if exists index_record_match;
alter table index_record drop column if exists match_keys;
alter table index_record add column if not exists id bigint generated always as identity;
alter table index_record add column if not exists block_keys bigint[] not null default '{}';
alter table index_record add column if not exists pending boolean not null default true;
create unique index if not exists index_record_id on index_record (id);
create index if not exists index_record_pending on index_record (id) where pending;
create index if not exists index_record_merged on index_record (agency, merged_into) where merged_into is not null;

-- Which records stand under which key: those that have been matched, or are being so.
create table if not exists index_block (
  key bigint not null,
  id bigint not null references index_record (id) on delete cascade,
  primary key (key, id)
);
create index if not exists index_block_id on index_block (id);

create table if not exists index_model (
  version text primary key,
  learnt_at timestamptz not null,
  records integer not null,
  model bytea not null,
  current boolean not null
);
create unique index if not exists index_model_current on index_model (current) where current;
`;
