import type { ColumnType } from 'kysely';

/** The disclosure register's table. */
export interface RegisterTables {
  register_entry: {
    chain: string;
    /** From 1, without gaps within a chain; a bigint, so the driver hands it out as text. */
    seq: ColumnType<string, number, never>;
    at: ColumnType<Date, string, never>;
    request_id: string;
    person: string | null;
    /** The entry as it was hashed, byte for byte. `at`, `request_id` and `person` repeat it for look-ups. */
    entry: string;
    previous: string;
    hash: string;
  };
}

/** Append-only by triggers, so that it holds for whichever login the gateway is given, the table's owner included. */
export const up = `
create table if not exists register_entry (
  chain uuid not null,
  seq bigint not null check (seq > 0),
  at timestamptz not null,
  request_id text not null,
  person text,
  entry text not null,
  previous text not null,
  hash text not null,
  primary key (chain, seq)
);
create index if not exists register_entry_person on register_entry (person, at) where person is not null;
create index if not exists register_entry_request on register_entry (request_id);
create index if not exists register_entry_at on register_entry (at);

create or replace function register_entry_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the disclosure register is append-only: % refused', tg_op using errcode = 'insufficient_privilege';
end $$;
create or replace trigger register_entry_append_only
  before update or delete or truncate on register_entry
  for each statement execute function register_entry_is_append_only();
revoke all on register_entry from public;
`;
