import { type Listener, type ListenOptions, listen } from './listen.ts';
import { HIGHEST_WITHDRAWN, WITHDRAWN_CHANNEL } from './withdrawals.ts';

export type WithdrawalListener = Listener;

/** Keeps the withdrawals known: `onChange` gets agreement id → highest version withdrawn. As `listen` does. */
export function listenForWithdrawals(
  connectionString: string,
  onChange: (withdrawals: ReadonlyMap<string, number>) => void,
  onProblem: (error: unknown) => void,
  options: ListenOptions = {},
): Listener {
  return listen<{ agreement: string; version: number }>(
    connectionString,
    {
      name: 'sightline withdrawals',
      channel: WITHDRAWN_CHANNEL,
      statement: HIGHEST_WITHDRAWN,
      onRows: (rows) => onChange(new Map(rows.map(({ agreement, version }) => [agreement, version]))),
      onProblem,
    },
    options,
  );
}
