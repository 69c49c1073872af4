/**
 * Entries of the register are kept for the periods that agencies state, unless a record of theirs is held. One that is over
 * shrinks to its hash, its place and its time: that change alone passes the triggers, by `register_expire`, and only of an entry
 * that has its leaf and stands in `register_expired`.
 */
export const up = `
-- What an inquest or a review needs: nothing about the record shrinks while it is held.
create table register_hold (
  id text primary key,
  agency text not null,
  record text not null check (record <> ''),
  why text not null check (why <> ''),
  by_whom text not null,
  at timestamptz not null,
  -- When it ends by itself; null where somebody must release it.
  until timestamptz,
  released_at timestamptz,
  released_by text
);
create index register_hold_standing on register_hold (agency, record) where released_at is null;

-- Entries that were shrunk. The register has an entry of kind RETENTION that names the batch.
create table register_expired (
  chain uuid not null,
  seq bigint not null,
  -- SHA-256 in hex over the places and hashes of all entries that were shrunk with it.
  batch text not null,
  primary key (chain, seq)
);
create trigger register_expired_append_only before update or delete or truncate on register_expired
  for each statement execute function register_entry_is_append_only();

create function register_entry_only_shrinks() returns trigger language plpgsql as $$
begin
  if current_setting('register.expiring', true) = 'on'
    and (new.chain, new.seq, new.at, new.previous, new.hash) is not distinct from (old.chain, old.seq, old.at, old.previous, old.hash)
    and old.salt is not null and new.salt is null and new.entry = '' and new.request_id = '' and new.person is null
    and exists (select from register_leaf where chain = old.chain and seq = old.seq)
    and exists (select from register_expired where chain = old.chain and seq = old.seq)
  then return new;
  end if;
  raise exception 'the disclosure register is append-only: % refused', tg_op using errcode = 'insufficient_privilege';
end $$;
drop trigger register_entry_append_only on register_entry;
create trigger register_entry_append_only before delete or truncate on register_entry
  for each statement execute function register_entry_is_append_only();
create trigger register_entry_only_shrinks before update on register_entry
  for each row execute function register_entry_only_shrinks();

create function register_expire(of_chain uuid, places bigint[]) returns bigint
  language plpgsql as $$
declare
  shrunk bigint;
begin
  perform set_config('register.expiring', 'on', true);
  update register_entry set entry = '', salt = null, request_id = '', person = null
    where chain = of_chain and seq = any(places);
  get diagnostics shrunk = row_count;
  perform set_config('register.expiring', '', true);
  return shrunk;
end $$;
revoke all on register_hold, register_expired from public;
revoke all on function register_expire(uuid, bigint[]) from public;
`;
