import type { DocumentNode } from 'graphql';
import type { Caller, Reference } from '../../caller/types.ts';

/** Who asks, for what purpose and under which reference. */
export interface CallerRequest {
  /** Unique to the request; it stands in the register and the log. */
  requestId: string;
  caller: Caller;
  purpose: string | null;
  reference: Reference | null;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
}

/** One operation, parsed and valid against the public schema. */
export interface Operation {
  document: DocumentNode;
  operationName: string | null;
  /** As `operationVariables` reads them: checked, and with defaults filled in. */
  variables: Record<string, unknown>;
  /** `Sharing-Errors: holes`: leave what is not known to `extensions.holes` alone. */
  holesOnly: boolean;
}
