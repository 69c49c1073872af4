/** Questions and answers between a gateway and an agency's own host, each a JWS (RFC 7515, EdDSA) beside the body that it vouches for. */
import { createHash, randomUUID } from 'node:crypto';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { SigningKey } from './key-files.ts';
import { CLOCK_SKEW_S, SIGNATURE_LIFE_S } from './limits.ts';
import { type QuestionClaims, questionClaims } from './question.ts';
import { HostRefusal, type HostRefusalCode, isHostRefusal } from './refusal.ts';

const GATEWAY = 'sightline-gateway';
const HOST = 'sightline-host';
const QUESTION = 'sightline-question+jwt';
const ANSWER = 'sightline-answer+jwt';

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** A signature and the body that it vouches for, as they travel. */
export const signedMessage = z.strictObject({ signature: z.string().max(2_000_000), body: z.string() });
export type SignedMessage = z.infer<typeof signedMessage>;

const sign = (
  claims: JWTPayload,
  { typ, iss, aud }: { typ: string; iss: string; aud: string },
  { key, keyId }: SigningKey,
  now: Date,
): Promise<string> => {
  const seconds = Math.floor(now.getTime() / 1_000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', kid: keyId, typ })
    .setIssuer(iss)
    .setAudience(aud)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + SIGNATURE_LIFE_S)
    .sign(key);
};

/** @param asked all that is signed but the digest, which is that of `body` */
export async function signQuestion(
  agency: string,
  asked: Omit<QuestionClaims, 'v' | 'digest'>,
  body: string,
  key: SigningKey,
  now: Date,
): Promise<string> {
  const claims = { ...asked, v: 1, digest: digestOf(body), jti: randomUUID() };
  const signature = await sign(claims, { typ: QUESTION, iss: GATEWAY, aud: agency }, key, now);
  return JSON.stringify({ signature, body } satisfies SignedMessage);
}

export interface ReadQuestion extends QuestionClaims {
  nonce: string;
  /** When it is over, in seconds since the epoch, by the host's clock at the latest. */
  until: number;
}

/**
 * The claims of a question that this gateway signed for this agency, now, over this body.
 * @throws HostRefusal that says which of these is not so
 */
export async function readQuestion(
  agency: string,
  { signature, body }: SignedMessage,
  keys: JWTVerifyGetKey,
  now: Date,
): Promise<ReadQuestion> {
  const { payload } = await jwtVerify(signature, keys, {
    ...{ algorithms: ['EdDSA'], typ: QUESTION, issuer: GATEWAY, audience: agency },
    ...{ currentDate: now, clockTolerance: CLOCK_SKEW_S, maxTokenAge: SIGNATURE_LIFE_S },
    requiredClaims: ['jti', 'iat', 'exp', 'aud', 'digest'],
  }).catch((error: unknown) => {
    throw new HostRefusal(refusalOf(error), error);
  });
  const { jti: nonce = '', iat = 0, exp = 0 } = payload;
  if (exp - iat > SIGNATURE_LIFE_S || nonce.length < 16 || nonce.length > 100)
    throw new HostRefusal('NOT_UNDERSTOOD');
  if (payload.digest !== digestOf(body)) throw new HostRefusal('ALTERED');
  const claims = questionClaims.safeParse(payload);
  if (!claims.success) throw new HostRefusal('NOT_UNDERSTOOD', claims.error);
  return { ...claims.data, nonce, until: exp + CLOCK_SKEW_S };
}

function refusalOf(error: unknown): HostRefusalCode {
  if (error instanceof errors.JWTExpired) return 'EXPIRED';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return 'OTHER_AUDIENCE';
    if (error.claim === 'iat' || error.claim === 'nbf')
      return error.reason === 'check_failed' ? 'NOT_YET' : 'NOT_UNDERSTOOD';
    return 'NOT_UNDERSTOOD';
  }
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return 'SIGNATURE_UNKNOWN';
  return 'NOT_UNDERSTOOD';
}

/** What a host says of its answer: either it is one, or why there is none. */
const answerClaims = z.object({
  /** SHA-256 of the whole question as it came, which holds its nonce. */
  question: z.string(),
  digest: z.string(),
  refused: z.string().nullable(),
});

/** An answer, or for `refused` none, bound to the text of the question and to its own body. */
export async function signAnswer(
  agency: string,
  question: string,
  { body, refused }: { body: string; refused: HostRefusalCode | null },
  key: SigningKey,
  now: Date,
): Promise<string> {
  const claims = { sub: agency, question: digestOf(question), digest: digestOf(body), refused };
  const signature = await sign(claims, { typ: ANSWER, iss: HOST, aud: GATEWAY }, key, now);
  return JSON.stringify({ signature, body } satisfies SignedMessage);
}

/** An answer does not stand under a signature of the agency's host, for this very question. Nothing of it is used. */
export class UnverifiedAnswerError extends Error {
  override readonly name = 'UnverifiedAnswerError';
  readonly code = 'ANSWER_UNVERIFIED';
}

/**
 * The body of an answer to this question.
 * @throws HostRefusal where the host says so under its signature, UnverifiedAnswerError
 */
export async function readAnswer(
  agency: string,
  question: string,
  text: string,
  keys: JWTVerifyGetKey,
  now: Date,
): Promise<string> {
  const unverified = (problem: string, cause?: unknown): never => {
    throw new UnverifiedAnswerError(problem, { cause });
  };
  const message = signedMessage.safeParse(parsedJson(text));
  if (!message.success) return unverified('it is no signed answer');
  const { signature, body } = message.data;
  const { payload } = await jwtVerify(signature, keys, {
    ...{ algorithms: ['EdDSA'], typ: ANSWER, issuer: HOST, audience: GATEWAY, subject: agency },
    ...{ currentDate: now, clockTolerance: CLOCK_SKEW_S, maxTokenAge: SIGNATURE_LIFE_S },
    requiredClaims: ['exp', 'iat'],
  }).catch((error: unknown) => unverified('its signature is not the host’s, or not of now', error));
  const claims = answerClaims.safeParse(payload);
  if (!claims.success) return unverified('its signature is of something else');
  if (claims.data.question !== digestOf(question)) unverified('it answers another question');
  if (claims.data.digest !== digestOf(body)) unverified('it was altered on its way');
  const { refused } = claims.data;
  if (refused !== null) throw new HostRefusal(isHostRefusal(refused) ? refused : 'INTERNAL');
  return body;
}

export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
