import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { IndexKeyError, loadKeys } from '../../src/person-index/records/keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'sightline-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the index key', () => {
  it('is made once, for its owner’s eyes alone', () => {
    const dataDir = join(folder, 'not', 'yet', 'there');
    const made = loadKeys({ dataDir });
    expect(loadKeys({ dataDir })).toEqual(made);
    expect(made.current.key).toHaveLength(32);
    expect(statSync(join(dataDir, 'index.key')).mode & 0o777).toBe(0o600);
  });

  it('is another in another data directory', () => {
    expect(loadKeys({ dataDir: join(folder, 'a') })).not.toEqual(loadKeys({ dataDir: join(folder, 'b') }));
  });

  it('comes from the setting where there is one, in base64 or hex', () => {
    const key = Buffer.alloc(32, 9);
    expect(loadKeys({ dataDir: folder, env: key.toString('base64') }).current.key).toEqual(key);
    expect(loadKeys({ dataDir: folder, env: key.toString('hex') }).current.key).toEqual(key);
  });

  it('is refused when it is too short, by name and without its value', () => {
    expect(() => loadKeys({ dataDir: folder, env: 'c2hvcnQ=' })).toThrow(IndexKeyError);
    expect(() => loadKeys({ dataDir: folder, env: 'c2hvcnQ=' })).toThrow(
      /INDEX_KEY must hold at least 32 bytes/,
    );
  });

  it('says which file cannot be made', () => {
    writeFileSync(join(folder, 'a-file'), '');
    expect(() => loadKeys({ dataDir: join(folder, 'a-file') })).toThrow(/cannot read or make .*index\.key/);
  });

  it('has one before it, from the setting or the file beside it', () => {
    const [env, previousEnv] = ['02'.repeat(32), '01'.repeat(32)];
    expect(loadKeys({ dataDir: folder, env, previousEnv }).previous?.key).toEqual(Buffer.alloc(32, 1));
    const dataDir = join(folder, 'rotated');
    const { current } = loadKeys({ dataDir });
    writeFileSync(join(dataDir, 'index.key.previous'), previousEnv);
    expect(loadKeys({ dataDir })).toMatchObject({ current, previous: { key: Buffer.alloc(32, 1) } });
  });

  it.each([
    ['the same key twice', { env: '01'.repeat(32), previousEnv: '01'.repeat(32) }, /must be another key/],
    [
      'one before that is too short',
      { env: '01'.repeat(32), previousEnv: 'c2hvcnQ=' },
      /INDEX_KEY_PREVIOUS must/,
    ],
    ['one before without a current one', { previousEnv: '01'.repeat(32) }, /needs INDEX_KEY/],
  ])('refuses %s, and never says a key', (_, given, message) => {
    const load = () => loadKeys({ dataDir: folder, ...given });
    expect(load).toThrow(message);
    expect(load).not.toThrow(/0101|c2hv/);
  });
});
