/** Withdrawals of sharing agreements: rows are added, never changed; a higher version signed in the file lifts one. */
export const up = `
create table if not exists agreement_withdrawal (
  agreement text not null check (agreement <> ''),
  version integer not null check (version > 0),
  at timestamptz not null,
  by_whom text not null,
  why text not null
);
create index if not exists agreement_withdrawal_agreement on agreement_withdrawal (agreement, version);
`;
