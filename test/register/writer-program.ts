/** Run as a process of its own, to be killed: records entries one after the other and says which were acknowledged. */
import { writeSync } from 'node:fs';
import { createRegister } from '../../src/register/register.ts';
import { openStore } from '../../src/store/store.ts';
import { SILENT } from '../support/silent-log.ts';
import { disclosure } from './entries.ts';

const [url = '', dataDir = '', prefix = ''] = process.argv.slice(2);
const { db } = openStore(url, { connections: 2, connectTimeoutMs: 300 });
const register = await createRegister({
  db,
  dataDir,
  now: () => new Date(),
  log: SILENT,
  storeTimeoutMs: 400,
});

for (let number = 1; ; number += 1) {
  const requestId = `${prefix}-${number}`;
  try {
    await register.record([disclosure(requestId)]);
    writeSync(1, `${requestId}\n`);
  } catch (error) {
    writeSync(1, `${(error as { code: string }).code}\n`);
  }
}
