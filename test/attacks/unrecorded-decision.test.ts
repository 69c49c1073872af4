/** A human's word on who is who is registered before it takes effect: what cannot be recorded is not made. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Asking, type Sightline, startSightline } from '../support/sightline.ts';

/** The disk under the spool is full while this is true. */
const disk = vi.hoisted(() => ({ full: false }));
vi.mock('../../src/register/spool.ts', async (load) => {
  const real = await load<typeof import('../../src/register/spool.ts')>();
  const append = real.Spool.prototype.append;
  real.Spool.prototype.append = function (entries) {
    if (disk.full)
      return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    return append.call(this, entries);
  };
  return real;
});

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

const TWINS: Asking = { reference: 'childrens-services:26025' };
const TASKS = '{ reviewTasks { tasks { id } } }';
const DECIDE = `mutation ($task: ID!) { decideLink(task: $task, verdict: DIFFERENT, why: "twins") { verdict } }`;
const people = () => sightline.store('select agency, record, person from index_record order by 1, 2');

test('with neither store nor disk to record it, nobody is parted; with either, they are', async () => {
  const listed = await sightline.ask('mash-social-worker', TASKS, TWINS);
  const variables = { task: listed.data.reviewTasks.tasks[0].id };
  const before = await people();
  await sightline.store('alter table register_entry rename to register_entry_away');
  disk.full = true;
  const refused = await sightline.ask('mash-social-worker', DECIDE, { ...TWINS, variables });
  expect(refused.status).toBe(503);
  expect(refused.errors.map(({ extensions }) => extensions.code)).toEqual(['REGISTER_UNAVAILABLE']);
  expect(await sightline.store('select from index_decision')).toEqual([]);
  expect(await people()).toEqual(before);
  disk.full = false;
  await sightline.store('alter table register_entry_away rename to register_entry');
  const made = await sightline.ask('mash-social-worker', DECIDE, { ...TWINS, variables });
  expect(made.data.decideLink).toEqual({ verdict: 'DIFFERENT' });
  expect(await sightline.store('select verdict from index_decision')).toEqual([{ verdict: 'DIFFERENT' }]);
});
