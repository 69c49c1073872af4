import { open } from 'node:fs/promises';
import { RegisterFileError } from '../../register/errors.ts';
import type { ExportedChain, ExportReport } from '../../register/proof/verify-export.ts';
import { verifyExport } from '../../register/proof/verify-export.ts';
import { readPublicKeys } from '../../register/signing-key.ts';

export interface VerifyExportFlags {
  readonly export: string;
  /** Public keys to trust, PEM. */
  readonly key: string;
  readonly json?: boolean;
}

/**
 * `register verify --export FILE --key KEY.pub`: needs neither a store nor a data directory. 0 whole, 1 a finding.
 * @throws RegisterFileError, ExportUnreadableError, the system's errors
 */
export async function verifyExportFile(
  flags: VerifyExportFlags,
  out: (text: string) => void,
): Promise<number> {
  const keys = await readPublicKeys(flags.key);
  if (keys.length === 0) throw new RegisterFileError(flags.key, 'there is no public key');
  const report = await verifyExport(linesOf(flags.export), keys);
  out(flags.json ? `${JSON.stringify(report, null, 2)}\n` : exportReportText(report));
  return report.whole ? 0 : 1;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = await open(path).catch((cause) => {
    throw new RegisterFileError(path, 'it cannot be read', cause);
  });
  yield* file.readLines();
}

/** What an export of this kind can show when it is whole. */
const CHECKED = [
  'each head was signed by a key that you gave',
  'the register only grew from head to head: nothing that was there was changed, taken out or put between',
  'each entry stands in the register as it is shown',
  'the agency’s entries are numbered without a gap, up to the count that was signed',
];

/** What nobody can see from it. */
const NOT_CHECKED = [
  'that the gateway wrote down every disclosure: an entry that was never written is in no tree',
  'that what an entry says happened as it says',
  'chains of gateways that this file does not name: compare it with the heads that each gateway’s operator gives you',
  'what was written since the last head',
];

/** The report for people. */
function exportReportText(report: ExportReport): string {
  const { agency, from, to, chains, findings, entries, noLongerKept, whole } = report;
  const lines = [`Export of ${agency}, ${from ?? 'from the beginning'} to ${to}`, ...chains.map(chainLine)];
  for (const { kind, chain, number, detail } of findings) {
    const of = [chain === null ? '' : `chain ${chain}`, number === null ? '' : `number ${number}`];
    lines.push(`  ${[kind, ...of].filter((word) => word !== '').join('  ')}: ${detail}`);
  }
  const late = chains.filter(({ until }) => until !== null && Date.parse(until.at) < Date.parse(to));
  for (const { chain, until } of late)
    lines.push(
      `  chain ${chain} is covered until ${until?.at}: no later head was signed when this was written`,
    );
  const gone =
    noLongerKept === 0 ? '' : `, ${noLongerKept} of them no longer kept and only proved to have been there`;
  lines.push(`The export is ${whole ? '' : 'NOT '}whole. ${entries} entries looked at${gone}.`);
  lines.push('', 'Checked:', ...CHECKED.map((line) => `  - ${line}`));
  lines.push('Not checked, and not to be seen from it:', ...NOT_CHECKED.map((line) => `  - ${line}`));
  return `${lines.join('\n')}\n`;
}

function chainLine({ chain, entries, numbers, after, until }: ExportedChain): string {
  const which = numbers === null ? 'none' : `${numbers[0]} to ${numbers[1]}`;
  const begin = after === null ? 'its beginning' : `the head of ${after.size} signed ${after.at}`;
  const end =
    until === null ? 'no head that a given key signed' : `the head of ${until.size} signed ${until.at}`;
  return `chain ${chain}: ${entries} entries (numbers ${which}), from ${begin} to ${end}`;
}
