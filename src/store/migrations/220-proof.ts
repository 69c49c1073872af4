/**
 * Each chain of the register is a tree as well (RFC 6962), so that an agency's part can be proved without the others'.
 * `salt` hides what an agency can be shown of an entry; it goes with the entry when that is no longer kept, and the leaf stays.
 * Those that lay there before get theirs now, each its own, and their leaves when their gateway next starts.
 */
export const up = `
alter table register_entry add column salt uuid default gen_random_uuid();

create table register_leaf (
  chain uuid not null,
  seq bigint not null check (seq > 0),
  -- SHA-256 by RFC 6962, of what the other columns are.
  hash bytea not null,
  entry text not null,
  salt uuid not null,
  -- Agency → its running number in this chain, and the digest of what it can be shown.
  parts jsonb not null,
  primary key (chain, seq)
);

-- Signed heads of the trees. Their gateway keeps them in its data directory too, which is what vouches for these.
create table register_checkpoint (
  chain uuid not null,
  size bigint not null check (size > 0),
  at timestamptz not null,
  note text not null,
  salt uuid not null,
  -- Agency → how many entries of the chain concern it.
  counts jsonb not null,
  -- What the tree goes on from: the roots of its whole subtrees, and the hash of the chain's last entry.
  frontier bytea not null,
  head text not null,
  primary key (chain, size)
);

create trigger register_leaf_append_only before update or delete or truncate on register_leaf
  for each statement execute function register_entry_is_append_only();
create trigger register_checkpoint_append_only before update or delete or truncate on register_checkpoint
  for each statement execute function register_entry_is_append_only();
revoke all on register_leaf, register_checkpoint from public;
`;
