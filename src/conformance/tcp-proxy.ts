import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** Stands between the gateway and a server, so that a test can break the wire and mend it. */
export interface TcpProxy {
  /** On 127.0.0.1. */
  readonly port: number;
  /** Ends every connection and refuses new ones, as when the server has been stopped. */
  cut(): void;
  /** Lets connections through again, and those that were stalled go on. */
  restore(): void;
  /** Keeps connections open, and accepts new ones, but passes nothing on, as when the server hangs. */
  stall(): void;
  /** Passes each of the server's answers on this many milliseconds late; 0 for at once. Changed only while nothing is asked. */
  delay(ms: number): void;
  /** Ends connections once the server has had what was sent, and before its answer is passed on. */
  loseNextAnswer(): void;
  close(): Promise<void>;
}

export async function startProxy(targetHost: string, targetPort: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let late = 0;
  let mode: 'open' | 'cut' | 'stalled' | 'lose-answer' = 'open';

  function join(near: Socket): void {
    if (mode === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(targetPort, targetHost);
    track(near, far);
    track(far, near);
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      if (mode === 'lose-answer') cut();
      else if (late === 0) near.write(bytes);
      else setTimeout(() => near.destroyed || near.write(bytes), late);
    });
    if (mode === 'stalled') pause(near, far);
  }

  function track(socket: Socket, other: Socket): void {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  }

  function cut(): void {
    mode = 'cut';
    for (const socket of sockets) socket.destroy();
  }

  const server = createServer(join);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    restore: () => {
      mode = 'open';
      for (const socket of sockets) socket.resume();
    },
    stall: () => {
      mode = 'stalled';
      pause(...sockets);
    },
    delay: (ms) => {
      late = ms;
    },
    loseNextAnswer: () => {
      mode = 'lose-answer';
    },
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function pause(...sockets: readonly Socket[]): void {
  for (const socket of sockets) socket.pause();
}
