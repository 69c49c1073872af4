import { Command } from 'commander';
import { RegisterFileError } from '../register/errors.ts';
import { codeOf } from '../register/reporting.ts';
import { evidenceIn } from '../register/verify/evidence.ts';
import { reportText, type VerifyReport } from '../register/verify/report.ts';
import { verifyRegister } from '../register/verify/verify-register.ts';
import { type Store, StoreUnreachableError } from '../store/store.ts';
import { withOperatorsChain } from './operator-register.ts';

export interface RegisterCommandDeps {
  /** Opens the own store, with time limits for long reads. */
  openStore(): Promise<Store>;
  /** The data directory of this machine's gateway. */
  dataDir: string;
  out(text: string): void;
  err(text: string): void;
  /** Called once with 0 (whole), 1 (a finding) or 2 (could not be verified). */
  exit(code: number): void;
}

interface VerifyFlags {
  readonly json?: boolean;
  readonly dataDir?: readonly string[];
  readonly publicKey?: string;
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
    .addHelpText('after', '\nExit codes: 0 the register is whole, 1 it is not, 2 it could not be verified.')
    .action(async (flags: VerifyFlags) => deps.exit(await verify(deps, flags)));
  return register;
}

async function verify(deps: RegisterCommandDeps, flags: VerifyFlags): Promise<number> {
  try {
    const report = await reportOf(deps, flags);
    deps.out(flags.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    return report.whole ? 0 : 1;
  } catch (error) {
    deps.err(`The register could not be verified: ${whatHappened(error)}\n`);
    return 2;
  }
}

async function reportOf(deps: RegisterCommandDeps, flags: VerifyFlags): Promise<VerifyReport> {
  const folders = (flags.dataDir ?? [deps.dataDir]).flatMap(withOperatorsChain);
  const sources = await Promise.all(folders.map((folder) => evidenceIn(folder, flags.publicKey)));
  const store = await deps.openStore();
  try {
    await store.ping(PING_MS);
    return await verifyRegister({ db: store.db, sources, onProgress: progress(deps.err) });
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
  const plain = error instanceof RegisterFileError || error instanceof StoreUnreachableError;
  return plain ? error.message : `the store cannot be read (${codeOf(error)})`;
}

const ROWS_A_LINE = 100_000;
const PING_MS = 5_000;
