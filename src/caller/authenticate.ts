import { requestError } from '../errors.ts';
import { chooseRole } from './roles.ts';
import type { Caller } from './types.ts';
import { type Verification, verifyToken } from './verify-token.ts';

const BEARER = /^Bearer +([\w~+/.-]+=*) *$/i;

/**
 * Who asks: `authorization` as the client gave it, `role` the one it asks in, if it says.
 * Throws UNAUTHENTICATED with the reason, or BAD_USER_INPUT for the role.
 */
export async function authenticate(
  authorization: string | null,
  role: string | null,
  verification: Verification,
): Promise<Caller> {
  if (authorization === null)
    throw requestError('UNAUTHENTICATED', 'Say who you are: Authorization: Bearer <token>.');
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw requestError('UNAUTHENTICATED', 'Authorization must be: Bearer <token>.');
  const holder = await verifyToken(token, verification);
  return { ...holder, role: chooseRole(holder.roles, role) };
}
