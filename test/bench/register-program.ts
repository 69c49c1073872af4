/** Writes a register, exports one agency's part of it, verifies that and the whole, and prints how fast each was, and how much of that was the program's own. */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { registerFolder } from '../../src/register/data-folder.ts';
import { exportLines } from '../../src/register/proof/export.ts';
import { verifyExport } from '../../src/register/proof/verify-export.ts';
import { createRegister } from '../../src/register/register.ts';
import { readPublicKeys } from '../../src/register/signing-key.ts';
import { newestCheckpoint } from '../../src/register/tree/stored.ts';
import { evidenceIn } from '../../src/register/verify/evidence.ts';
import { verifyRegister } from '../../src/register/verify/verify-register.ts';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import { startEmbedded } from '../../src/store/embedded/start-embedded.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/store.ts';
import { writeEntries } from './register-writing.ts';

const size = Number(process.argv[2]);
const tell = (text: string) => process.stdout.write(`${text}\n`);
const silent = { info() {}, warn() {}, error: (...words: unknown[]) => tell(JSON.stringify(words)) };
const folder = mkdtempSync(join(tmpdir(), 'sightline-register-bench-'));
const named = process.env.BENCH_POSTGRES_URL;
const embedded = named === undefined ? await startEmbedded({ dataDir: folder }) : null;
const server = embedded?.url('postgres') ?? named ?? '';
const database = 'register_bench';
try {
  await dropDatabase(server, database);
  await createDatabase(server, database);
  await measure(Object.assign(new URL(server), { pathname: `/${database}` }).href);
} finally {
  await dropDatabase(server, database);
  await embedded?.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(url: string): Promise<void> {
  await migrate(url);
  const store = openStore(url, { connections: 2, statementTimeoutMs: 120_000 });
  const own = { db: store.db, dataDir: folder, now: () => new Date(), log: silent };
  const register = await createRegister(own);
  await writeEntries(register, 0, 2_000);
  const written = await writeEntries(register, 2_000, size - 2_000);
  tell(`written: ${Math.round(written)} entries a second, 32 requests at once`);
  await register.close();
  // Leaves are made when there is time: what was not under a head yet is so soon after the next start.
  await timed('the last leaves', 0, async () => {
    const next = await createRegister({ ...own, headMs: 100 });
    while (((await newestCheckpoint(store.db, next.status().chain))?.size ?? 0) < size) await sleep(50);
    await next.close();
  });

  const { db } = store;
  const file = join(folder, 'export.jsonl');
  const options = { db, agency: 'mental-health', from: null, to: new Date(), now: () => new Date() };
  await timed('exported', size, () =>
    pipeline(Readable.from(withEnds(exportLines(options))), createWriteStream(file)),
  );
  const keys = await readPublicKeys(registerFolder(folder).publicKey);
  await timed('export verified', size, async () => {
    const { whole, entries } = await verifyExport((await open(file)).readLines(), keys);
    if (!whole || entries !== size) throw new Error('the export is not whole');
  });
  await timed('register verified', size, async () => {
    const { whole, entries } = await verifyRegister({ db, sources: [await evidenceIn(folder)] });
    if (!whole || entries !== size) throw new Error('the register is not whole');
  });
  let bytes = 0;
  for await (const chunk of createReadStream(file)) bytes += chunk.length;
  tell(`the export has ${Math.round(bytes / size)} bytes an entry`);
  await store.close();
}

async function timed(what: string, entries: number, work: () => Promise<unknown>): Promise<void> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  await work();
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(used);
  const rate = entries > 0 ? `: ${Math.round(entries / seconds)} entries a second` : '';
  tell(
    `${what} in ${seconds.toFixed(2)} s, ${((user + system) / 1e6).toFixed(2)} s of this process’s own${rate}`,
  );
}

async function* withEnds(lines: AsyncIterable<string>) {
  for await (const line of lines) yield `${line}\n`;
}
