/** Look-ups by number are counted beside searches: how many each login made in each minute of the last hour. */
export const up = `
alter table index_search alter column searches set default 0;
alter table index_search add column if not exists numbers integer not null default 0;
`;
