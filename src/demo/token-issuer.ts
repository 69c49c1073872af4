import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { ISSUER_DEFAULTS } from '../caller/issuers.ts';
import type { TrustedIssuer } from '../caller/verify-token.ts';
import type { Persona } from './persona.ts';

/** Issues the demo's tokens, by a key that is made at each start and never leaves the process. */
export interface TokenIssuer extends TrustedIssuer {
  /** A token of that persona, good for an hour from now. */
  issue(persona: Persona): Promise<string>;
}

const LIFETIME_SECONDS = 3_600;

export async function createTokenIssuer(now: () => Date): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const kid = randomUUID();
  const [issuer, audience] = ['sightline-demo', 'sightline'];
  return {
    ...ISSUER_DEFAULTS,
    issuer,
    audiences: [audience],
    keys: {
      find: createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'ES256' }] }),
    },
    issue: ({ sub, name, organisation, site, role, person }) => {
      const issuedAt = Math.floor(now().getTime() / 1_000);
      return new SignJWT({
        name,
        org: organisation,
        roles: [role],
        ...(site && { site }),
        ...(person && { person }),
      })
        .setProtectedHeader({ alg: 'ES256', kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(sub)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFETIME_SECONDS)
        .sign(privateKey);
    },
  };
}
