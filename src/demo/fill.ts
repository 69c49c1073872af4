import type { World } from '../../fixtures/model.ts';
import { type Amount, demoWorld } from '../../fixtures/seed.ts';
import { type AgencyBeingMade, type AgencyDatabase, beginAgencyDatabase } from './agency-database.ts';
import { progressOf } from './progress.ts';

/**
 * Makes the agencies' databases beside each other and writes the same part of the people to each before the next, so
 * that memory holds one part, however many people there are.
 * @throws DemoDataError naming the first agency that failed
 */
export async function makeAgencyDatabases(
  url: (database: string) => string,
  agencies: readonly AgencyDatabase<World>[],
  amount: Amount,
  tell: (line: string) => void,
): Promise<void> {
  const making: AgencyBeingMade<World>[] = [];
  try {
    await each(agencies, async (agency) => void making.push(await beginAgencyDatabase(url, agency)));
    const written = progressOf(amount.people, 'people written', tell);
    for (const part of demoWorld(amount)) {
      await each(making, (one) => one.fill(part));
      written(part.people.length);
    }
    await each(making, (one) => one.finish());
  } finally {
    await Promise.all(making.map((one) => one.close()));
  }
}

/** Each is let to its end, so that a start that fails leaves nothing under way for the next to meet. */
async function each<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const outcomes = await Promise.allSettled(all.map(work));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
