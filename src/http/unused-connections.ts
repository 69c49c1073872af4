import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Keeps account of connections on which nothing is being answered. Node closes those that have been used before; one
 * that a browser opened in advance would hold up an orderly stop for a minute. Gives a function that ends them all,
 * and from then on each as soon as its answer is out.
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
