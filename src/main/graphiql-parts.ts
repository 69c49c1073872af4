import type { Logger } from 'pino';
import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import type { GraphiqlConfig } from '../graphiql/config.ts';
import { EXAMPLES } from '../graphiql/examples.ts';
import { type GraphiqlFile, GraphiqlFilesError, graphiqlFiles } from '../graphiql/routes.ts';
import type { HttpParts } from '../http/parts.ts';

/** GraphiQL's files and what its page asks for. Where it was not bundled the gateway answers without it, and says so. */
export function graphiqlParts(
  folder: string,
  { agencies, policies }: App,
  { deployment }: Config,
  log: Logger,
): HttpParts['graphiql'] {
  const config: GraphiqlConfig = {
    demo: deployment.kind === 'demo',
    oidc: deployment.kind === 'demo' ? null : clientOf(deployment.oidc),
    examples: deployment.kind === 'demo' ? EXAMPLES : [],
    purposes: [...policies().purposes.keys()],
    agencies: Object.fromEntries(agencies.ids.map((id) => [id, agencies.get(id).adapter.name])),
  };
  return { config, files: filesIn(folder, log) };
}

function clientOf({ issuer, clientId }: { issuer: string; clientId: string | null }): GraphiqlConfig['oidc'] {
  return clientId === null ? null : { issuer, clientId, scope: 'openid' };
}

function filesIn(folder: string, log: Logger): ReadonlyMap<string, GraphiqlFile> {
  try {
    return graphiqlFiles(folder);
  } catch (error) {
    if (!(error instanceof GraphiqlFilesError)) throw error;
    log.warn({ problem: error.message }, 'GraphiQL is not served');
    return new Map();
  }
}
