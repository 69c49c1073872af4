import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { contentSecurityPolicy, type PageFile } from '../pages/page-files.ts';
import type { HttpParts } from './parts.ts';

const A_YEAR = 'public, max-age=31536000, immutable';

/** Our pages: `/`, `/graphiql` and what lies below it, and `/governance`, all from memory. */
export function serveGraphiql(
  server: FastifyInstance,
  { files, config, connectTo = () => [] }: HttpParts['graphiql'],
  publicUrl: URL | null = null,
): void {
  // Asked each time: where the issuer's endpoints are is known only once it has said so.
  const guarded = (reply: FastifyReply) =>
    reply.header('content-security-policy', contentSecurityPolicy(connectTo()));
  const prefix = publicUrl?.pathname.replace(/\/$/, '') ?? '';
  for (const [path, file] of files) {
    const forms = formsOf(file);
    server.get(path, async (request, reply) => {
      const form = forms.find(({ encoding }) => accepts(request.headers['accept-encoding'], encoding));
      const { body, encoding, etag } = form ?? (forms.at(-1) as Form);
      guarded(reply)
        .header('cache-control', file.immutable ? A_YEAR : 'no-cache')
        .header('vary', 'accept-encoding')
        .header('etag', etag);
      if (isAmong(request.headers['if-none-match'], etag)) return reply.code(304).send();
      if (encoding !== null) reply.header('content-encoding', encoding);
      return reply.type(file.contentType).send(body);
    });
  }
  server.get('/graphiql/config.json', async (_request, reply) => guarded(reply).send(config));
  // The pages' links are relative to the place without a slash behind it.
  for (const page of ['/graphiql', '/governance'])
    server.get(`${page}/`, async (_request, reply) => guarded(reply).redirect(`${prefix}${page}`, 308));
}

/** One way in which a file can be sent. */
interface Form {
  body: Buffer;
  encoding: 'br' | 'gzip' | null;
  etag: string;
}

/** From the smallest to the plain one, which everybody accepts. */
function formsOf({ body, packed }: PageFile): readonly Form[] {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 20);
  return [
    ...(packed.br ? [{ body: packed.br, encoding: 'br' as const, etag: `"${hash}-br"` }] : []),
    ...(packed.gzip ? [{ body: packed.gzip, encoding: 'gzip' as const, etag: `"${hash}-gzip"` }] : []),
    { body, encoding: null, etag: `"${hash}"` },
  ];
}

/** RFC 9110, 12.5.3. A client that says nothing, or only `*`, is sent the plain form. */
function accepts(header: string | undefined, encoding: Form['encoding']): boolean {
  if (encoding === null) return true;
  return (header ?? '').split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase());
    return name === encoding && !parameters.some((one) => /^q=0(\.0*)?$/.test(one));
  });
}

/** RFC 9110, 13.1.2: compared weakly. */
function isAmong(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
