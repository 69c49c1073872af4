import type { FastifyInstance } from 'fastify';
import type { DemoPersona, DemoToken } from '../graphiql/config.ts';
import { errorBody } from './error-body.ts';
import { noteOutcome } from './outcome.ts';
import type { DemoSignIn } from './parts.ts';

/** Signing in as one of the demo's personas, by nothing but their name. Only for the embedded loopback demo. */
export function serveDemo(server: FastifyInstance, { personas, issue }: DemoSignIn): void {
  server.get('/demo/personas', async () => personas.map(publicPersona));
  server.post('/demo/token', async (request, reply) => {
    const name = (request.body as { persona?: unknown } | null | undefined)?.persona;
    const persona = personas.find((one) => one.persona === name);
    if (!persona) {
      noteOutcome(request, ['BAD_USER_INPUT']);
      const known = personas.map((one) => one.persona).join(', ');
      return reply
        .code(404)
        .send(
          errorBody('BAD_USER_INPUT', `There is no such persona. Send {"persona": "…"}; known: ${known}.`),
        );
    }
    const { purpose, reference } = persona;
    return {
      access_token: await issue(persona),
      persona: persona.persona,
      purpose,
      reference,
    } satisfies DemoToken;
  });
}

/** Without what the token says of the person behind the persona. */
function publicPersona({
  sub: _sub,
  site: _site,
  person: _person,
  ...shown
}: DemoSignIn['personas'][number]): DemoPersona {
  return shown;
}
