import { z } from 'zod';
import { IDENTIFIER_SYSTEMS } from '../../adapters/contract.ts';
import { requestError } from '../errors.ts';
import type { Caller } from './types.ts';
import type { Verification } from './verify-token.ts';

/** Everything a token says of who asks, but for the role of the request. */
export type TokenHolder = Omit<Caller, 'role'>;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((value) => !CONTROL.test(value));
const claims = z.object({
  sub: text(255),
  name: text(200),
  org: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  site: text(100).nullish(),
  roles: z.array(z.string()).max(50),
  person: z.object({ system: z.enum(IDENTIFIER_SYSTEMS), value: text(64) }).nullish(),
});

/**
 * Who holds the token, from the claims of one that was verified. Roles that are not in `known` count for nothing; a
 * person by a number that identifies nobody is refused, since it would exclude the caller from nobody.
 * Throws UNAUTHENTICATED that names the claim, never its value.
 */
export function holderOf(
  payload: unknown,
  known: readonly string[],
  identifies: Verification['identifies'],
): TokenHolder {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) {
    const claim = parsed.error.issues[0]?.path.join('.') ?? '';
    throw requestError('UNAUTHENTICATED', `The token’s claim ${claim} is missing or malformed.`);
  }
  const { sub, name, org, site, person } = parsed.data;
  if (person && !identifies(person.system, person.value))
    throw requestError('UNAUTHENTICATED', `The token’s claim person is no valid ${person.system}.`);
  const roles = [...new Set(parsed.data.roles.filter((role) => known.includes(role)))];
  if (roles.length === 0) {
    const choice = `known: ${known.join(', ')}`;
    throw requestError('UNAUTHENTICATED', `The token’s claim roles names no role of Sightline; ${choice}.`);
  }
  return { sub, name, organisation: org, site: site ?? null, roles, person: person ?? null };
}
