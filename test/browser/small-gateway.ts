import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { buildSchema, execute, parse, validate } from 'graphql';
import type { PagesConfig } from '../../src/pages/config.ts';
import { contentSecurityPolicy, type PageFile } from '../../src/pages/page-files.ts';
import {
  agencies,
  examples,
  holesFor,
  personas,
  purposes,
  purposesOf,
  root,
  typeDefs,
} from './small-world.ts';

/** What a query carried to the gateway. */
export type SeenHeaders = Record<string, string | undefined>;

export interface SmallGateway {
  url: string;
  /** The headers of every query that was let in, but not of those for the schema. */
  seen: SeenHeaders[];
  /** Lets a token in, as if an issuer had signed it. */
  trust(token: string): void;
  /** From now on every token that was given is refused. */
  endTokens(): void;
  tokensGiven(): number;
  /** From now on every answer but the schema's takes this many milliseconds. */
  delayAnswers(milliseconds: number): void;
  /** From now on nobody is given a token. */
  giveNoTokens(): void;
  close(): Promise<void>;
}

interface Query {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

/** A gateway with the page's own files and the endpoints the page speaks to, on a free port of loopback. */
export async function startSmallGateway(
  files: ReadonlyMap<string, PageFile>,
  oidc: PagesConfig['oidc'] = null,
): Promise<SmallGateway> {
  const server = Fastify();
  const tokens = new Map<string, string>();
  const seen: SeenHeaders[] = [];
  let given = 0;
  let broken = false;
  let delay = 0;
  servePage(server, files, {
    demo: oidc === null,
    oidc,
    examples,
    purposes,
    purposesOf,
    idleLockMinutes: 15,
    agencies,
  });
  server.get('/demo/personas', async () => personas);
  server.post<{ Body: { persona: string } }>('/demo/token', async ({ body }, reply) => {
    const persona = personas.find((each) => each.persona === body.persona);
    if (broken) return reply.code(500).send({});
    if (!persona) return reply.code(400).send({ error: 'unknown persona' });
    const token = randomUUID();
    tokens.set(token, persona.persona);
    given += 1;
    return {
      access_token: token,
      persona: persona.persona,
      purpose: persona.purpose,
      reference: persona.reference,
    };
  });
  const schema = buildSchema(typeDefs);
  server.post<{ Body: Query }>('/graphql', async ({ headers, body }, reply) => {
    const role = tokens.get(headers.authorization?.replace('Bearer ', '') ?? '');
    if (!role) return reply.code(401).send({ errors: [{ message: 'Sign in again' }] });
    const document = parse(body.query);
    const errors = validate(schema, document);
    if (errors.length > 0) return reply.code(400).send({ errors });
    const { variables: variableValues, operationName } = body;
    const result = await execute({ schema, document, variableValues, operationName, rootValue: root(role) });
    if (operationName === 'IntrospectionQuery') return result;
    seen.push(headers as SeenHeaders);
    await setTimeout(delay);
    return { ...result, extensions: { holes: holesFor(role) } };
  });
  return {
    url: await server.listen({ host: '127.0.0.1', port: 0 }),
    seen,
    trust: (token) => void tokens.set(token, 'triage-nurse'),
    endTokens: () => tokens.clear(),
    tokensGiven: () => given,
    delayAnswers(milliseconds) {
      delay = milliseconds;
    },
    giveNoTokens() {
      broken = true;
    },
    close: () => server.close(),
  };
}

function servePage(server: FastifyInstance, files: ReadonlyMap<string, PageFile>, config: PagesConfig): void {
  const policy = contentSecurityPolicy(config.oidc ? [new URL(config.oidc.issuer).origin] : []);
  for (const [path, { body, contentType }] of files) {
    server.get(path, async (_request, reply) =>
      reply.header('content-security-policy', policy).type(contentType).send(body),
    );
  }
  server.get('/graphiql/config.json', async () => config);
}
