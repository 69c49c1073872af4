import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { errorBody, SECURITY_HEADERS } from './answers.ts';

/** What is refused before there is a request: the code of Node's error, and what is answered. */
interface Refusal {
  status: number;
  code: 'QUERY_REFUSED' | 'BAD_USER_INPUT';
  message: string;
}

const bytes = maxHeaderSize.toLocaleString('en-GB');
const TOO_LARGE: Refusal = {
  status: 431,
  code: 'QUERY_REFUSED',
  message: `Address and headers are larger than ${bytes} bytes, which is the limit.`,
};
const NOT_HTTP: Refusal = { status: 400, code: 'BAD_USER_INPUT', message: 'This is not HTTP/1.1.' };
const EXPECTATION: Refusal = {
  status: 417,
  code: 'BAD_USER_INPUT',
  message: 'The only thing to Expect is 100-continue.',
};

function refusalOf(error: NodeJS.ErrnoException, timeoutMs: number): Refusal {
  if (error.code === 'HPE_HEADER_OVERFLOW') return TOO_LARGE;
  if (error.code !== 'ERR_HTTP_REQUEST_TIMEOUT') return NOT_HTTP;
  const limit = `within ${timeoutMs / 1_000} seconds, which is the limit`;
  return { status: 408, code: 'QUERY_REFUSED', message: `The request did not arrive whole ${limit}.` };
}

const bodyOf = ({ code, message }: Refusal) => JSON.stringify(errorBody(code, message));
const headersOf = (body: string) => ({
  ...SECURITY_HEADERS,
  'content-type': 'application/json; charset=utf-8',
  'content-length': String(Buffer.byteLength(body)),
  connection: 'close',
});

/**
 * For fastify's `clientErrorHandler`: answers on the socket itself what the parser of HTTP refuses, by one error with a
 * code as every other refusal. `report` is given status and code.
 */
export function clientErrorHandler(timeoutMs: number, report: (status: number, code: string) => void) {
  return (error: NodeJS.ErrnoException, socket: Duplex): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const refusal = refusalOf(error, timeoutMs);
    report(refusal.status, refusal.code);
    // An answer that is on its way must not be written into.
    const { _httpMessage: answering } = socket as Duplex & { _httpMessage?: { _header?: unknown } };
    if (socket.writable && !answering?._header) {
      const body = bodyOf(refusal);
      const lines = Object.entries(headersOf(body)).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(
        `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${lines.join('')}\r\n${body}`,
      );
    }
    socket.destroy(error);
  };
}

/** Answers an expectation that cannot be met, which never becomes a request either. */
export function refuseExpectations(
  { server }: Pick<FastifyInstance, 'server'>,
  report: (status: number, code: string) => void,
): void {
  server.on('checkExpectation', (_request, response) => {
    const body = bodyOf(EXPECTATION);
    report(EXPECTATION.status, EXPECTATION.code);
    response.writeHead(EXPECTATION.status, headersOf(body)).end(body);
  });
}
