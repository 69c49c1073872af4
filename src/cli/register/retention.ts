import type { Command } from 'commander';
import { type Over, runRetention } from '../../acts/retention.ts';
import { errorCodeOf } from '../../register/errors.ts';
import type { Store } from '../../store/store.ts';
import { errorMessageFor } from '../known-error.ts';
import type { Operator } from '../operator-entry.ts';

export interface RetentionDeps {
  openStore(): Promise<Store>;
  operator: Operator;
  /** Agency → how long it lets entries be kept, by the policy in force on that store. */
  periods(store: Store): Promise<ReadonlyMap<string, string>>;
  out(text: string): void;
  err(text: string): void;
  exit(code: number): void;
}

/** `sightline register retention` */
export function addRetention(register: Command, deps: RetentionDeps): void {
  register
    .command('retention')
    .description('Take out now what is over; a gateway does so once a day')
    .option('--dry-run', 'say how much is over, and change nothing')
    .addHelpText('after', HELP)
    .action(async ({ dryRun = false }: { dryRun?: boolean }) => deps.exit(await retention(deps, dryRun)));
}

const HELP = `
An entry is over when the longest period (register: retain) of the agencies that it concerns has passed; where one of them states
none, it is kept. What people wrote of an act is over twelve months after it was reviewed, answered or ended. Nothing is that is
held. What went is an entry of kind RETENTION.

Exit codes: 0 done, 2 it could not be done, or not to the end: what was done stands, and the rest can be done again.`;

async function retention(deps: RetentionDeps, dryRun: boolean): Promise<number> {
  const { operator } = deps;
  try {
    const store = await deps.openStore();
    try {
      const periods = await deps.periods(store);
      const over = await runRetention({
        ...{ store: store.db, periods, now: operator.now() },
        recordWith: dryRun ? null : (entries, act) => operator.recordWith(store, entries, act),
        by: {
          ...{ sub: `terminal:${operator.user}`, role: 'operator' },
          policyVersion: await operator.policyVersion(store),
        },
      });
      deps.out(overText(over, dryRun));
      return 0;
    } finally {
      await store.close();
    }
  } catch (error) {
    deps.err(
      `Not all that is over was taken out: ${errorMessageFor(error) ?? `the store cannot be read (${errorCodeOf(error)})`}\n`,
    );
    return 2;
  }
}

function overText({ entries, words }: Over, dryRun: boolean): string {
  const acts = Object.entries(words).map(([section, count]) => `${section} ${count}`);
  const [shrink, go] = dryRun ? ['would shrink', 'would go'] : ['shrunk', 'gone'];
  return `Entries of the register ${shrink}: ${entries}\nActs whose words ${dryRun ? go : `are ${go}`}: ${acts.join(', ') || 'none'}\n`;
}
