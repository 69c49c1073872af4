/**
 * A real OpenID Connect provider, in a process of its own: `node oidc-provider-program.mjs <options as JSON>`. It prints its
 * issuer's URL once it listens. Whoever types the number of a member of staff is that person; there are no passwords.
 */
import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import { jwtVerify } from 'jose';
import { Provider } from 'oidc-provider';

const { port, key, redirectUri, lifetimeSeconds, refresh } = JSON.parse(process.argv[2] ?? '');
const STAFF = {
  AN0042: { name: 'Piotr Zielak', org: 'childrens-services', roles: ['analyst'] },
  IG0007: { name: 'Miriam Cope', org: 'mental-health', roles: ['governance-officer'] },
  IG4400: { name: 'Tom Adair', org: 'police', roles: ['governance-officer'] },
  PC4417: { name: 'Sam Okafor', org: 'police', roles: ['response-officer'] },
  HO207: { name: 'Priya Nair', org: 'housing', roles: ['housing-officer'] },
  SW1031: { name: 'Grace Adeyemi', org: 'childrens-services', roles: ['mash-social-worker'] },
  RMN2208: { name: 'Ade Balogun', org: 'mental-health', roles: ['triage-nurse'] },
  PC0001: { name: 'Jo Lister', org: 'police', roles: ['response-officer', 'governance-officer'] },
  X1: { name: 'Nobody Here', org: 'police', roles: ['triage-nurse'] },
};
const RESOURCE = 'https://sightline.example';
const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
/** Systems with a secret of their own; one that asks as itself is governance of the police. */
const systems = {
  'case-system': [TOKEN_EXCHANGE],
  'second-system': [TOKEN_EXCHANGE],
  'nightly-report': ['client_credentials'],
  'unnamed-report': ['client_credentials'],
};
const AS_ITSELF = { name: 'A report', org: 'police', roles: ['governance-officer'] };

const server = createServer();
await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const resourceServer = {
  scope: 'sightline',
  audience: 'sightline',
  accessTokenFormat: 'jwt',
  accessTokenTTL: lifetimeSeconds,
  jwt: { sign: { alg: 'ES256' } },
};
/** Access token by token exchange → who acts with it. */
const actors = new WeakMap();
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'sightline-page',
      token_endpoint_auth_method: 'none',
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      id_token_signed_response_alg: 'ES256',
    },
    ...Object.entries(systems).map(([id, grantTypes]) => ({
      client_id: id,
      client_secret: `secret of ${id}`,
      token_endpoint_auth_method: 'client_secret_post',
      redirect_uris: [],
      response_types: [],
      grant_types: grantTypes,
      id_token_signed_response_alg: 'ES256',
    })),
  ],
  jwks: { keys: [{ ...key, alg: 'ES256', use: 'sig' }] },
  cookies: { keys: ['only-for-tests'] },
  clientBasedCORS: () => true,
  findAccount: (_context, id) => STAFF[id] && { accountId: id, claims: async () => ({ sub: id }) },
  extraTokenClaims: (_context, token) =>
    token.accountId === undefined
      ? AS_ITSELF
      : { ...STAFF[token.accountId], ...(actors.has(token) && { act: actors.get(token) }) },
  issueRefreshToken: () => refresh,
  ttl: {
    AccessToken: lifetimeSeconds,
    ClientCredentials: lifetimeSeconds,
    Session: 3_600,
    Grant: 86_400,
    Interaction: 600,
    IdToken: 600,
    RefreshToken: 3_600,
  },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (context, form) => {
        context.body = `<!doctype html><title>Sign out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>`;
      },
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => RESOURCE,
      useGrantedResource: () => true,
      getResourceServerInfo: () => resourceServer,
    },
  },
});
/** RFC 8693: a system trades the token of the person before it for one of its own, which says for whom it acts. */
provider.registerGrantType(
  TOKEN_EXCHANGE,
  async (context) => {
    const { client, params } = context.oidc;
    const checks = { issuer, audience: resourceServer.audience };
    const { payload } = await jwtVerify(
      params.subject_token,
      createPublicKey({ key, format: 'jwk' }),
      checks,
    );
    const token = new provider.AccessToken({ client, accountId: payload.sub, scope: 'sightline' });
    token.gty = TOKEN_EXCHANGE;
    token.resourceServer = new provider.ResourceServer(RESOURCE, resourceServer);
    actors.set(token, { sub: client.clientId, ...(payload.act && { act: payload.act }) });
    context.oidc.entity('AccessToken', token);
    context.body = {
      access_token: await token.save(),
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
      expires_in: token.expiration,
    };
  },
  ['subject_token', 'subject_token_type'],
);
/** Asks who sits there, and lets them in; what the page may ask for is granted without a question. */
async function interact(request, response) {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    return response.end(
      '<!doctype html><title>Sign in</title><form method="post"><label>Staff number <input name="login"></label> <button>Go on</button></form>',
    );
  }
  let body = '';
  for await (const part of request) body += part;
  const accountId = new URLSearchParams(body).get('login') ?? '';
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope('openid');
  grant.addResourceScope(RESOURCE, 'sightline');
  const result = { login: { accountId }, consent: { grantId: await grant.save() } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const callback = provider.callback();
server.on('request', (request, response) =>
  request.url?.startsWith('/interaction/') ? interact(request, response) : callback(request, response),
);
console.log(issuer);
