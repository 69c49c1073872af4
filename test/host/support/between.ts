import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { openTransport } from '../../../src/host/gateway/transport.ts';
import { type SigningKey, signingKeyIn } from '../../../src/host/wire/key-files.ts';
import { parsedJson, type SignedMessage, signAnswer } from '../../../src/host/wire/signing.ts';
import { newSigningKey } from '../../../src/register/signing-key.ts';
import { tlsFile } from './host-process.ts';

/** The private key in a file. */
export const keyIn = (file: string): SigningKey => signingKeyIn(file, readFileSync(file, 'utf8'));

/** A key that nobody was told of. */
export const unknownKey = (): SigningKey => signingKeyIn('a new key', newSigningKey());

/** Changes the body of an answer to people, parsed; null leaves it as it is. */
// biome-ignore lint/suspicious/noExplicitAny: whatever a host could say
export type Lie = ((results: any) => void) | null;

/** Stands at the address of a host and passes everything on; while it has a lie, it changes answers, and signs them by the key it has. */
export interface Between {
  url: string;
  /** Questions that came, as they came. */
  questions: string[];
  lie: Lie;
  /** By which key changed answers are signed; null leaves the host's own signature, which is then of another body. */
  signs: SigningKey | null;
  close(): Promise<void>;
}

export async function between(agency: string, hostUrl: string): Promise<Between> {
  const transport = openTransport({
    ...{ url: hostUrl, caFile: tlsFile('authority.pem'), certFile: null, certKeyFile: null },
  });
  const tls = {
    cert: readFileSync(tlsFile('here.pem')),
    key: createPrivateKey(readFileSync(tlsFile('here.key'))),
  };
  const pem = tls.key.export({ type: 'pkcs8', format: 'pem' });
  const server = createServer({ cert: tls.cert, key: pem }, async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const question = Buffer.concat(parts).toString('utf8');
    here.questions.push(question);
    try {
      const answer = await transport.post(question, new AbortController().signal);
      response.end(await changed(question, answer));
    } catch {
      response.destroy();
    }
  });
  const changed = async (question: string, answer: string): Promise<string> => {
    const { signature, body } = parsedJson(answer) as SignedMessage;
    const said = parsedJson(body) as { results?: unknown } | undefined;
    if (!here.lie || !said?.results) return answer;
    here.lie(said.results);
    const text = JSON.stringify(said);
    if (here.signs === null) return JSON.stringify({ signature, body: text });
    return signAnswer(agency, question, { body: text, refused: null }, here.signs, new Date());
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const here: Between = {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ questions: [], lie: null, signs: null },
    async close() {
      transport.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return here;
}
