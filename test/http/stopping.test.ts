import { connect } from 'node:net';
import pino from 'pino';
import { expect, it } from 'vitest';
import { closeServer } from '../../src/http/listen.ts';
import { createMetrics } from '../../src/http/metrics.ts';
import { buildOperator } from '../../src/http/server.ts';
import { STATUS } from './support/served-gateway.ts';

/** A listener with a question that is answered when `answer` is called. */
async function listener() {
  let answer = () => {};
  const status = async () => STATUS;
  const server = buildOperator({ metrics: createMetrics(status), status, log: pino({ level: 'silent' }) });
  const asked = new Promise<void>((resolve) => {
    server.get('/wait', () => {
      resolve();
      return new Promise((done) => {
        answer = () => done({ done: true });
      });
    });
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return { server, url, asked, answer: () => answer() };
}

it('finishes what is under way, and takes nothing new', async () => {
  const { server, url, asked, answer } = await listener();
  const response = fetch(`${url}/wait`);
  await asked;
  const closed = closeServer(server);
  await expect
    .poll(() =>
      fetch(`${url}/metrics`).then(
        () => 'taken',
        () => 'refused',
      ),
    )
    .toBe('refused');
  answer();
  expect(await (await response).json()).toEqual({ done: true });
  await closed;
});

it('cuts off what is not finished by the deadline', async () => {
  const { server, url, asked } = await listener();
  const response = fetch(`${url}/wait`).then(
    () => 'answered',
    () => 'cut off',
  );
  await asked;
  await closeServer(server, 50);
  expect(await response).toBe('cut off');
});

it('does not wait for connections that were opened in advance', async () => {
  const { server, url } = await listener();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const ended = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('connect', resolve));
  await fetch(`${url}/metrics`).then((response) => response.text());
  await closeServer(server, 30_000);
  await ended;
});
