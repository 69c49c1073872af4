/** The worked examples of docs/sign-in.md: each entry held to a token as that product sends it, from an issuer that signs such tokens. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issuersOf } from '../../src/config/issuers-file.ts';
import { projectRoot } from '../../src/project-root.ts';
import { shippedPolicy } from '../sharing/support/shipped-policy.ts';
import { startTestIssuer, type TestIssuer } from './support/oidc-issuer.ts';
import { NOW, type Served, serve, trusted } from './support/served-gateway.ts';

const QUERY = { query: '{ viewer { name role } }' };
const documentation = readFileSync(join(projectRoot(), 'docs/sign-in.md'), 'utf8');
/** Claims that the small issuer says of its own accord and these products do not. */
const NOT_SAID = { org: undefined, roles: undefined, sub: undefined, name: undefined };

interface Example {
  entry: string;
  claims: Record<string, unknown>;
}
function exampleOf(name: string): Example {
  const after = documentation.split(`<!-- example: ${name} -->`)[1] ?? '';
  const [, entry = ''] = /```yaml\n([\s\S]*?)```/.exec(after) ?? [];
  const [, claims = '{}'] = /```json\n([\s\S]*?)```/.exec(after) ?? [];
  return { entry, claims: JSON.parse(claims) };
}

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startTestIssuer(() => NOW);
});
afterAll(() => issuer.close());

/** Asks with the example's token, changed; the small issuer stands in for the product under its own address. */
async function ask(
  name: string,
  change: Record<string, unknown> = {},
): Promise<{ served: Served; status: number; message: string }> {
  const { entry, claims } = exampleOf(name);
  const [written] = issuersOf(entry, 'docs/sign-in.md');
  if (!written) throw new Error(`${name} has no entry`);
  expect(claims.iss).toBe(written.issuer);
  const served = await serve({
    issuers: [trusted(issuer.url, { ...written, issuer: issuer.url })],
    policy: shippedPolicy,
  });
  const token = await issuer.token({ ...NOT_SAID, ...claims, ...change, iss: issuer.url });
  const { status, json } = await served.post(QUERY, { authorization: `Bearer ${token}` });
  await served.close();
  return { served, status, message: json.errors?.[0]?.message ?? '' };
}

describe('an example of the documentation', () => {
  it.each([
    [
      'keycloak',
      {
        staff: 'PC4417',
        organisation: 'police',
        role: 'response-officer',
        client: 'sightline-page',
        actor: null,
      },
    ],
    [
      'entra',
      {
        sub: '8d1f0a4e-53ab-4d0c-b7a3-41b2f7a0c9e5',
        staff: 'SW1031',
        organisation: 'childrens-services',
        role: 'mash-social-worker',
      },
    ],
    [
      'cis2',
      { staff: 'RMN2208', organisation: 'mental-health', role: 'triage-nurse', roles: ['triage-nurse'] },
    ],
    [
      'one-login',
      {
        organisation: 'mental-health',
        role: 'data-subject',
        person: { system: 'NHS_NUMBER', value: '9990000018' },
      },
    ],
  ])('%s lets in whom it should, as who they are', async (name, expected) => {
    const { served, status, message } = await ask(name);
    expect([status, message]).toEqual([200, '']);
    expect(served.asked[0]?.asking.caller).toMatchObject(expected);
  });

  it.each<[string, string, Record<string, unknown>, RegExp]>([
    ['keycloak', 'a token for another client’s API', { aud: 'account' }, /claim aud/],
    ['keycloak', 'an ID token', { typ: 'ID' }, /no access token/],
    [
      'keycloak',
      'a service account',
      { preferred_username: 'service-account-sightline-page' },
      /of a system/,
    ],
    ['keycloak', 'no role of ours', { realm_access: { roles: ['offline_access'] } }, /names no role/],
    [
      'entra',
      'groups over the limit',
      { groups: undefined, _claim_names: { groups: 'src1' } },
      /left it out/,
    ],
    [
      'entra',
      'groups over the limit, as the implicit flow says it',
      { groups: undefined, hasgroups: true },
      /left it out/,
    ],
    ['entra', 'an application and nobody before it', { idtyp: 'app' }, /of a system/],
    ['cis2', 'a role that was not chosen', { selected_roleid: '0' }, /claim nhsid_nrbac_roles/],
    [
      'cis2',
      'a lower level of assurance',
      { authentication_assurance_level: '2' },
      /authentication_assurance_level/,
    ],
    ['one-login', 'an identity that was not proven', { vot: 'P0' }, /claim vot/],
    ['one-login', 'a number that is nobody’s', { matched_nhs_number: '9990000019' }, /no valid NHS_NUMBER/],
  ])('%s refuses %s', async (name, _, change, why) => {
    const { status, message } = await ask(name, change);
    expect(status).toBe(401);
    expect(message).toMatch(why);
  });
});
