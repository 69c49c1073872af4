/**
 * Records that are no longer fed, for as long as their agencies let the index keep them: whose they were, and what they
 * said to hide. Nothing that anybody could be found by. How long that is stands beside each feed, for agencies that are
 * not enabled any more.
 */
export const up = `
create table if not exists index_gone (
  agency text not null,
  record text not null,
  person text,
  candidates text[] not null,
  gone_at timestamptz not null,
  place text,
  place_was text,
  protections text[] not null,
  relatives text[] not null,
  household text[] not null,
  adverse text[] not null,
  excluded_staff text[] not null,
  primary key (agency, record)
);
create index if not exists index_gone_person on index_gone (person);
create index if not exists index_gone_candidates on index_gone using gin (candidates);
create index if not exists index_gone_place on index_gone (place) where place is not null;
create index if not exists index_gone_since on index_gone (agency, gone_at);

alter table index_feed add column if not exists retain text;
`;
