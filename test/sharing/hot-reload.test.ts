import { statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PolicyError } from '../../src/sharing/policy-error.ts';
import type { Finding } from '../../src/sharing/policy-file/finding.ts';
import { openPolicyStore } from '../../src/sharing/watch.ts';
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

const open = () =>
  openPolicyStore({
    root: folder.root,
    agencies: tinyCatalogue,
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

it('without a sound policy at the start there is no store', () => {
  folder.write(TRUST_FILE, TRUST.replace('role: visitor', 'role: visitr'));
  expect(open).toThrow(PolicyError);
  expect(open).toThrow(/adapters\/trust\/sharing\.yaml:41: unknown role "visitr"/);
});
