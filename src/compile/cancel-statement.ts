import { connect } from 'node:net';
import type { Client } from 'pg';

/** What the server told this connection about itself when it began; pg keeps it and does not declare it. */
interface BackendKey {
  processID: number | null;
  secretKey: number | null;
}

/**
 * Asks the server to stop what this connection is running, as PostgreSQL wants it: by a second connection that says
 * the first one's secret and nothing else. Resolves when the server has taken the request, or could not be reached:
 * then `statement_timeout` ends the statement.
 */
export function cancelStatement(client: Client, timeoutMs: number): Promise<void> {
  const { processID, secretKey } = client as unknown as BackendKey;
  if (processID === null || secretKey === null) return Promise.resolve();
  return new Promise((resolve) => {
    const path = client.host.startsWith('/') ? `${client.host}/.s.PGSQL.${client.port}` : null;
    const socket = path === null ? connect(client.port, client.host) : connect(path);
    socket.setTimeout(timeoutMs, () => socket.destroy());
    socket.on('connect', () => socket.write(cancelRequest(processID, secretKey)));
    // The server closes the connection when it has passed the signal on.
    socket.on('error', () => {});
    socket.on('close', () => resolve());
    socket.resume();
  });
}

const CANCEL_REQUEST = 80_877_102;

function cancelRequest(processId: number, secretKey: number): Buffer {
  const message = Buffer.alloc(16);
  message.writeInt32BE(message.length, 0);
  message.writeInt32BE(CANCEL_REQUEST, 4);
  message.writeInt32BE(processId, 8);
  message.writeInt32BE(secretKey, 12);
  return message;
}
