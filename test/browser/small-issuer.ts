import { createHash, randomUUID } from 'node:crypto';
import Fastify from 'fastify';

export const CLIENT_ID = 'sightline-graphiql';

export interface SmallIssuer {
  url: string;
  /** From now on a refresh token comes with each access token, good for one use. */
  giveRefreshTokens(): void;
  /** From now on refresh tokens are good for nothing. */
  endRefreshTokens(): void;
  /** Tokens given to those who proved that they began the sign-in. */
  tokens: string[];
  close(): Promise<void>;
}

/** An OpenID issuer on another origin, who knows one public client and signs everyone in without asking. */
export async function startSmallIssuer(onToken: (token: string) => void): Promise<SmallIssuer> {
  const server = Fastify();
  const tokens: string[] = [];
  const challenges = new Map<string, string>();
  const nonces = new Map<string, string>();
  const refreshTokens = new Set<string>();
  let refreshes = false;
  let url = '';
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*');
  });
  server.get('/.well-known/openid-configuration', async () => ({
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
  }));
  server.get<{ Querystring: Record<string, string> }>('/authorize', async ({ query }, reply) => {
    const back = new URL(query.redirect_uri ?? '');
    const code = randomUUID();
    if (query.client_id !== CLIENT_ID || query.code_challenge_method !== 'S256')
      return reply.code(400).send();
    challenges.set(code, query.code_challenge ?? '');
    nonces.set(code, query.nonce ?? '');
    for (const [name, value] of Object.entries({ code, state: query.state ?? '', iss: url })) {
      back.searchParams.set(name, value);
    }
    // As large issuers do, cuts the tie between the window and the page that opened it.
    return reply.header('cross-origin-opener-policy', 'same-origin').redirect(back.href);
  });
  server.post<{ Body: Record<string, string> }>('/token', async ({ body }, reply) => {
    if (body.grant_type === 'refresh_token') {
      if (!refreshTokens.delete(body.refresh_token ?? ''))
        return reply.code(400).send({ error: 'invalid_grant' });
      return grant();
    }
    const proof = createHash('sha256')
      .update(body.code_verifier ?? '')
      .digest('base64url');
    if (challenges.get(body.code ?? '') !== proof) return reply.code(400).send({ error: 'invalid_grant' });
    const nonce = nonces.get(body.code ?? '') ?? '';
    challenges.delete(body.code ?? '');
    return grant(nonce);
  });
  function grant(nonce?: string) {
    const token = randomUUID();
    tokens.push(token);
    onToken(token);
    const refreshToken = randomUUID();
    if (refreshes) refreshTokens.add(refreshToken);
    const claims = Buffer.from(JSON.stringify({ iss: url, sub: 'ruth', nonce })).toString('base64url');
    return {
      ...{ access_token: token, token_type: 'Bearer', expires_in: 300 },
      ...(nonce !== undefined && { id_token: `e30.${claims}.x` }),
      ...(refreshes && { refresh_token: refreshToken }),
    };
  }
  url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    tokens,
    giveRefreshTokens() {
      refreshes = true;
    },
    endRefreshTokens() {
      refreshTokens.clear();
    },
    close: () => server.close(),
  };
}
