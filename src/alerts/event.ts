import { createHash, type KeyObject } from 'node:crypto';
import { createSigner, httpbis } from 'http-message-signatures';

/** How soon somebody has to look: at once, whatever the hour, or by the next working day. */
export type Urgency = 'IMMEDIATE' | 'WORKING_DAY';

/** An alert as it leaves: nothing in it says who asked, for whom, or why. What it is about is read signed in. */
export interface Alert {
  /** The same however often it is sent. */
  readonly id: string;
  readonly urgency: Urgency;
}

/** The one type of every alert. */
export const ALERT_TYPE = 'sightline.alert';

/** A CloudEvents 1.0 envelope in structured JSON (https://github.com/cloudevents/spec). It has no time: when says something too. */
export function eventOf({ id, urgency }: Alert): string {
  return JSON.stringify({
    specversion: '1.0',
    type: ALERT_TYPE,
    source: '/sightline',
    id,
    datacontenttype: 'application/json',
    data: { urgency },
  });
}

/** What kinds of alert are worth waking somebody for; of one that is not listed nobody knows that it can wait. */
const CAN_WAIT: ReadonlySet<string> = new Set([
  ...['REPEATED_DENIALS', 'CLAIM_NEVER_TIED'],
  ...['CONSENT_TO_CONFIRM', 'CONSENT_WITHDRAWN', 'MISTAKE_TO_ANSWER'],
]);
export const urgencyOf = (kind: string): Urgency => (CAN_WAIT.has(kind) ? 'WORKING_DAY' : 'IMMEDIATE');

export interface SignedRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The request that brings an alert to its receiver, signed as RFC 9421 has it: over method, address, type and the digest
 * of the body (RFC 9530), with Ed25519.
 * @param key the private key; `keyId` is what the receiver knows its public half by
 */
export async function signedRequest(
  alert: Alert,
  url: string,
  { key, keyId }: { key: KeyObject; keyId: string },
  now: Date,
): Promise<SignedRequest> {
  const body = eventOf(alert);
  const digest = createHash('sha256').update(body).digest('base64');
  const request = {
    method: 'POST' as const,
    url,
    headers: {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'content-digest': `sha-256=:${digest}:`,
    },
  };
  const signed = await httpbis.signMessage(
    {
      key: createSigner(key, 'ed25519', keyId),
      name: 'sightline',
      fields: ['@method', '@target-uri', 'content-type', 'content-digest'],
      params: ['created', 'keyid', 'alg'],
      paramValues: { created: now },
    },
    request,
  );
  return { ...request, headers: signed.headers as Record<string, string>, body };
}
