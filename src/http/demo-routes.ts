import type { FastifyInstance } from 'fastify';
import type { DemoPersona, DemoToken } from '../pages/config.ts';
import { errorBody, sendError } from './answers.ts';
import type { DemoSignIn } from './parts.ts';

/** Signing in as one of the demo's personas, by nothing but their name. Only for the embedded loopback demo. */
export function serveDemo(server: FastifyInstance, { personas, issue }: DemoSignIn): void {
  server.get('/demo/personas', async () => personas.map(publicPersona));
  server.post('/demo/token', async (request, reply) => {
    const name = (request.body as { persona?: unknown } | null | undefined)?.persona;
    const persona = personas.find((one) => one.persona === name);
    if (!persona) {
      const known = personas.map((one) => one.persona).join(', ');
      const message = `There is no such persona. Send {"persona": "…"}; known: ${known}.`;
      return sendError(request, reply, 404, errorBody('BAD_USER_INPUT', message));
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
