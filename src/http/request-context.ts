import type { Asked } from './asking.ts';

/** What one request carries through Apollo, made anew for each. */
export interface RequestContext {
  asked: Asked;
  /** Filled in when the operation has been executed or refused; Apollo copies the context, not this. */
  result: { noted?: Result };
}

export interface Result {
  /** The request had the text of a query, whatever is wrong with it. */
  hasQuery: boolean;
  hasData: boolean;
  /** Of its errors. */
  codes: readonly string[];
}
