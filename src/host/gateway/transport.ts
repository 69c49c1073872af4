/** One HTTPS exchange with an agency's own host, and what its failures are called. */
import { readFileSync, statSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { ANSWER_BYTES } from '../wire/limits.ts';

/** Where a host is and what TLS needs; paths of PEM files. */
export interface HostEndpoint {
  url: string;
  /** Authorities to trust in place of the machine's own. */
  caFile: string | null;
  /** The gateway's own certificate and its key, where the host asks for one. */
  certFile: string | null;
  certKeyFile: string | null;
}

export interface Transport {
  /** The text that came back, whatever its status. Rejects with HostUnreachableError, or the signal's reason. */
  post(text: string, signal: AbortSignal): Promise<string>;
  close(): void;
}

/** The host could not be spoken to; the message says what to look at, in words for whoever runs the gateway. */
export class HostUnreachableError extends Error {
  override readonly name = 'HostUnreachableError';
  readonly code: string;

  constructor(cause: unknown) {
    const code = codeOf(cause);
    super(wordsOf(code), { cause });
    this.code = code;
  }
}

const UNTRUSTED =
  'its host shows a certificate by nobody that is trusted here (<AGENCY>_ENDPOINT_CA_FILE, NODE_EXTRA_CA_CERTS)';
const NO_CERTIFICATE =
  'its host asks for a certificate that it trusts (<AGENCY>_ENDPOINT_CERT_FILE, <AGENCY>_ENDPOINT_CERT_KEY_FILE)';
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at the address of its host',
  ECONNRESET: 'the connection to its host was cut',
  EPIPE: 'the connection to its host was cut',
  ENOTFOUND: 'the name of its host is not known',
  EAI_AGAIN: 'the name of its host could not be looked up',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  ETIMEDOUT: 'its host does not answer',
  EPROTO: 'its host speaks no TLS that is spoken here',
  CERT_HAS_EXPIRED: 'the certificate of its host has expired',
  CERT_NOT_YET_VALID: 'the certificate of its host is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of its host is for another name than its address',
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: NO_CERTIFICATE,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: NO_CERTIFICATE,
  ANSWER_TOO_LARGE: 'its host answers more than is taken in',
};
const wordsOf = (code: string): string => WORDS[code] ?? `its host could not be asked (${code})`;

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'UNKNOWN';
}

/** Connections to one host at most, and milliseconds for which an unused one is kept. */
const CONNECTIONS = 32;
const KEPT_MS = 15_000;

/** @throws Error naming the file where a certificate cannot be read */
export function openTransport(endpoint: HostEndpoint): Transport {
  const target = new URL('v1/ask', endpoint.url.endsWith('/') ? endpoint.url : `${endpoint.url}/`);
  const files = [endpoint.caFile, endpoint.certFile, endpoint.certKeyFile].filter((file) => file !== null);
  const stampOf = () => files.map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs).join();
  const make = () => ({ stamp: stampOf(), agent: agentOf(endpoint) });
  let current = make();
  /** Certificates are read again when their files change: those of connections that are open stay. */
  const agent = (): Agent => {
    if (files.length > 0 && stampOf() !== current.stamp) {
      try {
        const next = make();
        current.agent.destroy();
        current = next;
      } catch {
        // A file that is being replaced: those before go on.
      }
    }
    return current.agent;
  };
  return {
    async post(text, signal) {
      try {
        return await exchange(target, agent(), text, signal);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        throw new HostUnreachableError(error);
      }
    },
    close: () => current.agent.destroy(),
  };
}

const agentOf = ({ caFile, certFile, certKeyFile }: HostEndpoint): Agent =>
  new Agent({
    ...{ keepAlive: true, maxSockets: CONNECTIONS, timeout: KEPT_MS, minVersion: 'TLSv1.2' },
    ...(caFile !== null && { ca: readFileSync(caFile) }),
    ...(certFile !== null && { cert: readFileSync(certFile) }),
    ...(certKeyFile !== null && { key: readFileSync(certKeyFile) }),
  });

function exchange(target: URL, agent: Agent, text: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const asking = request(target, { method: 'POST', agent, headers, signal }, (answer) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
        parts.push(part);
        // A signature and quotes come on top of what is answered.
        if (bytes > 2 * ANSWER_BYTES)
          asking.destroy(Object.assign(new Error('The answer is too large'), { code: 'ANSWER_TOO_LARGE' }));
      });
      answer.once('error', reject);
      answer.once('end', () => resolve(Buffer.concat(parts).toString('utf8')));
      answer.once('close', () =>
        reject(Object.assign(new Error('The answer was cut off'), { code: 'ECONNRESET' })),
      );
    });
    asking.once('error', reject);
    asking.end(text);
  });
}
