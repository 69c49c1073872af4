import type { Asked } from './asking.ts';

/** What one request carries through Apollo, made anew for each. */
export interface RequestContext {
  asked: Asked;
  /** Filled in when the operation has been executed or refused; Apollo copies the context, not this. */
  result: { hasData: boolean; codes: readonly string[] } | { hasData?: never; codes?: never };
}
