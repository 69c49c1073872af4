/**
 * The person index spread over a Citus cluster by block key, read and written by the product's own queries:
 * `SCALE_OUT_URL=postgres://… node test/bench/scale-out.mjs [records] [shards]`. Empties its own tables in that database.
 * `scale-out/clusters.sh` starts such a cluster. With 0 shards the tables stay on the coordinator, for comparison.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { bytesReceived, explained, processorOf, sharesOf } from './scale-out/citus.mjs';

const url = process.env.SCALE_OUT_URL;
if (!url) {
  console.error('SCALE_OUT_URL is missing: the URL of a Citus coordinator with a database to spare.');
  process.exit(2);
}
const [count = 100_000, shards = 8] = process.argv.slice(2).map(Number);
const root = fileURLToPath(new URL('../..', import.meta.url));
const sql = (name) => readFileSync(new URL(`scale-out/${name}.sql`, import.meta.url), 'utf8');
const outfile = `${root}/dist/bench/scale-out-product.mjs`;
await build({
  ...{ absWorkingDir: root, entryPoints: ['test/bench/scale-out/product.ts'], outfile, packages: 'external' },
  ...{ bundle: true, format: 'esm', platform: 'node', logLevel: 'warning' },
});
const { pairsToCompare, placeInBlocks, records } = await import(outfile);

// One connection, so that all of the coordinator's work is in one of its processes.
const pool = new pg.Pool({ connectionString: url, max: 1 });
const asked = [];
const product = new Kysely({
  dialect: new PostgresDialect({ pool }),
  log: ({ query }) => asked.push(query),
});
const query = async (text, values) => (await pool.query(text, values)).rows;

await query('set client_min_messages = warning');
await query(sql('tables'));
if (shards) {
  await query(`set citus.shard_count = ${shards}`);
  await query("select create_distributed_table('index_block', 'key', colocate_with := 'none')");
  await query("select create_distributed_table('index_record', 'id', colocate_with := 'none')");
}
const workers = await query('select * from citus_get_active_worker_nodes()');
console.log(`${count} records, ${workers.length} workers, ${shards} shards\n`);
console.log('| what | time | coordinator’s processor | found |\n|---|---:|---:|---|');

const all = [...records(count)];
await timed('load', async () => {
  for (let at = 0; at < all.length; at += 5000) await write(all.slice(at, at + 5000));
  return `${all.reduce((sum, one) => sum + one.keys.length, 0)} keys`;
});
await query('analyze index_block');
const pairs = `select count(*)::int as pairs from (${sql('bulk')}) pair`;
const distinct = `select count(*)::int as pairs from (select distinct one, other from (${sql('bulk')}) pair) pair`;
await timed('bulk: pairs in blocks up to 24', async (from) => {
  const [found] = await query(pairs);
  return `${found.pairs} pairs, ${Math.round((found.pairs / (performance.now() - from)) * 1000)} a second`;
});
await timed('bulk: each pair once', async () => `${(await query(distinct))[0].pairs} pairs`);

const changed = all.filter((_, at) => at % Math.ceil(count / 1000) === 0);
const ids = changed.map((one) => String(one.record));
asked.length = 0;
await timed(`pairsToCompare for ${ids.length} records`, async () => {
  return `${(await pairsToCompare(product, ids)).length} pairs`;
});
const looked = [...asked];
await timed('pairsToCompare for 1 record', async () => {
  return `${(await pairsToCompare(product, ids.slice(0, 1))).length} pairs`;
});
const lookedForOne = asked.slice(looked.length);
await timed(`features of ${ids.length} records by id`, async () => {
  const found = await query('select id, features from index_record where id = any($1::bigint[])', [ids]);
  return `${found.length} records`;
});

const moved = changed.map((one, at) => ({ ...one, keys: changed[(at + 1) % changed.length].keys }));
await timed(`placeInBlocks of ${ids.length} whose keys changed`, async () => {
  await write(moved);
  const [{ stale }] = await query(
    'select count(*)::int as stale from index_block where id = any($1::bigint[]) and key <> all($2::bigint[])',
    [ids.slice(0, 1), moved[0].keys],
  );
  const [{ rows }] = await query(
    'select count(*)::int as rows from index_block where id = any($1::bigint[])',
    [ids],
  );
  const expected = moved.reduce((sum, one) => sum + one.keys.length, 0);
  if (stale || rows !== expected) throw new Error(`${rows} rows for ${expected} keys: stale keys are left`);
  return `${rows} rows, none stale`;
});

if (shards) {
  // What the product has just asked is explained in the very words and with the values that it asked it with.
  await sharesOf(query, url, pairs);
  await explained(query, 'bulk: pairs', pairs);
  await explained(query, 'one key', looked[1].sql, [`{${changed[0].keys[0]}}`]);
  await explained(query, 'all keys of 1 record', lookedForOne[1].sql, lookedForOne[1].parameters);
  await explained(query, 'keys of the changed records', looked[1].sql, looked[1].parameters);
  await explained(query, 'which keys they have', looked[0].sql, looked[0].parameters);
  console.log(`\nbulk, each pair once, sends the coordinator ${await bytesReceived(query, distinct)}`);
}
await product.destroy();

async function write(some) {
  await query(
    `insert into index_record select r, f, k::bigint[] from unnest($1::bigint[], $2::jsonb[], $3::text[]) t(r, f, k)
     on conflict (id) do update set features = excluded.features, block_keys = excluded.block_keys`,
    [some.map((one) => one.record), some.map((one) => one.features), some.map((one) => `{${one.keys}}`)],
  );
  await placeInBlocks(
    product,
    some.map((one) => String(one.record)),
  );
}

async function timed(what, work) {
  const before = await processorOf(query);
  const from = performance.now();
  const found = await work(from);
  const took = Math.round(performance.now() - from);
  console.log(`| ${what} | ${took} ms | ${(await processorOf(query)) - before} ms | ${found} |`);
}
