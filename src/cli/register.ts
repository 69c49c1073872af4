import { Command } from 'commander';
import { withOperatorsChain } from '../register/data-folder.ts';
import { errorCodeOf } from '../register/errors.ts';
import { type Branch, repairRegister } from '../register/repair.ts';
import { evidenceIn } from '../register/verify/evidence.ts';
import { reportText } from '../register/verify/report.ts';
import { verifyRegister } from '../register/verify/verify-register.ts';
import type { Store } from '../store/store.ts';
import { errorMessageFor } from './known-error.ts';
import type { Operator } from './operator-entry.ts';
import { exportCommand, instant } from './register/export.ts';
import { keysText, registerKeys, rotateRegisterKeys } from './register/key.ts';
import { writeStatement } from './register/statement.ts';
import { verifyExportFile } from './register/verify-export.ts';

export interface RegisterCommandDeps {
  /** Opens the own store, with time limits for long reads. */
  openStore(): Promise<Store>;
  /** The data directory of this machine's gateway. */
  dataDir: string;
  /** REGISTER_SIGNING_KEY, null where it is the one in the data directory. */
  signingKey(): string | null;
  /** Asks whoever is at the terminal; null where there is none. */
  confirm: ((question: string) => Promise<boolean>) | null;
  /** Ids of agencies, for a name that none has. */
  agencies: readonly string[];
  operator: Operator;
  now(): Date;
  out(text: string): void;
  err(text: string): void;
  /** Called once with 0 (whole), 1 (a finding) or 2 (could not be verified). */
  exit(code: number): void;
}

interface VerifyFlags {
  readonly json?: boolean;
  readonly dataDir?: readonly string[];
  readonly publicKey?: string;
  readonly export?: string;
  readonly key?: string;
  readonly statement?: boolean;
  readonly html?: string;
  readonly from?: Date;
  readonly to?: Date;
}

/** `sightline register …` */
export function registerCommand(deps: RegisterCommandDeps): Command {
  const register = new Command('register').description('The disclosure register: who was told what of whom');
  register
    .command('verify')
    .description(
      'Check that no entry was changed, removed, added, reordered or cut off; names the first that was',
    )
    .option('--json', 'print the report as JSON')
    .option('--data-dir <folder...>', 'data directories of all gateways that write to this store', [
      deps.dataDir,
    ])
    .option('--public-key <file>', 'the key to trust (PEM) in place of the one in the data directories')
    .option('--export <file>', 'check an export instead, without the store; needs --key')
    .option('--key <file>', 'public keys of the gateways that signed the export (PEM)')
    .option('--statement', 'print a one-page statement for a board instead of the report')
    .option('--html <file>', 'write the statement as a page to print as well')
    .option('--from <time>', 'of the statement: from this day or time on (UTC)', instant)
    .option('--to <time>', 'of the statement: until this day or time (UTC)', instant)
    .addHelpText('after', '\nExit codes: 0 the register is whole, 1 it is not, 2 it could not be verified.')
    .action(async (flags: VerifyFlags) => deps.exit(await verify(deps, flags)));
  register
    .command('repair')
    .description(
      'Mend a register that two gateways wrote through one data directory; the gateways must be stopped',
    )
    .option('--data-dir <folder>', 'the data directory whose spool cannot be drained', deps.dataDir)
    .option('--yes', 'do it without asking; needed where there is no terminal')
    .addHelpText('after', REPAIR_HELP)
    .action(async (flags: RepairFlags) => deps.exit(await repair(deps, flags)));
  register
    .command('key')
    .description(
      'Print the public keys by which exports and heads of this gateway are checked, with their fingerprints',
    )
    .option('--data-dir <folder>', 'the gateway’s data directory', deps.dataDir)
    .option('--rotate', 'make new keys first; what the ones before signed is checked by them as ever')
    .addHelpText('after', KEY_HELP)
    .action(async (flags: KeyFlags) => deps.exit(await key(deps, flags)));
  const { openStore, agencies, operator, out, exit } = deps;
  const failed = (error: unknown) => deps.err(`Nothing could be exported: ${whatHappened(error)}\n`);
  register.addCommand(exportCommand({ openStore, agencies, operator, out, failed, exit }));
  return register;
}

const REPAIR_HELP = `
What waits in the spool for places that the other gateway has taken goes into a chain of its own, entry by entry as it was
recorded. Nothing in the table is changed. The next start begins a new chain, and register verify says what was mended.

Exit codes: 0 mended or nothing to mend, 1 not agreed to, 2 it could not be done, or nobody can be asked without --yes.`;

interface RepairFlags {
  readonly dataDir: string;
  readonly yes?: boolean;
}

async function repair(deps: RegisterCommandDeps, { dataDir, yes }: RepairFlags): Promise<number> {
  let code = 0;
  const agreed = async (branches: readonly Branch[]) => {
    for (const { chain, from, entries, into } of branches)
      deps.out(
        `${entries} entries wait for places of chain ${chain} from ${from} on that others have; they go to ${into}\n`,
      );
    if (yes) return true;
    if (deps.confirm === null)
      deps.err('Nothing has been changed. Without a terminal to ask at, --yes says that it is meant\n');
    code = deps.confirm === null ? 2 : 1;
    return (await deps.confirm?.('Put them into chains of their own, and begin a new one?')) ?? false;
  };
  try {
    const store = await deps.openStore();
    try {
      const key = deps.signingKey();
      const signing = key === null ? {} : { signingKey: key };
      const mended = await repairRegister({ db: store.db, dataDir, ...signing, now: deps.now, agreed });
      if (mended.length > 0) deps.out('Mended. Start the gateway, and look at it with register verify.\n');
      else if (code === 0)
        deps.out('Nothing waits for a place that others have: there is nothing to mend.\n');
      return mended.length > 0 ? 0 : code;
    } finally {
      await store.close();
    }
  } catch (error) {
    deps.err(`The register could not be mended: ${whatHappened(error)}\n`);
    return 2;
  }
}

const KEY_HELP = `
A gateway that runs takes a new key with its next head. Give everybody who checks exports or heads the new list. That the keys were
changed is an entry of the register, of every agency.

Exit codes: 0 printed, 1 the key is given in REGISTER_SIGNING_KEY, 2 there is none or it cannot be read.`;

interface KeyFlags {
  readonly dataDir: string;
  readonly rotate?: boolean;
}

async function key(deps: RegisterCommandDeps, { dataDir, rotate = false }: KeyFlags): Promise<number> {
  if (rotate && deps.signingKey() !== null) {
    deps.err('The key is given in REGISTER_SIGNING_KEY: give another there, and start the gateway again\n');
    return 1;
  }
  try {
    if (rotate) await rotateRegisterKeys(deps, dataDir);
    deps.out(keysText(await registerKeys(dataDir)));
    return 0;
  } catch (error) {
    deps.err(`${whatHappened(error)}\n`);
    return 2;
  }
}

async function verify(deps: RegisterCommandDeps, flags: VerifyFlags): Promise<number> {
  const { export: file, key, json = false } = flags;
  try {
    if (file !== undefined && key !== undefined)
      return await verifyExportFile({ export: file, key, json }, deps.out);
    if (file !== undefined || key !== undefined) {
      deps.err('--export FILE and --key KEY.pub go together: the key is what is trusted\n');
      return 2;
    }
    if (flags.statement !== true && [flags.html, flags.from, flags.to].some((flag) => flag !== undefined)) {
      deps.err('--html, --from and --to are of a --statement\n');
      return 2;
    }
    return await verifyStore(deps, flags);
  } catch (error) {
    deps.err(`The register could not be verified: ${whatHappened(error)}\n`);
    return 2;
  }
}

async function verifyStore(deps: RegisterCommandDeps, flags: VerifyFlags): Promise<number> {
  const { dataDir, now, out } = deps;
  const folders = (flags.dataDir ?? [dataDir]).flatMap(withOperatorsChain);
  const store = await deps.openStore();
  try {
    const sources = await Promise.all(folders.map((folder) => evidenceIn(folder, flags.publicKey)));
    await store.ping(PING_MS);
    const report = await verifyRegister({ db: store.db, sources, onProgress: progress(deps.err) });
    if (flags.statement) return await writeStatement({ store, sources, now: now(), out }, report, flags);
    out(flags.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    return report.whole ? 0 : 1;
  } finally {
    await store.close();
  }
}

/** A line for every so many rows, so that a large register is seen to move. */
function progress(err: (text: string) => void): (rows: number) => void {
  return (rows) => {
    if (rows % ROWS_A_LINE === 0) err(`${rows} entries read\n`);
  };
}

function whatHappened(error: unknown): string {
  return errorMessageFor(error) ?? `the store cannot be read (${errorCodeOf(error)})`;
}

const ROWS_A_LINE = 100_000;
const PING_MS = 5_000;
