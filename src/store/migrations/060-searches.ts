/** How often each login searched in each minute of the last hour: shared by all replicas. Nothing of whom it looked for. */
export const up = `
create table if not exists index_search (
  organisation text not null,
  sub text not null,
  minute timestamptz not null,
  searches integer not null,
  primary key (organisation, sub, minute)
);
`;
