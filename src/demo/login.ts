import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';

export const loginSchema = z.object({ user: z.string().min(1), password: z.string().min(1) });
/** A database user that the gateway signs in as. */
export type Login = z.infer<typeof loginSchema>;

export const newLogin = (user: string): Login => ({ user, password: randomBytes(24).toString('base64url') });

/** The same database by another user. */
export function addressFor(address: string, { user, password }: Login): string {
  const url = new URL(address);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  return url.href;
}

/** Makes the user, who may do nothing yet, or gives the one that is there the new password. */
export async function putLogin(admin: pg.ClientBase, { user, password }: Login): Promise<void> {
  const found = await admin.query('select from pg_roles where rolname = $1', [user]);
  const verb = found.rowCount === 0 ? 'create' : 'alter';
  const rights = 'login nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls';
  const name = pg.escapeIdentifier(user);
  await admin.query(`${verb} role ${name} with ${rights} password ${pg.escapeLiteral(password)}`);
}
