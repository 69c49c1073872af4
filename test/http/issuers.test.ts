/** Several issuers, each read as its own entry says, and each speaking for its own organisations alone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issuersOf } from '../../src/config/issuers-file.ts';
import { startTestIssuer, type TestIssuer } from './support/oidc-issuer.ts';
import { NOW, type Served, serve, trusted } from './support/served-gateway.ts';

const QUERY = { query: '{ viewer { name role } }' };
const seconds = Math.floor(NOW.getTime() / 1_000);

let forPolice: TestIssuer;
let forTrust: TestIssuer;
let served: Served;

beforeAll(async () => {
  [forPolice, forTrust] = await Promise.all([startTestIssuer(() => NOW), startTestIssuer(() => NOW)]);
  const issuers = issuersOf(
    `issuers:
  - issuer: ${forPolice.url}
    audiences: [sightline-test, sightline-old]
    organisations: [police]
    maxTokenAge: PT10M
    claims:
      staff: collar_number
      roles: realm_access.roles
      organisation: { always: police }
    values: { roles: { response: response-officer, guardian: governance-officer } }
    clients:
      case-system: { actsFor: { roles: [response-officer], organisations: [police] } }
      nightly: { asItself: true }
  - issuer: ${forTrust.url}
    audiences: [sightline-test]
    organisations: [mental-health]
    claims:
      subject: nhsid_useruid
      staff: professional.number
      organisation: { list: nhsid_nrbac_roles, where: { person_roleid: selected_roleid }, take: org_code }
      roles: { list: nhsid_nrbac_roles, where: { person_roleid: selected_roleid }, take: role_code }
      person: [ 'https://broker.example/nhs_number' ]
      personSystem: NHS_NUMBER
    values:
      organisations: { RX9: mental-health, RX8: police }
      roles: { 'S8001:G8002:R8003': triage-nurse }
    require: { acr: [aal3] }
`,
    'issuers.yaml',
  );
  served = await serve({ issuers: issuers.map((issuer) => trusted(issuer.issuer, issuer)) });
});
afterAll(async () => {
  await served?.close();
  await Promise.all([forPolice?.close(), forTrust?.close()]);
});

const ask = async (token: string) => served.post(QUERY, { authorization: `Bearer ${token}` });
const caller = () => served.asked.at(-1)?.asking.caller;
const why = async (token: string) => {
  const { status, json } = await ask(token);
  expect(status).toBe(401);
  return json.errors[0].message;
};

describe('an issuer with realm roles and a staff number of its own', () => {
  const officer = {
    collar_number: 'PC4417',
    sub: '6f1c9b1e',
    realm_access: { roles: ['offline_access', 'response'] },
    org: undefined,
    roles: undefined,
  };

  it('is read as its entry says: the number that logs know beside the login', async () => {
    expect((await ask(await forPolice.token(officer))).status).toBe(200);
    expect(caller()).toMatchObject({
      ...{ sub: '6f1c9b1e', staff: 'PC4417', organisation: 'police', role: 'response-officer' },
      ...{ issuer: forPolice.url, client: null, actor: null },
    });
  });

  it('takes any of its audiences, and one role written as a string', async () => {
    const token = await forPolice.token({
      ...officer,
      aud: ['x', 'sightline-old'],
      realm_access: { roles: 'guardian' },
    });
    expect((await ask(token)).json.data.viewer.role).toBe('governance-officer');
  });

  it('refuses a token without the staff number, and names the claim', async () => {
    expect(await why(await forPolice.token({ ...officer, collar_number: undefined }))).toMatch(
      /claim collar_number/,
    );
  });

  it('refuses a token that was issued longer ago than the entry allows', async () => {
    expect(await why(await forPolice.token({ ...officer, iat: seconds - 700 }))).toMatch(
      /issued too long ago/,
    );
    expect((await ask(await forPolice.token({ ...officer, iat: seconds - 500 }))).status).toBe(200);
  });

  it('reads a role out of five hundred groups, and refuses more', async () => {
    const groups = Array.from({ length: 499 }, (_, at) => `group-${at}`);
    const among = await forPolice.token({ ...officer, realm_access: { roles: [...groups, 'response'] } });
    expect((await ask(among)).status).toBe(200);
    const more = await forPolice.token({
      ...officer,
      realm_access: { roles: [...groups, 'other', 'response'] },
    });
    expect(await why(more)).toMatch(/more than 500/);
  });
});

describe('an issuer behind a broker, where one of several roles was chosen', () => {
  const roles = [
    { person_roleid: '1', org_code: 'RX8', role_code: 'S8000:G8000:R8000' },
    { person_roleid: '2', org_code: 'RX9', role_code: 'S8001:G8002:R8003' },
  ];
  const nurse = {
    ...{ nhsid_useruid: 'u-2208', professional: { number: 'RMN2208' }, acr: 'aal3' },
    ...{ nhsid_nrbac_roles: roles, selected_roleid: '2', org: undefined, roles: undefined, sub: undefined },
  };

  it('reads organisation and role of the chosen one alone', async () => {
    expect((await ask(await forTrust.token(nurse))).status).toBe(200);
    expect(caller()).toMatchObject({
      ...{
        sub: 'u-2208',
        staff: 'RMN2208',
        organisation: 'mental-health',
        role: 'triage-nurse',
        person: null,
      },
    });
  });

  it('reads who the caller is as a person', async () => {
    await ask(await forTrust.token({ ...nurse, 'https://broker.example/nhs_number': '9990000018' }));
    expect(caller()?.person).toEqual({ system: 'NHS_NUMBER', value: '9990000018' });
  });

  it('refuses a weaker proof of identity than the entry asks for', async () => {
    expect(await why(await forTrust.token({ ...nurse, acr: 'aal2' }))).toMatch(/claim acr/);
  });

  it('may not speak for another organisation, whatever its token says', async () => {
    expect(await why(await forTrust.token({ ...nurse, selected_roleid: '1' }))).toMatch(
      /issuer may not speak for police; it speaks for: mental-health/,
    );
  });

  it('is never believed in the name of the other', async () => {
    expect(await why(await forTrust.token({ ...nurse, iss: forPolice.url }))).toMatch(
      /signature does not hold/,
    );
  });
});

describe('a system behind the person', () => {
  const officer = {
    collar_number: 'PC4417',
    realm_access: { roles: ['response'] },
    org: undefined,
    roles: undefined,
  };

  it('that may act for officers is named beside the officer', async () => {
    const token = await forPolice.token({ ...officer, azp: 'case-system', act: { sub: 'case-system' } });
    expect((await ask(token)).status).toBe(200);
    expect(caller()).toMatchObject({ staff: 'PC4417', client: 'case-system', actor: 'case-system' });
  });

  it.each([
    ['another system', { act: { sub: 'somebody-else' } }],
    [
      'a role that it may not act for',
      { act: { sub: 'case-system' }, realm_access: { roles: ['guardian'] } },
    ],
    ['an act without a name', { act: {} }],
  ])('is refused: %s', async (_, claims) => {
    expect(await why(await forPolice.token({ ...officer, ...claims }))).toMatch(/act/);
  });

  it('that asks as itself is refused where only its raw sub and client say so', async () => {
    const claims = { nhsid_useruid: 'u-1', professional: { number: 'N1' }, acr: 'aal3', sub: 'robot' };
    const role = { person_roleid: '2', org_code: 'RX9', role_code: 'S8001:G8002:R8003' };
    const token = {
      ...claims,
      nhsid_nrbac_roles: [role],
      selected_roleid: '2',
      org: undefined,
      roles: undefined,
    };
    expect(await why(await forTrust.token({ ...token, azp: 'another', client_id: 'robot' }))).toMatch(
      /of a system and of nobody who sits before it/,
    );
  });

  it('that passed on a token for which another had acted is the one that must be named', async () => {
    const passedOn = { sub: 'somebody-else', act: { sub: 'case-system' } };
    expect(await why(await forPolice.token({ ...officer, act: passedOn }))).toMatch(/act/);
    const named = { sub: 'case-system', act: { sub: 'somebody-else' } };
    expect((await ask(await forPolice.token({ ...officer, act: named }))).status).toBe(200);
    expect(caller()?.actor).toBe('case-system');
  });

  it.each([['case-system'], [['case-system']], [true], [{ sub: ['case-system'] }]])(
    'is refused where act is written as nothing that names a system: %j',
    async (act) => {
      expect(await why(await forPolice.token({ ...officer, act }))).toMatch(/act/);
    },
  );

  it('that may ask as itself is told as the system that it is', async () => {
    const token = await forPolice.token({ ...officer, sub: 'nightly', client_id: 'nightly' });
    expect((await ask(token)).status).toBe(200);
    expect(caller()).toMatchObject({ sub: 'nightly', client: 'nightly', actor: 'nightly' });
  });
});

describe('groups that the issuer left out', () => {
  it.each([[{ _claim_names: { realm_access: 'src1' } }]])(
    'are told as that, and not as a missing role: %j',
    async (claims) => {
      const token = await forPolice.token({
        collar_number: 'PC4417',
        realm_access: undefined,
        roles: undefined,
        ...claims,
      });
      expect(await why(token)).toMatch(/left it out, as it does where there are too many groups/);
    },
  );
});
