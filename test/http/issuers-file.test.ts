/** ISSUERS_FILE: every mistake with file and line, in words for whoever keeps it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { issuersOf } from '../../src/config/issuers-file.ts';
import { projectRoot } from '../../src/project-root.ts';

const GOOD = `issuers:
  - issuer: https://login.example.org/realms/north
    audiences: [sightline]
    organisations: [police]
    clientId: sightline-page
    scope: openid sightline
    maxAge: PT30M
    claims:
      roles: realm_access.roles
    values: { roles: { a: response-officer } }
`;
const mistakesIn = (text: string): string => {
  try {
    issuersOf(text, 'conf/issuers.yaml');
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

it('reads an entry, and what it leaves out is Sightline’s own claims', () => {
  const [issuer] = issuersOf(GOOD, 'conf/issuers.yaml');
  expect(issuer).toMatchObject({
    issuer: 'https://login.example.org/realms/north',
    signIn: { clientId: 'sightline-page', scope: 'openid sightline', resource: null, maxAgeSeconds: 1_800 },
    claims: {
      subject: { path: ['sub'] },
      staff: { path: ['sub'] },
      roles: { path: ['realm_access', 'roles'] },
    },
    maxTokenAgeSeconds: null,
  });
});

it('reads the file that the documentation shows', () => {
  const documentation = readFileSync(join(projectRoot(), 'docs/sign-in.md'), 'utf8');
  const [, shown = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(documentation) ?? [];
  const [issuer] = issuersOf(shown, 'docs/sign-in.md');
  expect(issuer?.claims.staff).toEqual({ path: ['employee', 'number'] });
  expect(issuer?.clients.get('nightly-report')).toEqual({ actsFor: null, asItself: true });
});

describe('mistakes', () => {
  it.each<[string, string, string, string]>([
    [
      'a key that is misspelt',
      'audiences:',
      'audience:',
      'conf/issuers.yaml:3: unknown key "audience" in issuers.0; did you mean "audiences"?',
    ],
    [
      'no audience',
      '    audiences: [sightline]\n',
      '',
      'conf/issuers.yaml:2: issuers.0.audiences: must be a list',
    ],
    [
      'an issuer without https',
      'https://login',
      'http://login',
      'conf/issuers.yaml:2: issuers.0.issuer: must be an address that begins https://',
    ],
    [
      'an issuer with a query',
      '/realms/north',
      '/realms/north?x=1',
      'conf/issuers.yaml:2: issuers.0.issuer: must be an address',
    ],
    [
      'a claim that is misspelt',
      'roles: realm',
      'role: realm',
      'conf/issuers.yaml:9: unknown key "role" in issuers.0.claims; did you mean "roles"?',
    ],
    ['a duration of days', 'PT30M', 'P1D', 'conf/issuers.yaml:7: issuers.0.maxAge: must be a duration'],
    [
      'a claim that is a number',
      'realm_access.roles',
      '7',
      'conf/issuers.yaml:9: issuers.0.claims.roles: must be a way to a claim',
    ],
    ['what does not parse', '[sightline]', '[sightline', 'the file does not parse'],
    [
      'no list',
      'issuers:',
      'isuers:',
      'conf/issuers.yaml:1: unknown key "isuers" in the file; did you mean "issuers"?',
    ],
  ])('%s', (_, from, to, message) => {
    expect(GOOD).toContain(from);
    expect(mistakesIn(GOOD.replace(from, to))).toContain(message);
  });

  it('are told all at once', () => {
    const text = GOOD.replace('audiences', 'audience').replace('PT30M', 'soon');
    expect(mistakesIn(text).split('\n').length).toBeGreaterThan(2);
  });

  it('an issuer that stands there twice', () => {
    expect(mistakesIn(`${GOOD}${GOOD.replace('issuers:\n', '')}`)).toContain('names an issuer twice');
  });

  it('an empty file', () => {
    expect(mistakesIn('')).toContain('conf/issuers.yaml:1:');
  });
});
