import { hash } from 'node:crypto';
import type { CryptoKey, JWTHeaderParameters, JWTPayload, JWTVerifyResult, ResolvedKey } from 'jose';
import { LRUCache } from 'lru-cache';
import type { TrustedIssuer } from './verify-token.ts';

/** A token whose signature, issuer, audience, type and times held when it was verified. */
export interface VerifiedToken {
  issuer: TrustedIssuer;
  payload: JWTPayload;
  header: JWTHeaderParameters;
  key: CryptoKey | Uint8Array;
  /** Seconds since the epoch: from when, and until before when, its own times hold without any tolerance. */
  from: number;
  until: number;
}

/** Tokens remembered at most, by a hash of each: about as many as people who ask in an hour. */
const MOST = 2_000;

/**
 * Remembers which tokens have been verified, so that a signature is checked once and not with every request. All that
 * can change since is looked at each time: the token's own times, and whether its issuer still publishes, and may still
 * be taken by, the very key. Where any of that does not hold, the token is verified again, and refused as any other.
 */
export class VerifiedTokens {
  readonly #tokens = new LRUCache<string, VerifiedToken>({ max: MOST });

  /**
   * Null for a token that has to be verified. Rejects as `IssuerKeys.find` does: with IssuerUnavailableError where the
   * issuer's keys have run out, with jose's error where the key is published no more.
   */
  async find(token: string, now: Date): Promise<VerifiedToken | null> {
    const key = hashOf(token);
    const verified = this.#tokens.get(key);
    if (!verified) return null;
    const seconds = now.getTime() / 1_000;
    if (seconds < verified.from || seconds >= verified.until) {
      this.#tokens.delete(key);
      return null;
    }
    const published = await verified.issuer.keys.find(verified.header, UNSIGNED);
    return published === verified.key ? verified : null;
  }

  keep(
    token: string,
    issuer: TrustedIssuer,
    { payload, protectedHeader: header, key }: JWTVerifyResult & ResolvedKey,
  ): VerifiedToken {
    const { nbf = 0, iat = 0, exp = 0 } = payload;
    const tooOld = iat + (issuer.maxTokenAgeSeconds ?? Number.POSITIVE_INFINITY);
    const verified = { issuer, payload, header, key, from: Math.max(nbf, iat), until: Math.min(exp, tooOld) };
    this.#tokens.set(hashOf(token), verified);
    return verified;
  }
}

/** A key is found by the header alone. */
const UNSIGNED = { payload: '', signature: '' };

const hashOf = (token: string): string => hash('sha256', token, 'base64');
