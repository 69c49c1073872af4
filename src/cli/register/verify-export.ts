import { open } from 'node:fs/promises';
import { RegisterFileError } from '../../register/errors.ts';
import { exportReportText } from '../../register/proof/report.ts';
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
