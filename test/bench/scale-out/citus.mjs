import { readFileSync } from 'node:fs';
import pg from 'pg';

/** Milliseconds of processor time that the coordinator's process of this connection has used; on its own machine only. */
export async function processorOf(query) {
  const [{ pid }] = await query('select pg_backend_pid() as pid');
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/**
 * Prints what each worker holds of `index_block`, and how long its shards take for their part of `text` when nothing else
 * is asked: one shard after the other, each straight from its worker. This is what a worker with a machine of its own
 * would be busy for, one process at a time.
 */
export async function sharesOf(query, url, text) {
  const shards = await query(
    "select shard_name as name, nodeport as port, shard_size as bytes from citus_shards where table_name = 'index_block'::regclass order by 1",
  );
  const counts = await query(
    "select result from run_command_on_shards('index_block', 'select count(*) from %s') order by shardid",
  );
  for (const [at, shard] of shards.entries()) {
    shard.rows = Number(counts[at].result);
    shard.bytes = Number(shard.bytes);
    shard.took = await took(shard, url, text);
  }
  const line = (what, rows, bytes, time) =>
    console.log(`| ${what} | ${rows} | ${mebibytes(bytes)} | ${time} ms |`);
  console.log('\n| part | rows | MiB | bulk, alone |\n|---|---:|---:|---:|');
  for (const shard of shards) line(shard.name, shard.rows, shard.bytes, shard.took);
  for (const port of new Set(shards.map((shard) => shard.port))) {
    const own = shards.filter((shard) => shard.port === port);
    line(`worker ${port}`, sum(own, 'rows'), sum(own, 'bytes'), sum(own, 'took'));
  }
  const most = Math.max(...shards.map((shard) => shard.rows));
  console.log(`\nskew, largest shard to mean: ${((most * shards.length) / sum(shards, 'rows')).toFixed(3)}`);
}

async function took(shard, url, text) {
  const worker = new pg.Client(Object.assign(new URL(url), { port: shard.port }).href);
  await worker.connect();
  const own = text.replaceAll('index_block', shard.name);
  await worker.query(own);
  const from = performance.now();
  await worker.query(own);
  const time = Math.round(performance.now() - from);
  await worker.end();
  return time;
}

const sum = (shards, what) => shards.reduce((total, shard) => total + shard[what], 0);
const mebibytes = (bytes) => (bytes / 2 ** 20).toFixed(1);

/** Prints how many shards a query asks and what Citus does with it, without the costs. */
export async function explained(query, what, text, values) {
  const plan = await planOf(query, `explain (costs off) ${text}`, values);
  console.log(`\n${what}:\n${plan.map((line) => line.slice(0, 100)).join('\n')}`);
}

/** What the workers sent the coordinator for a query, in Citus' own words. */
export async function bytesReceived(query, text) {
  const plan = await planOf(query, `explain (analyze, costs off, timing off) ${text}`);
  return plan.find((line) => line.includes('Tuple data received from nodes'))?.trim();
}

async function planOf(query, text, values) {
  return (await query(text, values)).map((row) => row['QUERY PLAN']);
}
