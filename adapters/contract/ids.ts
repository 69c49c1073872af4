/** An agency's id as it stands in references, tokens and policies, such as `mental-health`. */
export type AgencyId = string & { readonly __brand?: 'AgencyId' };
/** An agency's own id of one person's record, as text: a nominal number, a client id. Never shown to callers. */
export type RecordId = string & { readonly __brand?: 'RecordId' };
/** A calendar date without time, `YYYY-MM-DD`. */
export type PlainDate = string;
