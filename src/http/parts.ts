import type { Contact } from '../../adapters/contract.ts';
import type { Law } from '../caller/claims.ts';
import type { Verification } from '../caller/verify-token.ts';
import type { Persona } from '../demo/persona.ts';
import type { DocumentMetrics, TrustedDocuments } from '../documents/trusted-documents.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../logger.ts';
import type { PagesConfig } from '../pages/config.ts';
import type { PageFile } from '../pages/page-files.ts';

export interface DemoSignIn {
  personas: readonly Persona[];
  issue(persona: Persona): Promise<string>;
}

/** What the public listener serves, and what it needs to know for that. */
export interface HttpParts {
  gateway: Pick<Gateway, 'schema' | 'answer' | 'refuse'>;
  /** Which documents have ids, and whether others are answered. */
  documents: TrustedDocuments;
  /** Whose tokens are let in. */
  issuers: Verification['issuers'];
  /** Roles and organisations of the policy in force. */
  policy(): Pick<Law, 'roles' | 'organisations'>;
  /** Every agency's desk, for those who cannot be answered now. */
  desks(): readonly ({ agency: string } & Contact)[];
  /** Agencies whose references may be given: those with an adapter. Nobody can check any other. */
  agencies: readonly string[];
  /** Null when requests can be answered; else which part cannot, in words for anybody. */
  notReady(): Promise<string | null>;
  graphiql: {
    files: ReadonlyMap<string, PageFile>;
    config: PagesConfig;
    /** Origins that the page may speak to besides its own; none where it is left out. */
    connectTo?(): readonly string[];
  };
  /** At which address others reach this listener, behind a proxy; left out: as they ask. */
  publicUrl?: URL | null;
  /** Null outside the demo. */
  demo: DemoSignIn | null;
  /** Milliseconds in which a request must have arrived; 30 seconds where nothing is said. */
  requestTimeoutMs?: number;
  log: Logger;
  metrics: RequestMetrics;
  now(): Date;
}

export interface RequestMetrics extends DocumentMetrics {
  /** `route` is the route's pattern, `code` the first error's or OK. */
  answered(route: string, status: number, code: string, seconds: number): void;
}
