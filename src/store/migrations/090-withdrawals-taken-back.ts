/** Withdrawals that were mistakes: the row stays, and another says who took it back, when and why. */
export const up = `
alter table agreement_withdrawal add column if not exists id bigint generated always as identity;
create unique index if not exists agreement_withdrawal_id on agreement_withdrawal (id);
create table if not exists agreement_withdrawal_taken_back (
  withdrawal bigint primary key references agreement_withdrawal (id),
  at timestamptz not null,
  by_whom text not null,
  why text not null check (why <> '')
);
`;
