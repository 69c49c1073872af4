/**
 * By which secret and perturbation table this store counts, for its life: fingerprints alone, so that another is seen and
 * refused. And how often each login has counted in each minute of the last hour.
 */
export const up = `
create table if not exists counting_method (
  one boolean primary key default true check (one),
  secret_id text not null,
  table_id text not null
);
create table if not exists cohort_asked (
  organisation text not null,
  sub text not null,
  minute timestamptz not null,
  times integer not null,
  primary key (organisation, sub, minute)
);
`;
