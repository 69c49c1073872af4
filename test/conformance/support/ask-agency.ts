import type { AnyAdapter } from '../../../adapters/contract.ts';
import { type Asking, askAgency as ask } from '../../../src/conformance/ask-agency.ts';
import type { TestAgency } from './agency.ts';
import { agencySdl } from './sdl.ts';

/** What one agency answers to the gateway, by the login that the gateway has, with everything released but what is said. */
export async function askAgency(
  agency: TestAgency,
  adapter: AnyAdapter,
  document: string,
  asking: Asking,
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
): Promise<any> {
  await agency.settle();
  return ask({ adapter, database: agency.database, sdl: agencySdl(adapter.id) }, document, asking);
}
