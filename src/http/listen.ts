import type { Server } from 'node:http';
import { createServer, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** An address cannot be listened on; the message names the setting. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code = 'LISTEN';
}

/** Where to listen, and the names of the settings that say so. */
export interface ListenAddress {
  host: string;
  port: number;
  settings: { host: string; port: string };
}

/** Throws ListenError if the address is taken or not ours; says nothing of what happens next. */
export async function assertFree(address: ListenAddress): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject).listen(address.port, address.host, resolve);
    });
  } catch (error) {
    throw listenError(error, address);
  }
  await new Promise((resolve) => probe.close(resolve));
}

/** Starts listening. Gives the address as a URL. Throws ListenError. */
export async function startListening(server: FastifyInstance, address: ListenAddress): Promise<string> {
  try {
    return await server.listen({ host: address.host, port: address.port });
  } catch (error) {
    throw listenError(error, address);
  }
}

function listenError(cause: unknown, { host, port, settings }: ListenAddress): Error {
  const { code } = cause as NodeJS.ErrnoException;
  const said = (why: string) => new ListenError(why, { cause });
  if (code === 'EADDRINUSE')
    return said(`Port ${port} on ${host} is in use; set ${settings.port} to another`);
  if (code === 'EACCES')
    return said(`Port ${port} on ${host} may not be used by this account; set ${settings.port}`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return said(`${host} is no address of this machine; set ${settings.host}`);
  return cause as Error;
}

/**
 * Tracks idle connections. Node closes those that were used before, but one that a browser opened in advance would
 * delay an orderly stop by a minute. Returns a function that ends all idle ones, and from then on each as soon as its
 * answer is out.
 */
export function trackConnections(server: Server): () => void {
  const unused = new Set<Socket>();
  let ending = false;
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    unused.delete(socket);
    response.once('close', () => {
      if (ending) socket.destroySoon();
      else if (!socket.destroyed) unused.add(socket);
    });
  });
  return () => {
    ending = true;
    for (const socket of unused) socket.destroy();
  };
}

/** Stops listening and lets requests finish; after `deadlineMs` milliseconds their connections are cut. */
export async function closeServer(server: FastifyInstance, deadlineMs = 10_000): Promise<void> {
  const cut = setTimeout(() => server.server.closeAllConnections(), deadlineMs);
  try {
    await server.close();
  } finally {
    clearTimeout(cut);
  }
}
