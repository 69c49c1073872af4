/**
 * People who were shown to a login while the issuing system of its reference could not be asked: ten to a reference, and
 * ten to a login in one shift. They take nothing of the ten who may be claimed: an outsider must not use those up. And
 * ways to whoever is kept from a login, which every request looks up.
 */
export const up = `
create table if not exists index_unverified (
  reference text not null,
  slot integer not null check (slot between 1 and 10),
  person text not null,
  sub text not null,
  organisation text not null,
  role text not null,
  purpose text not null,
  at timestamptz not null,
  -- Shifts of twelve hours, counted from the epoch, and the place of the person in the login's own.
  shift bigint not null,
  turn integer not null check (turn between 1 and 10),
  primary key (reference, slot),
  unique (reference, organisation, sub, person),
  unique (organisation, sub, shift, turn)
);
create index if not exists index_record_excluded_staff on index_record using gin (excluded_staff)
  where excluded_staff <> '{}';
create index if not exists index_record_relatives on index_record using gin (relatives) where relatives <> '{}';
`;
