import type { JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';
import type { Persona } from '../demo/persona.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { GraphiqlConfig } from '../graphiql/config.ts';
import type { GraphiqlFile } from '../graphiql/routes.ts';

/** Whose tokens are let in. */
export interface TokenTrust {
  issuer: string;
  audience: string;
  keys: JWTVerifyGetKey;
}

export interface DemoSignIn {
  personas: readonly Persona[];
  issue(persona: Persona): Promise<string>;
}

/** What the public listener serves, and what it needs to know for that. */
export interface HttpParts {
  gateway: Pick<Gateway, 'schema' | 'answer'>;
  trust: TokenTrust;
  /** Ids of the roles that the policy in force knows. */
  roles(): readonly string[];
  /** Whose references may be given. Nobody can vouch for those of an agency that has no adapter yet: they prove nothing. */
  agencies: readonly string[];
  /** Null when requests can be answered; else which part cannot, in words for anybody. */
  notReady(): Promise<string | null>;
  graphiql: { files: ReadonlyMap<string, GraphiqlFile>; config: GraphiqlConfig };
  /** Null outside the demo. */
  demo: DemoSignIn | null;
  log: Logger;
  metrics: RequestMetrics;
  now(): Date;
}

export interface RequestMetrics {
  /** `route` is the route's pattern, `code` the first error's or OK. */
  answered(route: string, status: number, code: string, seconds: number): void;
}
