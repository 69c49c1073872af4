import { agreementCommand } from '../../../src/cli/agreement.ts';
import type { Store } from '../../../src/store/store.ts';
import { catalogue } from '../../sharing/support/shipped-policy.ts';

const noStore = (): Promise<Store> =>
  Promise.reject(Object.assign(new Error('There is no store here'), { name: 'Away', code: 'NO_STORE' }));

/** Runs `sightline agreement …` on a project's files, and gives what it printed and its exit code. */
export async function agreement(
  root: string,
  words: readonly string[],
  {
    openStore = noStore,
    now = '2026-11-30T12:00:00Z',
  }: { openStore?: () => Promise<Store>; now?: string } = {},
) {
  const said = { out: '', err: '', code: -1 };
  const command = agreementCommand({
    ...{ root, openStore },
    catalogue: () => Promise.resolve(catalogue),
    now: () => new Date(now),
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    exit: (code) => {
      said.code = code;
    },
  });
  await command.parseAsync([...words], { from: 'user' });
  return said;
}
