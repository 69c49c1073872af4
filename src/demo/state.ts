import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';

const loginSchema = z.object({ user: z.string().min(1), password: z.string().min(1) });
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

/** The demo's data could not be made or kept. */
export class DemoDataError extends Error {
  override readonly name = 'DemoDataError';
  readonly code = 'DEMO_DATA';
}

const FILE = 'demo.json';
/** Only our own account may read passwords. */
const OWNER_ONLY = 0o600;

const stateSchema = z.object({
  /** What the databases were made from. */
  fingerprint: z.string(),
  /** How many people were generated, and from which seed. */
  amount: z.object({ people: z.number().int(), seed: z.number().int() }),
  store: loginSchema,
  agencies: z.record(z.string(), loginSchema),
});
/** What later starts must know of databases that an earlier one made. */
export type DemoState = z.infer<typeof stateSchema>;

/** Null if no databases were made yet, or the file does not say so in words we know. */
export async function readState(dataDir: string): Promise<DemoState | null> {
  try {
    return stateSchema.parse(JSON.parse(await readFile(join(dataDir, FILE), 'utf8')));
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (absent || error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw new DemoDataError(`${join(dataDir, FILE)} cannot be read`, { cause: error });
  }
}

/** Whole or not at all: a start that is killed leaves the file as it was. */
export async function writeState(dataDir: string, state: DemoState): Promise<void> {
  const file = join(dataDir, FILE);
  try {
    await mkdir(dataDir, { recursive: true });
    await writeFile(`${file}.part`, `${JSON.stringify(state, null, 2)}\n`, { mode: OWNER_ONLY });
    await rename(`${file}.part`, file);
  } catch (cause) {
    throw new DemoDataError(`${file} cannot be written`, { cause });
  }
}
