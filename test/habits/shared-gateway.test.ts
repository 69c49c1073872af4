/** A gateway that several test files ask is changed by none of them. */
import { beforeAll, expect, test } from 'vitest';
import { type SharedSightline, sharedSightline } from '../support/sightline.ts';

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

const READ_ONLY_TRANSACTION = { code: '25006' };

test('rows of agencies and of the own store are read past it, and never written', async () => {
  const [{ people } = {}] = await sightline.sql('police', 'select count(*)::int as people from "T_NOMINAL"');
  expect(people).toBeGreaterThan(0);
  await expect(sightline.sql('police', `update "T_NOMINAL" set "PNC_ID" = "PNC_ID"`)).rejects.toMatchObject(
    READ_ONLY_TRANSACTION,
  );
  expect(await sightline.store('select from index_feed')).not.toEqual([]);
  await expect(sightline.store('update index_feed set passes_since_full = 0')).rejects.toMatchObject(
    READ_ONLY_TRANSACTION,
  );
});

test('it takes no mutation', async () => {
  await expect(
    sightline.ask('governance-officer', 'mutation { decideLink(input: {}) { id } }'),
  ).rejects.toThrow('starts its own');
});
