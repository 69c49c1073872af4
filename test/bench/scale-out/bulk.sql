-- Pairs that meet in a block of at most 24, once for each block they share.
select a.id as one, b.id as other
from index_block a
join index_block b on b.key = a.key and b.id > a.id
join (select key from index_block group by key having count(*) between 2 and 24) small on small.key = a.key
