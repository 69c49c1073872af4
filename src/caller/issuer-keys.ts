import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/** The issuer of tokens does not answer, or not as OpenID Connect has it. */
export class IssuerUnavailableError extends Error {
  override readonly name = 'IssuerUnavailableError';
  readonly code = 'ISSUER_UNAVAILABLE';

  constructor(why: string, cause?: unknown) {
    super(`The issuer of tokens: ${why}`, { cause });
  }
}

const TIMEOUT_MS = 3_000;
const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

/**
 * Keys of an OpenID Connect issuer, found by its discovery document: looked up when first needed, so that the
 * gateway starts without it, and again as long as that fails. Rejects with IssuerUnavailableError.
 */
export function issuerKeys(issuer: string): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | null = null;
  return async (header, token) => {
    found ??= discover(issuer);
    try {
      const keys = await found;
      return await keys(header, token);
    } catch (error) {
      if (error instanceof IssuerUnavailableError) found = null;
      if (error instanceof IssuerUnavailableError || isAboutToken(error)) throw error;
      throw new IssuerUnavailableError('its keys cannot be fetched', error);
    }
  };
}

/** Whether it is the token that names no key of the issuer's; everything else is the issuer's fault. */
function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

async function discover(issuer: string): Promise<JWTVerifyGetKey> {
  const document = discovery.safeParse(await fetchDocument(issuer));
  if (!document.success)
    throw new IssuerUnavailableError('its discovery document has no issuer and jwks_uri');
  if (document.data.issuer !== issuer)
    throw new IssuerUnavailableError('it calls itself by another name than OIDC_ISSUER');
  return createRemoteJWKSet(new URL(document.data.jwks_uri), { timeoutDuration: TIMEOUT_MS });
}

async function fetchDocument(issuer: string): Promise<unknown> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    if (!response.ok) throw new IssuerUnavailableError(`its discovery document answers ${response.status}`);
    return await response.json();
  } catch (cause) {
    if (cause instanceof IssuerUnavailableError) throw cause;
    throw new IssuerUnavailableError('its discovery document cannot be fetched', cause);
  }
}
