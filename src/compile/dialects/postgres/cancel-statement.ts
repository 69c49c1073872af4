import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectByTls } from 'node:tls';
import type { Client } from 'pg';
import { OurClient, type SessionKey } from '../../../session.ts';

/**
 * Asks the server to stop what this connection is running, as PostgreSQL wants it: by a second connection that says
 * the first one's secret and nothing else, by TLS where the first one is. Resolves when the server has taken the request,
 * or could not be reached in so many milliseconds: then `statement_timeout` ends the statement.
 */
export function cancelStatement(client: Client, timeoutMs: number): Promise<void> {
  const key = client instanceof OurClient ? client.key : null;
  const { host, port } = client;
  if (key === null) return Promise.resolve();
  return new Promise((resolve) => {
    const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    socket.setTimeout(timeoutMs, () => socket.destroy());
    // The server closes the connection when it has passed the signal on.
    socket.on('error', () => {});
    socket.on('close', () => resolve());
    socket.on('connect', () => {
      const tls = tlsOf(client);
      if (tls === null) send(socket, key);
      else sendByTls(socket, key, { host, ...(isIP(host) === 0 && { servername: host }), ...tls });
    });
  });
}

/** What the driver goes by, of the settings or the address. */
function tlsOf(client: Client): ConnectionOptions | null {
  const ssl: boolean | ConnectionOptions = client.ssl;
  if (ssl === true) return {};
  return ssl || null;
}

const TLS_REQUEST = 80_877_103;
const CANCEL_REQUEST = 80_877_102;

function send(socket: Socket, { processId, secret }: SessionKey): void {
  socket.resume();
  socket.write(message(CANCEL_REQUEST, processId, secret));
}

function sendByTls(socket: Socket, key: SessionKey, options: ConnectionOptions): void {
  socket.once('data', (answer) => {
    if (answer.toString('latin1') !== 'S') {
      socket.destroy();
      return;
    }
    const secure = connectByTls({ ...options, socket });
    secure.on('error', () => socket.destroy());
    secure.on('close', () => socket.destroy());
    secure.on('secureConnect', () => send(secure, key));
  });
  socket.write(message(TLS_REQUEST));
}

/** A message of the protocol's beginning: its length, then numbers of four bytes. */
function message(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * (numbers.length + 1));
  for (const [at, number] of [bytes.length, ...numbers].entries()) bytes.writeInt32BE(number, 4 * at);
  return bytes;
}
