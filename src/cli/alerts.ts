import { Command, InvalidArgumentError, Option } from 'commander';
import {
  ALERT_STATES,
  type AlertState,
  countAlerts,
  givenUpOf,
  listAlerts,
  sendAgain,
} from '../alerts/outbox.ts';
import { alertKey, rotateAlertKey } from '../alerts/signing-key.ts';
import type { Store } from '../store/store.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { errorMessageFor } from './known-error.ts';
import { type Operator, recordAct } from './operator-entry.ts';

export interface AlertsCommandDeps {
  openStore(): Promise<Store>;
  /** The data directory of this machine's gateway. */
  dataDir: string;
  /** ALERTS_SIGNING_KEY, null where it is the one in the data directory. */
  signingKey(): string | null;
  /** Ids of agencies, for a name that none has. */
  agencies: readonly string[];
  operator: Operator;
  out(text: string): void;
  err(text: string): void;
  exit(code: number): void;
}

interface ListFlags {
  readonly agency?: string;
  readonly state?: AlertState;
  readonly first: number;
  readonly json?: boolean;
}

/** `sightline alerts …` */
export function alertsCommand(deps: AlertsCommandDeps): Command {
  const alerts = new Command('alerts').description('Alerts to agencies’ governance: how far they are');
  alerts
    .command('list')
    .description('List alerts, the newest first; what one is about is read signed in')
    .addOption(new Option('--agency <id>', 'those of one agency').choices([...deps.agencies]))
    .addOption(new Option('--state <state>', 'those that are so far').choices([...ALERT_STATES]))
    .option('--first <count>', 'how many', wholeNumber, 50)
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExit codes: 0 none was given up, 1 some were, 2 they could not be read.')
    .action(async (flags: ListFlags) => deps.exit(await list(deps, flags)));
  alerts
    .command('resend [id]')
    .description('Put an alert that was given up back into the queue, or all of them')
    .addHelpText('after', '\nExit codes: 0 done, 1 there was none, 2 the store could not be asked.')
    .action(async (id: string | undefined) => deps.exit(await again(deps, id ?? null)));
  alerts
    .command('key')
    .description('Print the public key by which receivers check alerts, and its id')
    .option('--rotate', 'make a new key first; receivers must know it before the next alert')
    .action(async ({ rotate = false }: { rotate?: boolean }) => deps.exit(await key(deps, rotate)));
  return alerts;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1 to 99999.');
  return Number(text);
}

async function list(deps: AlertsCommandDeps, { agency, state, first, json }: ListFlags): Promise<number> {
  return withStore(deps, async (db) => {
    const rows = await listAlerts(db, { organisation: agency ?? null, state: state ?? null, first });
    const { counts } = await countAlerts(db);
    if (json) deps.out(`${JSON.stringify(rows, null, 2)}\n`);
    else {
      for (const { alert, organisation, kind, at, state: so } of rows)
        deps.out(`${alert}  ${at.toISOString()}  ${so.padEnd(9)}  ${organisation.padEnd(24)}  ${kind}\n`);
      const words = ALERT_STATES.map((one) => `${counts.get(one) ?? 0} ${WORDS[one]}`);
      deps.out(`${words.join(', ')}\n`);
    }
    return (counts.get('GIVEN_UP') ?? 0) > 0 ? 1 : 0;
  });
}

const WORDS: Readonly<Record<AlertState, string>> = {
  WAITING: 'waiting',
  SENDING: 'being sent',
  DELIVERED: 'delivered',
  GIVEN_UP: 'given up',
};

async function again(deps: AlertsCommandDeps, id: string | null): Promise<number> {
  if (id !== null && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    deps.err('That is no id of an alert: alerts list --state GIVEN_UP prints them\n');
    return 1;
  }
  return withStore(deps, async (db, store) => {
    const agencies = await givenUpOf(db, id);
    let count = 0;
    const again = async (transaction: StoreDatabase) => {
      count = await sendAgain(transaction, id);
    };
    if (agencies.length > 0)
      await recordAct(
        deps.operator,
        store,
        { ...RESENT, agencies, reason: id ?? 'all that were given up' },
        again,
      );
    deps.out(count === 0 ? 'No such alert was given up\n' : `${count} will be sent again\n`);
    return count === 0 ? 1 : 0;
  });
}

const RESENT = { kind: 'POLICY', section: 'alerts', state: 'SENT_AGAIN' } as const;
const ROTATED = { kind: 'POLICY', section: 'alerts', state: 'KEY_CHANGED' } as const;

async function key(deps: AlertsCommandDeps, rotate: boolean): Promise<number> {
  const { dataDir, signingKey, out, err } = deps;
  const given = signingKey();
  if (rotate && given !== null) {
    err('The key is given in ALERTS_SIGNING_KEY: give another there\n');
    return 1;
  }
  if (rotate) return withStore(deps, (_db, store) => rotated(deps, store));
  const now = await alertKey(dataDir, given);
  out(`${now.keyId}\n${now.publicKey}`);
  return 0;
}

/** Every agency that takes alerts must know: it is an entry of each. */
async function rotated(
  { dataDir, operator, agencies, out }: AlertsCommandDeps,
  store: Store,
): Promise<number> {
  const { before, now } = await rotateAlertKey(dataDir, (keys) =>
    recordAct(operator, store, {
      ...{ ...ROTATED, agencies },
      reason: `${keys.before?.keyId ?? 'none'} to ${keys.now.keyId}`,
    }),
  );
  if (before) out(`The key before was ${before.keyId}\n`);
  out(`${now.keyId}\n${now.publicKey}`);
  return 0;
}

async function withStore(
  deps: AlertsCommandDeps,
  work: (db: StoreDatabase, store: Store) => Promise<number>,
): Promise<number> {
  try {
    const store = await deps.openStore();
    try {
      return await work(store.db, store);
    } finally {
      await store.close();
    }
  } catch (error) {
    const known = errorMessageFor(error);
    if (known === null) throw error;
    deps.err(`${known}\n`);
    return 2;
  }
}
