import pg from 'pg';
import { expect, test } from 'vitest';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import { cloneDatabase, testServer } from '../support/postgres.ts';
import { query } from './embedded-child.ts';

test('a clone starts as its template and then goes its own way', async () => {
  const { url } = await testServer();
  const template = 'embedded "template" of this test';
  await dropDatabase(url('postgres'), template);
  await createDatabase(url('postgres'), template);
  await query(url(template), "create table log (entry text); insert into log values ('first')");
  const [one, two] = await Promise.all([cloneDatabase(template), cloneDatabase(template)]);
  await query(one.url, "insert into log values ('second')");

  expect(await query(one.url, 'select entry from log order by entry')).toEqual([
    { entry: 'first' },
    { entry: 'second' },
  ]);
  expect(await query(two.url, 'select entry from log')).toEqual([{ entry: 'first' }]);

  await Promise.all([one.drop(), two.drop()]);
  await expect(query(one.url, 'select 1')).rejects.toMatchObject({ code: '3D000' });
  await dropDatabase(url('postgres'), template);
});

test('a database is dropped although somebody is still connected', async () => {
  const { url } = await testServer();
  await createDatabase(url('postgres'), 'embedded_busy');
  const lingering = new pg.Client({ connectionString: url('embedded_busy') });
  const errors: Error[] = [];
  lingering.on('error', (error) => errors.push(error));
  const cut = new Promise((resolve) => lingering.once('end', resolve));
  await lingering.connect();

  await dropDatabase(url('postgres'), 'embedded_busy');

  await cut;
  expect(errors[0]).toMatchObject({ code: '57P01' });
  await expect(query(url('embedded_busy'), 'select 1')).rejects.toMatchObject({ code: '3D000' });
});
