import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { exportLines } from '../../register/proof/export.ts';
import type { Store } from '../../store/store.ts';
import { type Operator, recordAct } from '../operator-entry.ts';

export interface ExportCommandDeps {
  openStore(): Promise<Store>;
  readonly agencies: readonly string[];
  readonly operator: Operator;
  out(text: string): void;
  /** Says why it could not be done. */
  failed(error: unknown): void;
  exit(code: number): void;
}

interface ExportFlags {
  readonly agency: string;
  readonly from?: Date;
  readonly to?: Date;
  readonly out?: string;
}

const HELP = `
The file has what that agency can be shown of its own entries, and what proves it: nothing of another agency. It goes from signed
head to signed head, so some entries may be of a little before or after. Whoever has it checks it without the store:
  npx sightline register verify --export FILE --key KEY.pub
Writing it is an entry of the register itself.

Exit codes: 0 written, 2 it could not be.`;

/** `sightline register export` */
export function exportCommand(deps: ExportCommandDeps): Command {
  return new Command('export')
    .description('Write one agency’s part of the register, with what proves it')
    .addOption(new Option('--agency <id>', 'whose entries').choices([...deps.agencies]).makeOptionMandatory())
    .option('--from <time>', 'from this day or time on (UTC); the beginning if not said', instant)
    .option('--to <time>', 'until before this day or time (UTC); now if not said', instant)
    .option('--out <file>', 'where to; the standard output if not said')
    .addHelpText('after', HELP)
    .action(async (flags: ExportFlags) => deps.exit(await write(deps, flags)));
}

async function write(deps: ExportCommandDeps, flags: ExportFlags): Promise<number> {
  const { agency, out } = flags;
  const { operator } = deps;
  try {
    const store = await deps.openStore();
    try {
      await store.ping(PING_MS);
      const from = flags.from ?? null;
      const to = flags.to ?? operator.now();
      const reason = `${from?.toISOString() ?? 'the beginning'} to ${to.toISOString()}`;
      await recordAct(operator, store, {
        kind: 'REPORT',
        section: 'register',
        agencies: [agency],
        state: 'EXPORTED',
        reason,
      });
      const lines = exportLines({ db: store.db, agency, from, to, now: operator.now });
      if (out === undefined) for await (const line of lines) deps.out(`${line}\n`);
      else await pipeline(Readable.from(withEnds(lines)), createWriteStream(out, { mode: 0o600 }));
      return 0;
    } finally {
      await store.close();
    }
  } catch (error) {
    deps.failed(error);
    return 2;
  }
}

const PING_MS = 5_000;

async function* withEnds(lines: AsyncIterable<string>) {
  for await (const line of lines) yield `${line}\n`;
}

/** A day, which begins at midnight UTC, or a time. */
export function instant(text: string): Date {
  const time = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}(T\S+(Z|[+-]\d{2}:\d{2}))?$/.test(text) || Number.isNaN(time.getTime()))
    throw new InvalidArgumentError(
      'It must be a day such as 2026-11-22 or a time such as 2026-11-22T03:00:00Z.',
    );
  return time;
}
