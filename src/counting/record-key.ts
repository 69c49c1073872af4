import { createHmac } from 'node:crypto';

/**
 * A person's record key, 0 to 255: the first byte of HMAC-SHA-256 over their id in the person index. It hangs on the secret
 * and the person alone, so the same people always give the same cell key, whichever agency's records led to them.
 */
export function recordKeyOf(secret: string | Uint8Array, person: string): number {
  return createHmac('sha256', secret).update(`sightline counting\0${person}`).digest()[0] ?? 0;
}
