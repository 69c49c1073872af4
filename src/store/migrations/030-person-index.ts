/** The person index: features that agencies chose to give, who is whose record, and what was claimed and refused. */
export const up = `
create table if not exists index_record (
  agency text not null,
  record text not null,
  content text not null,
  merged_into text,
  names jsonb not null,
  date_of_birth text,
  sex text,
  postcode text,
  place text,
  identifiers jsonb not null,
  match_keys text[] not null,
  search_keys text[] not null,
  place_keys text[] not null,
  protections text[] not null,
  relatives text[] not null,
  household text[] not null,
  adverse text[] not null,
  excluded_staff text[] not null,
  person text,
  primary key (agency, record)
);
create index if not exists index_record_person on index_record (person);
create index if not exists index_record_match on index_record using gin (match_keys);
create index if not exists index_record_search on index_record using gin (search_keys);
create index if not exists index_record_place_search on index_record using gin (place_keys);
create index if not exists index_record_place on index_record (place) where place is not null;
create index if not exists index_record_protected on index_record (person) where protections <> '{}';

create table if not exists index_candidate (
  agency text not null,
  record text not null,
  person text not null,
  primary key (agency, record, person)
);
create index if not exists index_candidate_person on index_candidate (person);

create table if not exists index_protection (
  person text not null,
  kind text not null,
  owners text[] not null,
  primary key (person, kind)
);

create table if not exists index_apart (
  person text not null,
  other text not null,
  owners text[] not null,
  primary key (person, other)
);

create table if not exists index_feed (
  agency text primary key,
  as_of timestamptz not null,
  interval_ms integer not null
);

create table if not exists index_standing (
  sub text not null,
  organisation text not null,
  reference text not null,
  place text,
  consent boolean,
  people text[] not null,
  verified_at timestamptz not null,
  primary key (sub, organisation, reference)
);

create table if not exists index_claim (
  reference text not null,
  slot integer not null check (slot between 1 and 10),
  person text not null,
  sub text not null,
  organisation text not null,
  role text not null,
  purpose text not null,
  at timestamptz not null,
  primary key (reference, slot),
  unique (reference, person)
);

create table if not exists index_denial (
  sub text not null,
  organisation text not null,
  counts boolean not null,
  at timestamptz not null
);
create index if not exists index_denial_sub on index_denial (organisation, sub, at);

create table if not exists index_outbox (
  id bigint generated always as identity primary key,
  organisation text not null,
  kind text not null,
  at timestamptz not null,
  payload jsonb not null,
  -- What must be said no more than once, however many requests find it at the same moment.
  once text unique
);
create index if not exists index_outbox_organisation on index_outbox (organisation, kind, at);

create table if not exists index_review (
  kind text not null,
  people text[] not null,
  organisation text not null,
  at timestamptz not null,
  primary key (kind, people)
);
`;
