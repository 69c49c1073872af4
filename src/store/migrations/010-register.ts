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
