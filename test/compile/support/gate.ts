import { connect, createServer, type Server, type Socket } from 'node:net';

/** A door in front of a server that a test can shut and open again. */
export interface Gate {
  /** The same address through the gate. */
  url: string;
  shut(): Promise<void>;
  open(): Promise<void>;
  /** Ends the next connection that comes before it is heard. */
  loseNext(): void;
}

/** Stands open at first, unless told otherwise. */
export async function gateTo(url: string, { open = true } = {}): Promise<Gate> {
  const behind = new URL(url);
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;
  let losing = false;
  const listen = () =>
    new Promise<void>((resolve) => {
      server = createServer((socket) => {
        if (losing) {
          losing = false;
          socket.destroy();
          return;
        }
        const inner = connect(Number(behind.port || 5432), behind.hostname);
        for (const one of [socket, inner]) {
          sockets.add(one);
          one.on('error', () => {});
          one.on('close', () => {
            sockets.delete(one);
            socket.destroy();
            inner.destroy();
          });
        }
        socket.pipe(inner).pipe(socket);
      }).listen(port, '127.0.0.1', () => {
        const address = server?.address();
        if (typeof address === 'object' && address) port = address.port;
        resolve();
      });
    });
  const shut = () =>
    new Promise<void>((resolve) => {
      server?.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await listen();
  if (!open) await shut();
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  const loseNext = () => {
    losing = true;
  };
  return { url: through.href, shut, open: listen, loseNext };
}
