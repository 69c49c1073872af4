import { expect, it } from 'vitest';
import { issuerKeys } from '../../src/caller/issuer-keys.ts';
import { AUDIENCE } from './support/oidc-issuer.ts';
import { serve } from './support/served-gateway.ts';

const QUERY = { query: '{ viewer { name } }' };

it('says nothing but INTERNAL while the issuer cannot be reached, and lets people in once it can', async () => {
  let issuer = 'http://127.0.0.1:9';
  const trust = {
    get issuer() {
      return issuer;
    },
    audience: AUDIENCE,
    keys: ((header, token) => issuerKeys(issuer)(header, token)) as ReturnType<typeof issuerKeys>,
  };
  const served = await serve({ trust });
  try {
    const down = await served.post(QUERY);
    expect(down.status).toBe(500);
    expect(down.json.errors[0].extensions.code).toBe('INTERNAL');
    expect(down.text).not.toMatch(/127\.0\.0\.1/);
    issuer = served.issuer.url;
    expect((await served.post(QUERY)).status).toBe(200);
  } finally {
    await served.close();
  }
});
