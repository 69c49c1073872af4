import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { type IndexKey, type Keys, keyFor } from './keys.ts';

/** Turns inner ids into opaque ones and back, for one organisation and reference alone. */
export interface SealedIds {
  /** The same id, the same token. */
  seal(kind: SealedKind, id: string): string;
  /** Null for what was not sealed here: another organisation's, another reference's, another kind, or forged. */
  open(kind: SealedKind, token: string): string | null;
}
/** `task`: a pair of records that somebody is asked to decide on. `cursor`: a place in a person's timeline. */
export type SealedKind = 'person' | 'record' | 'task' | 'cursor';

const NONCE = 12;
const TAG = 16;
const LONGEST = 512;

/**
 * Sealed under the current key; opened under it, else under the previous one.
 * `reference` as the caller gave it, `<agency>:<number>`; null for a request without one.
 */
export function createSealedIds(keys: Keys, organisation: string, reference: string | null): SealedIds {
  const current = sealedUnder(keys.current, organisation, reference);
  const previous = keys.previous && sealedUnder(keys.previous, organisation, reference);
  return {
    seal: current.seal,
    open: (kind, token) => current.open(kind, token) ?? previous?.open(kind, token) ?? null,
  };
}

function sealedUnder(key: IndexKey, organisation: string, reference: string | null): SealedIds {
  const sealing = keyFor(key, 'sealed ids');
  const noncing = keyFor(key, 'sealed id nonces');
  const bound = (kind: string) => Buffer.from(JSON.stringify([kind, organisation, reference]));
  return {
    seal(kind, id) {
      // From the content, so that equal ids seal alike and no nonce ever meets two contents.
      const nonce = createHmac('sha256', noncing)
        .update(bound(kind))
        .update('\0')
        .update(id)
        .digest()
        .subarray(0, NONCE);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(bound(kind));
      const sealed = Buffer.concat([cipher.update(id, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(kind, token) {
      const bytes = Buffer.from(token.length > LONGEST ? '' : token, 'base64url');
      // One id, one token: other spellings of the same bytes are not taken.
      if (bytes.length <= NONCE + TAG || bytes.toString('base64url') !== token) return null;
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE), {
          authTagLength: TAG,
        });
        decipher.setAAD(bound(kind)).setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
        return decipher.update(bytes.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        return null;
      }
    },
  };
}
