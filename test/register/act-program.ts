/** Run as a process of its own, to be killed: does an act with its entry, and says how far it is. */
import { writeSync } from 'node:fs';
import { sql } from 'kysely';
import { createRegister } from '../../src/register/register.ts';
import { openStore } from '../../src/store/store.ts';
import { SILENT } from '../support/silent-log.ts';
import { disclosure } from './entries.ts';

const [url = '', dataDir = '', when = ''] = process.argv.slice(2);
const { db } = openStore(url, { connections: 2 });
const register = await createRegister({ db, dataDir, now: () => new Date(), log: SILENT });
await register.recordWith([disclosure('r-1')], async (transaction) => {
  await sql`insert into deed (name) values ('one')`.execute(transaction);
  if (when !== 'within') return;
  writeSync(1, 'within');
  await new Promise((resolve) => setTimeout(resolve, 4_000));
});
writeSync(1, 'committed');
setInterval(() => {}, 1_000);
