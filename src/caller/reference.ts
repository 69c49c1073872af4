import { requestError } from '../errors.ts';
import type { Reference } from './types.ts';

const FORM = /^([a-z][a-z0-9-]{0,63}):([\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?)$/;

/**
 * The case or incident of `Sharing-Reference`, null where there is none. `agencies` are the ids that are known.
 * Throws BAD_USER_INPUT that says the form, never the text itself.
 */
export function parseReference(text: string | null, agencies: readonly string[]): Reference | null {
  if (text === null) return null;
  const [, agency = '', value = ''] = FORM.exec(text) ?? [];
  const known = `known agencies: ${agencies.join(', ')}`;
  if (agency === '') {
    const form = '<agency>:<its own case or incident number>, of at most 64 printable characters';
    throw requestError('BAD_USER_INPUT', `Sharing-Reference must be ${form}; ${known}.`);
  }
  if (!agencies.includes(agency))
    throw requestError('BAD_USER_INPUT', `Sharing-Reference names no agency of Sightline; ${known}.`);
  return { agency, value };
}
