import type { Amount } from '../../fixtures/seed.ts';
import { agencyIds, findAdapters } from '../adapters-found.ts';
import { grantStatements } from '../compile/sql/grants.ts';
import { removeEmbedded } from '../store/embedded/remove-embedded.ts';
import { startEmbedded } from '../store/embedded/start-embedded.ts';
import { prepareDatabases } from './databases.ts';
import { AGENCIES } from './plan.ts';
import { DemoDataError } from './state.ts';

export interface Demo {
  storeUrl: string;
  agencyUrls: Record<string, string>;
  close(): Promise<void>;
}

export interface DemoOptions {
  root: string;
  dataDir: string;
  now: Date;
  /** Makes the demo's data anew. */
  reset: boolean;
  /** How many people are generated and from which seed, where that is asked for. */
  amount: Partial<Amount>;
  /** Ids of the agencies that are asked, all if not said; the data of all is made. */
  enabled?: readonly string[];
  /** Takes what is worth telling whoever started us, a line at a time. */
  progress: (line: string) => void;
  /** Takes how far long work is, a line at a time. */
  tell: (line: string) => void;
}

/**
 * Starts the embedded PostgreSQL with the demo's agencies on it.
 * @throws DataDirectoryError, EmbeddedUnsupportedError, EmbeddedStartError, DemoDataError
 */
export async function openDemo(options: DemoOptions): Promise<Demo> {
  const { root, dataDir, now, reset, amount, enabled = agencyIds(root), progress, tell } = options;
  if (reset) await removeEmbedded(dataDir);
  const adapters = new Map(
    (await findAdapters(root, AGENCIES)).map((adapter) => [adapter.id as string, adapter]),
  );
  const without = enabled.filter((agency) => !(AGENCIES as readonly string[]).includes(agency));
  if (without.length > 0)
    throw new DemoDataError(
      `The demo has no data of ${without.join(', ')}: name its seed in fixtures/seed.ts, or leave it out of ENABLED_AGENCIES`,
    );
  const server = await startEmbedded({ dataDir, log: progress });
  try {
    const { storeUrl, agencies } = await prepareDatabases(server, {
      dataDir,
      now,
      reset,
      amount,
      progress,
      tell,
      grants: (agency, login) => {
        const adapter = adapters.get(agency);
        if (!adapter) throw new Error(`There are fixtures of ${agency} and no adapter`);
        return grantStatements(adapter, login);
      },
    });
    const agencyUrls = Object.fromEntries(Object.entries(agencies).map(([agency, { url }]) => [agency, url]));
    return { storeUrl, agencyUrls, close: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
