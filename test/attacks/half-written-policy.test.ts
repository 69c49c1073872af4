/** A policy file is in force whole or not at all, however slowly and in how many pieces it is written. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';

let root: PolicyRoot;
let sightline: Sightline;
beforeAll(async () => {
  root = await policyRoot();
  sightline = await startSightline({ root: root.root, policyPauseMs: 4_000 });
});
afterAll(async () => {
  await sightline?.close();
  root?.drop();
});

const FILE = 'adapters/mental-health/sharing.yaml';
const ask = () => sightline.ask('response-officer', '{ viewer { mayAsk { section level agency { id } } } }');
const levelsOf = ({ data }: Answer) => JSON.stringify(data.viewer.mayAsk);
/** Each grant is a piece, so that what is there so far can be read at any time: as a file that grants less. */
const piecesOf = (text: string) => text.split(/(?=\n {2}- role: )/);

// Seen to answer by what was there so far: every section of the trust withheld from everybody.
test('a file written in pieces, while it is asked', async () => {
  const shipped = root.read(FILE);
  const changed = shipped.replaceAll('demographics: summary', 'demographics: withheld');
  const before = levelsOf(await ask());
  const file = join(root.root, FILE);
  const judged = new Set<string>();
  const [first = '', ...rest] = piecesOf(changed);
  writeFileSync(file, first);
  for (const piece of rest) {
    judged.add(levelsOf(await ask()));
    await wait(50);
    appendFileSync(file, piece);
    judged.add(levelsOf(await ask()));
  }
  expect([...judged]).toEqual([before]);
  await expect.poll(async () => levelsOf(await ask()), { timeout: 20_000 }).not.toBe(before);
  root.restore();
  await expect.poll(async () => levelsOf(await ask()), { timeout: 20_000 }).toBe(before);
});
