/** The two listeners of an agency's own host: questions by HTTPS, and for its operator metrics and health. */
import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Server } from 'node:https';
import type { TlsOptions } from 'node:tls';
import fastify, { type FastifyInstance } from 'fastify';
import type { JWTVerifyGetKey } from 'jose';
import type { Logger } from '../../logger.ts';
import type { RegisterEntry } from '../../register/entry.ts';
import type { HostPolicy } from '../../sharing/stricter.ts';
import type { SigningKey } from '../wire/key-files.ts';
import { ANSWER_BYTES, CLOCK_SKEW_S, QUESTION_BYTES, REQUEST_AGE_S } from '../wire/limits.ts';
import type { QuestionContext } from '../wire/question.ts';
import { HOST_REFUSALS, HostRefusal } from '../wire/refusal.ts';
import {
  digestOf,
  parsedJson,
  type ReadQuestion,
  readQuestion,
  signAnswer,
  signedMessage,
} from '../wire/signing.ts';
import type { Allowance } from './allowance.ts';
import type { Answering } from './answering.ts';
import { refusedEntry } from './entries.ts';
import type { HostMetrics, HostStatus } from './metrics.ts';
import type { Nonces } from './nonces.ts';

export interface HostServerParts {
  agency: string;
  /** Names this process: a question that names another was asked of one that is gone. */
  instance: string;
  tls: HostTls;
  gatewayKeys: JWTVerifyGetKey;
  ownKey(): SigningKey;
  nonces: Nonces;
  /** Questions in a minute. */
  questions: Allowance;
  answering: Answering;
  policy(): HostPolicy;
  record(entries: readonly RegisterEntry[]): Promise<void>;
  metrics: Pick<HostMetrics, 'answered'>;
  log: Logger;
  now(): Date;
}

/** Paths of PEM files. With `clientCa` only who shows a certificate by it is spoken to. */
export interface HostTls {
  cert: string;
  key: string;
  clientCa: string | null;
}

/** Milliseconds in which a question must have arrived. */
const REQUEST_TIMEOUT_MS = 15_000;
const CERTIFICATES_EVERY_MS = 60_000;

/** Names what a host decides by: a question that names another is answered anew, once the gateway knows this one. */
export const policyDigest = ({ policy, withdrawn }: HostPolicy): string =>
  digestOf(JSON.stringify([policy.version, [...withdrawn].sort()]));

/** The listener for questions, not yet listening. Every answer is signed, refusals too. */
export function buildHostServer(parts: HostServerParts): FastifyInstance {
  const { agency, log, metrics, tls } = parts;
  const server = fastify({
    https: tlsOptions(tls),
    bodyLimit: QUESTION_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    exposeHeadRoutes: false,
    genReqId: () => randomUUID(),
  }) as unknown as FastifyInstance;
  const secure = server.server as unknown as Server;
  followCertificates(secure, tls, log);
  secure.on('tlsClientError', (error: NodeJS.ErrnoException) =>
    log.warn({ code: error.code }, 'a connection was refused: its TLS does not stand'),
  );
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  server.post('/v1/ask', async (request, reply) => {
    const began = performance.now();
    const text = typeof request.body === 'string' ? request.body : '';
    const gone = new AbortController();
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) gone.abort(new Error('The gateway no longer waits'));
    });
    const asked = { op: 'unknown' };
    const said = await answerTo(parts, text, asked, gone.signal).then(
      (body) => ({ body, refused: null }),
      (error: unknown) => ({ body: '', refused: refusalOf(error, parts, request.id) }),
    );
    const outcome = said.refused ?? 'OK';
    const seconds = (performance.now() - began) / 1_000;
    metrics.answered(asked.op, outcome, seconds);
    log.info({ op: asked.op, outcome, ms: Math.round(seconds * 1_000) }, 'question');
    const answer = await signAnswer(agency, text, said, parts.ownKey(), parts.now());
    return reply
      .code(said.refused === null ? 200 : HOST_REFUSALS[said.refused].status)
      .headers({ 'cache-control': 'no-store', 'content-type': 'application/json' })
      .send(answer);
  });
  server.setNotFoundHandler((_request, reply) => reply.code(404).send());
  server.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) =>
    reply.code(error.statusCode ?? 500).send(),
  );
  return server;
}

/** The body of the answer. Throws HostRefusal, or whatever should not happen. */
async function answerTo(
  parts: HostServerParts,
  text: string,
  asked: { op: string },
  signal: AbortSignal,
): Promise<string> {
  const { agency, instance, nonces, questions, gatewayKeys } = parts;
  const message = signedMessage.safeParse(parsedJson(text));
  if (!message.success) throw new HostRefusal('NOT_UNDERSTOOD');
  const now = parts.now();
  const question = await readQuestion(agency, message.data, gatewayKeys, now);
  asked.op = question.op;
  if (question.host && question.host.instance !== instance) throw new HostRefusal('RESTARTED');
  nonces.take(question.nonce, question.until, now);
  questions.take(1, now);
  inTime(question.context, now);
  const policy = parts.policy();
  const digest = policyDigest(policy);
  if (question.op === 'policy') return policyAnswer(instance, digest, policy);
  if (!question.host) throw new HostRefusal('NOT_UNDERSTOOD');
  if (question.host.policy !== digest) throw new HostRefusal('POLICY_CHANGED');
  try {
    const body = await parts.answering.answer(
      question.op,
      question.context,
      message.data.body,
      policy,
      signal,
    );
    const answer = JSON.stringify(body);
    if (Buffer.byteLength(answer) > ANSWER_BYTES) throw new HostRefusal('TOO_LARGE');
    return answer;
  } catch (error) {
    if (error instanceof HostRefusal && isOfQuestion(error))
      await recordRefusal(parts, question, policy, error);
    throw error;
  }
}

/** The request that the question is part of began lately, and not in the future. */
function inTime({ at }: QuestionContext, now: Date): void {
  const age = (now.getTime() - Date.parse(at)) / 1_000;
  if (age < -CLOCK_SKEW_S) throw new HostRefusal('NOT_YET');
  if (age > REQUEST_AGE_S) throw new HostRefusal('EXPIRED');
}

function policyAnswer(instance: string, digest: string, { policy, withdrawn }: HostPolicy): string {
  const { version, texts } = policy;
  return JSON.stringify({
    ...{ instance, policy: digest, version },
    ...{ texts: Object.fromEntries(texts), withdrawn: [...withdrawn] },
  });
}

const isOfQuestion = ({ code }: HostRefusal): boolean =>
  code === 'NOT_PERMITTED' || code === 'OTHER_ORGANISATION';

/** What should not be asked is an entry too. */
async function recordRefusal(
  { agency, record }: HostServerParts,
  { context, op }: ReadQuestion,
  { policy }: HostPolicy,
  { code }: HostRefusal,
): Promise<void> {
  await record([refusedEntry(agency, context, policy.version, op, code)]).catch(() => {
    throw new HostRefusal('NOT_RECORDED');
  });
}

function refusalOf(error: unknown, { log }: HostServerParts, errorId: string): HostRefusal['code'] {
  if (error instanceof HostRefusal) {
    const cause = error.cause instanceof Error ? error.cause.name : null;
    if (error.code === 'INTERNAL') log.error({ errorId, cause }, 'internal error');
    else log.warn({ code: error.code, ...(cause !== null && { cause }) }, 'a question was refused');
    return error.code;
  }
  log.error({ errorId, cause: error instanceof Error ? error.name : 'unknown' }, 'internal error');
  return 'INTERNAL';
}

const tlsOptions = ({ cert, key, clientCa }: HostTls): TlsOptions => ({
  cert: readFileSync(cert),
  key: readFileSync(key),
  minVersion: 'TLSv1.2',
  ...(clientCa !== null && { ca: readFileSync(clientCa), requestCert: true, rejectUnauthorized: true }),
});

/** A certificate that was renewed is taken within a minute, without a restart. */
function followCertificates(server: Server, tls: HostTls, log: Logger): void {
  const files = [tls.cert, tls.key, ...(tls.clientCa === null ? [] : [tls.clientCa])];
  const stamp = () => files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs).join();
  let taken = stamp();
  const timer = setInterval(() => {
    if (stamp() === taken) return;
    try {
      server.setSecureContext(tlsOptions(tls));
      taken = stamp();
      log.info({}, 'new certificates are in use');
    } catch (error) {
      log.error(
        { code: (error as { code?: string }).code },
        'the new certificates cannot be used; those before stay',
      );
    }
  }, CERTIFICATES_EVERY_MS);
  timer.unref();
  server.once('close', () => clearInterval(timer));
}

/** For its operator alone, on loopback unless the settings say otherwise. */
export function buildHostOperator(metrics: HostMetrics, status: () => HostStatus): FastifyInstance {
  const server = fastify({ exposeHeadRoutes: false });
  server.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
  server.get('/health/live', async () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const { database, why } = status();
    return database === 'UP'
      ? { status: 'ready' }
      : reply.code(503).send({ status: 'not ready', reason: why });
  });
  return server;
}
