/** Scenario 8: the trust withdraws its agreement while an officer has its glass open. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { withdraw } from '../../src/store/withdrawals.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { found, glassOf, maya } from './break-glass.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

test('8.1 the trust’s medicines are withheld with the next request, and the practice’s are still given', async () => {
  const { ask, open } = glassOf(() => sightline);
  const before = found(await ask(maya()));
  expect((await open(before.id)).errors).toEqual([]);
  expect(found(await ask(maya())).clinical.medication).toHaveLength(3);
  const store = openStore(sightline.storeUrl);
  await withdraw(store.db, {
    ...{ agreement: 'NS-ISA-021', version: 2, at: new Date(), by: 'M. Cope', why: 'scenario' },
  });
  await store.close();
  await expect
    .poll(async () => {
      const { clinical } = found(await ask(maya()));
      return clinical.sources.map(
        ({ state, reason }: { state: string; reason: string | null }) => reason ?? state,
      );
    })
    .toEqual(['AGREEMENT_WITHDRAWN', 'DISCLOSED']);
  const { clinical } = found(await ask(maya()));
  expect(clinical.state).toBe('PARTIAL');
  expect(clinical.medication.length).toBeGreaterThan(0);
  expect(clinical.medication.length).toBeLessThan(3);
});
