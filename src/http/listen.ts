import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** An address cannot be listened on; the message names the setting. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code = 'LISTEN';
}

/** Where to listen, and the names of the settings that say so. */
export interface Address {
  host: string;
  port: number;
  settings: { host: string; port: string };
}

/** Throws ListenError if the address is taken or not ours; says nothing of what happens next. */
export async function assertFree(address: Address): Promise<void> {
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
export async function listen(server: FastifyInstance, address: Address): Promise<string> {
  try {
    return await server.listen({ host: address.host, port: address.port });
  } catch (error) {
    throw listenError(error, address);
  }
}

function listenError(cause: unknown, { host, port, settings }: Address): Error {
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
