/** Back ends through a real issuer: by token exchange for an officer, and by client credentials as themselves. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issuerKeys } from '../../src/caller/issuer-keys.ts';
import { issuersOf } from '../../src/config/issuers-file.ts';
import { type OidcProvider, PAGE_CLIENT, startOidcProvider } from '../support/oidc-provider.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const MAYA =
  '{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { outcome } }';

let provider: OidcProvider;
let sightline: Sightline;

beforeAll(async () => {
  provider = await startOidcProvider({ redirectUri: 'http://127.0.0.1/graphiql' });
  const issuers = issuersOf(
    `issuers:
  - issuer: ${provider.url}
    audiences: [sightline]
    clients:
      case-system: { actsFor: { roles: [response-officer], organisations: [police] } }
      nightly-report: { asItself: true }
`,
    'issuers.yaml',
  );
  sightline = await startSightline({
    signIn: { issuers: issuers.map((issuer) => ({ ...issuer, keys: issuerKeys(issuer.issuer) })) },
  });
});
afterAll(async () => {
  await sightline?.close();
  await provider?.kill();
});

let entriesBefore: number;
beforeEach(async () => {
  entriesBefore = (await entries()).length;
});

const entries = () => sightline.store('select entry from register_entry order by seq');
const lastEntry = async () => JSON.parse(String((await entries()).at(-1)?.entry));
const asSystem = (id: string) => ({ client_id: id, client_secret: `secret of ${id}` });
const exchanged = (system: string, token: string) =>
  provider.token({
    ...asSystem(system),
    ...{ grant_type: TOKEN_EXCHANGE, subject_token: token, subject_token_type: ACCESS_TOKEN },
  });
const asItself = (system: string) =>
  provider.token({ ...asSystem(system), grant_type: 'client_credentials' });
const tokenOf = async (staff: string) => (await provider.signIn(staff)).access_token;

const ask = (token: string) =>
  sightline.askAs(token, MAYA, { purpose: 'mental-health-crisis', reference: 'police:26/000123' });
/** Nothing is asked of anybody for a refused token, and nothing written. */
async function whyRefused(token: string): Promise<string | undefined> {
  const { status, data, errors } = await sightline.askAs(token, '{ viewer { name } }');
  expect({ status, data }).toEqual({ status: 401, data: undefined });
  expect(await entries()).toHaveLength(entriesBefore);
  return errors[0]?.message;
}

describe('the register tells', () => {
  it('an officer who asks, with the client that they sit before', async () => {
    const answer = await ask(await tokenOf('PC4417'));
    expect(answer.data.findPeople.outcome).toBe('MATCH');
    expect(await lastEntry()).toMatchObject({
      ...{ sub: 'PC4417', name: 'Sam Okafor', role: 'response-officer', organisation: 'police' },
      ...{ issuer: provider.url, client: PAGE_CLIENT, actor: null },
    });
  });

  it('a system that asks for the officer, from the officer', async () => {
    const answer = await ask(await exchanged('case-system', await tokenOf('PC4417')));
    expect(answer.data.findPeople.outcome).toBe('MATCH');
    expect(await lastEntry()).toMatchObject({
      ...{ sub: 'PC4417', name: 'Sam Okafor', role: 'response-officer', organisation: 'police' },
      ...{ issuer: provider.url, client: 'case-system', actor: 'case-system' },
    });
  });

  it('a system that asks as itself, as the system', async () => {
    await ask(await asItself('nightly-report'));
    expect(await entries()).toHaveLength(entriesBefore + 1);
    expect(await lastEntry()).toMatchObject({
      ...{ sub: 'nightly-report', organisation: 'police', role: 'governance-officer' },
      ...{ issuer: provider.url, client: 'nightly-report', actor: 'nightly-report' },
    });
  });
});

describe('nobody is let in with the token of', () => {
  it('a system that acts and is not named', async () => {
    expect(await whyRefused(await exchanged('second-system', await tokenOf('PC4417')))).toMatch(
      /system that acts for somebody \(act\), for whom it may not act here/,
    );
  });

  it('a system for somebody of another organisation and role than it may act for', async () => {
    expect(await whyRefused(await exchanged('case-system', await tokenOf('RMN2208')))).toMatch(
      /\(act\), for whom it may not act here/,
    );
  });

  it('a system for somebody who also has a role for which it may not act', async () => {
    expect(await whyRefused(await exchanged('case-system', await tokenOf('PC0001')))).toMatch(
      /\(act\), for whom it may not act here/,
    );
  });

  it('a system that got it from another, and is not named itself', async () => {
    const first = await exchanged('case-system', await tokenOf('PC4417'));
    expect(await whyRefused(await exchanged('second-system', first))).toMatch(/\(act\)/);
  });

  it('a system as itself that is not named', async () => {
    expect(await whyRefused(await asItself('unnamed-report'))).toMatch(
      /a system and of nobody who sits before it; that system may not ask here/,
    );
  });

  it('a person, where it is the ID token', async () => {
    expect(await whyRefused((await provider.signIn('PC4417')).id_token)).toMatch(/aud|no access token/);
  });
});

it('the last system of several that passed a token on is the one that acts', async () => {
  const token = await exchanged('case-system', await exchanged('second-system', await tokenOf('PC4417')));
  expect((await ask(token)).status).toBe(200);
  expect(await lastEntry()).toMatchObject({ sub: 'PC4417', client: 'case-system', actor: 'case-system' });
});
