import type { FastifyInstance, FastifyReply } from 'fastify';
import { contentSecurityPolicy } from '../graphiql/content-security-policy.ts';
import type { HttpParts } from './parts.ts';

const A_YEAR = 'public, max-age=31536000, immutable';

/** `/graphiql` and what lies below it, all from memory. */
export function serveGraphiql(server: FastifyInstance, { files, config }: HttpParts['graphiql']): void {
  const policy = contentSecurityPolicy(config.oidc ? [new URL(config.oidc.issuer).origin] : []);
  const guarded = (reply: FastifyReply) => reply.header('content-security-policy', policy);
  for (const [path, { body, contentType, immutable }] of files) {
    server.get(path, async (_request, reply) =>
      guarded(reply)
        .header('cache-control', immutable ? A_YEAR : 'no-cache')
        .type(contentType)
        .send(body),
    );
  }
  server.get('/graphiql/config.json', async (_request, reply) => guarded(reply).send(config));
  // The page's links are relative to the place without a slash behind it.
  server.get('/graphiql/', async (_request, reply) => guarded(reply).redirect('/graphiql', 308));
  server.get('/', async (_request, reply) => reply.redirect('/graphiql', 302));
}
