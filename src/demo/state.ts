import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DemoDataError } from './errors.ts';
import { loginSchema } from './login.ts';

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
