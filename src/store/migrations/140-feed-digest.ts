/** A hash over all that a feed reads, made by the agency's database before it was last read whole; null where none is known. */
export const up = `
alter table index_feed add column if not exists digest text;
`;
