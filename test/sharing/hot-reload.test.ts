import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PolicyError } from '../../src/sharing/files/load.ts';
import { openPolicyStore } from '../../src/sharing/files/watch.ts';
import type { Finding } from '../../src/yaml/finding.ts';
import { type PolicyFolder, policyFolder } from './support/policy-folder.ts';
import { POLICE, TINY_FILES, TRUST, tinyCatalogue } from './support/tiny-policy.ts';

const TRUST_FILE = 'adapters/trust/sharing.yaml';
const POLICE_FILE = 'adapters/police/sharing.yaml';
let folder: PolicyFolder;
let problems: (readonly Finding[])[];
let changes: string[];
beforeEach(() => {
  folder = policyFolder(TINY_FILES);
  problems = [];
  changes = [];
});
afterEach(() => folder.drop());

const open = (pausing: { pauseMs: number; now?: () => number } = { pauseMs: 0 }) =>
  openPolicyStore({
    root: folder.root,
    agencies: tinyCatalogue,
    ...pausing,
    onProblem: (findings) => problems.push(findings),
    onChange: ({ version }) => changes.push(version),
  });
const accessOf = (store: ReturnType<typeof open>) =>
  store.current().agencies.get('trust')?.grants[0]?.share.get('identity')?.access;

it('a change of a file takes effect for the next request', () => {
  const store = open();
  const before = store.current();
  folder.write(TRUST_FILE, TRUST.replace('identity: full', 'identity: summary'));
  expect(accessOf(store)).toBe('summary');
  expect(store.current().version).not.toBe(before.version);
  expect(changes).toEqual([store.current().version]);
});

it('requests that are heard in one turn of the event loop go by one look, and those of the next turn see a change', async () => {
  const store = open();
  const before = store.currentInTurn();
  folder.write(TRUST_FILE, TRUST.replace('identity: full', 'identity: summary'));
  expect(store.currentInTurn()).toBe(before);
  await new Promise((resolve) => setImmediate(resolve));
  expect(store.currentInTurn().version).not.toBe(before.version);
});

it('a file put in its place by a move is seen, even one of the same length', () => {
  const store = open();
  folder.replace(TRUST_FILE, TRUST.replace('identity: full', 'identity:  own'));
  expect(accessOf(store)).toBe('own');
});

it('a file written over with its length and time of change put back is seen', () => {
  const file = join(folder.root, TRUST_FILE);
  const { atime, mtime } = statSync(file);
  utimesSync(file, atime, mtime);
  const store = open();
  folder.write(TRUST_FILE, TRUST.replace('identity: full', 'identity:  own'));
  utimesSync(file, atime, mtime);
  expect(accessOf(store)).toBe('own');
});

it('says since when it is in force, and what keeps newer files from it until they load or are put back', () => {
  let minute = 0;
  const store = openPolicyStore({
    root: folder.root,
    agencies: tinyCatalogue,
    onProblem: (findings) => problems.push(findings),
    onMended: ({ version }) => changes.push(`mended ${version}`),
    pauseMs: 0,
    since: () => new Date(Date.UTC(2026, 6, 1, 12, minute)),
  });
  const at = (minutes: number) => new Date(Date.UTC(2026, 6, 1, 12, minutes));
  const { version } = store.current();
  expect(store.status()).toMatchObject({ policy: { version }, since: at(0), problem: null });
  minute = 1;
  folder.write(TRUST_FILE, TRUST.replace('identity: full', 'identity: everything'));
  expect(store.status()).toMatchObject({
    policy: { version },
    since: at(0),
    problem: { since: at(1), findings: [{ file: TRUST_FILE, line: expect.any(Number) }] },
  });
  minute = 2;
  folder.write(TRUST_FILE, TRUST);
  expect(store.status()).toMatchObject({ policy: { version }, since: at(0), problem: null });
  expect(changes).toEqual([`mended ${version}`]);
  minute = 3;
  folder.write(TRUST_FILE, TRUST.replace('identity: full', 'identity: summary'));
  expect(store.status()).toMatchObject({ since: at(3), problem: null });
  expect(store.current().hashes.get(TRUST_FILE)).not.toBe(
    openPolicyStore({ root: folder.root, agencies: tinyCatalogue, onProblem() {} })
      .current()
      .hashes.get(POLICE_FILE),
  );
});

it('while nothing changes the very same policy is given', () => {
  const store = open();
  expect(store.current()).toBe(store.current());
});

it('a file written again with the same content is the same policy', () => {
  const store = open();
  const before = store.current();
  folder.replace(TRUST_FILE, TRUST);
  expect(store.current()).toBe(before);
  expect(changes).toEqual([]);
});

it('a file that fails to load leaves the old policy in force, and says so once', () => {
  const store = open();
  const before = store.current();
  folder.write(TRUST_FILE, TRUST.replace('identity: full', 'identity: fulll'));
  expect(store.current()).toBe(before);
  expect(store.current()).toBe(before);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.[0]).toMatchObject({ file: TRUST_FILE, line: 13 });
  folder.write(TRUST_FILE, TRUST.replace('identity: full', 'identity: exists'));
  expect(accessOf(store)).toBe('exists');
});

it('a sound change of one file waits for the other that is broken', () => {
  const store = open();
  folder.write(POLICE_FILE, POLICE.replace('role: nurse', 'role: nobody'));
  folder.write(TRUST_FILE, TRUST.replace('identity: full', 'identity: summary'));
  expect(accessOf(store)).toBe('full');
  folder.write(POLICE_FILE, POLICE);
  expect(accessOf(store)).toBe('summary');
});

it('a file that disappears leaves the old policy in force', () => {
  const store = open();
  const before = store.current();
  folder.remove(TRUST_FILE);
  expect(store.current()).toBe(before);
  expect(problems[0]?.[0]?.message).toBe('there is no such file; every agency needs one');
});

describe('files that are being written', () => {
  const PAUSE = 500;
  /** By this clock every file was just written, until it is moved on. */
  let now: number;
  const wait = (ms: number) => {
    now += ms;
  };
  const writing = () => {
    now = Date.now() + 10_000;
    return open({ pauseMs: PAUSE, now: () => now });
  };
  /** Puts the clock at the moment of the last write. */
  const written = (file: string, text: string) => {
    folder.write(file, text);
    now = statSync(join(folder.root, file)).ctimeMs;
  };

  it('are taken once nothing of them has changed for the pause', () => {
    const store = writing();
    written(TRUST_FILE, TRUST.replace('identity: full', 'identity: summary'));
    expect(accessOf(store)).toBe('full');
    wait(PAUSE - 10);
    expect(accessOf(store)).toBe('full');
    wait(20);
    expect(accessOf(store)).toBe('summary');
  });

  it('are taken by the first request after a quiet time, though nobody asked meanwhile', () => {
    const store = writing();
    written(TRUST_FILE, TRUST.replace('identity: full', 'identity: summary'));
    wait(PAUSE + 10);
    expect(accessOf(store)).toBe('summary');
  });

  it('are taken in no piece, and no piece is told as a mistake', () => {
    const store = writing();
    const changed = TRUST.replace('identity: full', 'identity: summary');
    for (let length = 0; length < changed.length; length += 100) {
      written(TRUST_FILE, changed.slice(0, length));
      wait(PAUSE - 50);
      expect(accessOf(store)).toBe('full');
    }
    written(TRUST_FILE, changed);
    wait(PAUSE + 10);
    expect(accessOf(store)).toBe('summary');
    expect(problems).toEqual([]);
    expect(changes).toHaveLength(1);
  });

  it('are taken together: a second file that follows the first within the pause is of the same change', () => {
    const store = writing();
    written(TRUST_FILE, TRUST.replace('identity: full', 'identity: summary'));
    wait(PAUSE - 10);
    expect(accessOf(store)).toBe('full');
    written(POLICE_FILE, POLICE.replace('identity: full', 'identity: summary'));
    wait(PAUSE - 10);
    expect(accessOf(store)).toBe('full');
    wait(20);
    expect(accessOf(store)).toBe('summary');
    expect(changes).toEqual([store.current().version]);
  });

  it('are waited for too where one is moved over another', () => {
    const store = writing();
    folder.replace(TRUST_FILE, TRUST.replace('identity: full', 'identity: summary'));
    now = statSync(join(folder.root, TRUST_FILE)).ctimeMs;
    expect(accessOf(store)).toBe('full');
    wait(PAUSE + 10);
    expect(accessOf(store)).toBe('summary');
  });

  it('are taken though their clock is ahead of ours, once they have been seen to stay for the pause', () => {
    const store = writing();
    folder.write(TRUST_FILE, TRUST.replace('identity: full', 'identity: summary'));
    now = Date.now() - 3_600_000;
    expect(accessOf(store)).toBe('full');
    wait(PAUSE + 10);
    expect(accessOf(store)).toBe('summary');
  });
});

it('without a sound policy at the start there is no store', () => {
  folder.write(TRUST_FILE, TRUST.replace('role: visitor', 'role: visitr'));
  expect(open).toThrow(PolicyError);
  expect(open).toThrow(/adapters\/trust\/sharing\.yaml:41: unknown role "visitr"/);
});
