import { Agent, request } from 'node:http';
import type { Ready } from './setting.ts';

const CONNECTIONS = Number(process.env.BENCH_CONNECTIONS ?? 16);

/** A server under load. Each question counts the requests answered and the time they took, over all its turns. */
export class Target {
  readonly #ready: Ready;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

  constructor(ready: Ready) {
    this.#ready = ready;
  }

  /** Throws where the answer is not 200. */
  ask(body: string): Promise<string> {
    const { url, headers } = this.#ready;
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          method: 'POST',
          agent: this.#agent,
          headers: {
            ...headers,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            if (response.statusCode === 200) resolve(text);
            else reject(new Error(`${response.statusCode}: ${text.slice(0, 500)}`));
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Requests answered per second, asked over all connections at once for so many milliseconds. */
  async load(
    body: string,
    milliseconds: number,
    signal: AbortSignal,
  ): Promise<{ requests: number; seconds: number }> {
    const began = performance.now();
    let requests = 0;
    const connection = async () => {
      while (performance.now() - began < milliseconds) {
        signal.throwIfAborted();
        await this.ask(body);
        requests += 1;
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, connection));
    return { requests, seconds: (performance.now() - began) / 1_000 };
  }

  close(): void {
    this.#agent.destroy();
  }
}
