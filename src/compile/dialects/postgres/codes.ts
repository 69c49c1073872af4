import type { FailureCodes } from '../failure-codes.ts';

/** PostgreSQL's own: PostgreSQL 18, appendix A. */
export const codes: FailureCodes = {
  /** Five letters and digits; the system's own EPIPE has no digit. */
  answered: /^(?=.*\d)[0-9A-Z]{5}$/,
  /** Class 08, what an administrator does, too many clients, login refused, no such database. */
  serverTrouble: /^(08|57P|53|28|3D)/,
  starting: /^57P03$/,
  cancelled: /^57014$/,
  words: {
    '28P01': 'its database refuses the login or the password',
    '28000': 'its database does not let this login in from here',
    '3D000': 'its server has no database of this name',
    '42501': 'the login may not read what the adapter reads',
    '42P01': 'a table that the adapter reads is not there; its address can name the schema, as ?schema=care',
    '42703': 'a column that the adapter reads is not there',
    '53300': 'its server has no connection left',
    '57P01': 'its server ended the connection',
    '57P03': 'its server is starting or shutting down',
    '57014': 'it did not answer in time',
  },
};
