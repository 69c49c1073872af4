-- Migration 050's tables, less what takes no part. A foreign key between two tables that are spread by different columns
-- is what Citus does not have.
drop table if exists index_block, index_record;
create table index_block (key bigint not null, id bigint not null, primary key (key, id));
create index on index_block (id);
create table index_record (id bigint primary key, features jsonb not null, block_keys bigint[] not null);
