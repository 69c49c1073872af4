import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where a gateway keeps what belongs to its chain, outside the store. */
export interface RegisterFolder {
  readonly folder: string;
  readonly chain: string;
  readonly spool: string;
  readonly heads: string;
  readonly checkpoints: string;
  readonly forks: string;
  readonly signingKey: string;
  readonly publicKey: string;
}

export function registerFolder(dataDir: string): RegisterFolder {
  const folder = join(dataDir, 'register');
  return {
    folder,
    chain: join(folder, 'chain'),
    spool: join(folder, 'spool.log'),
    heads: join(folder, 'heads.jsonl'),
    checkpoints: join(folder, 'checkpoints.jsonl'),
    forks: join(folder, 'forks.jsonl'),
    signingKey: join(folder, 'signing-key.pem'),
    publicKey: join(folder, 'public-key.pem'),
  };
}

/** A chain has one writer. The gateway's is in the data directory; this one is for what is done at the terminal. */
export const operatorFolder = (dataDir: string): string => join(dataDir, 'operator');

/** A data directory, with the terminal's own chain in it if there ever was one: both are to be verified. */
export const withOperatorsChain = (dataDir: string): readonly string[] =>
  existsSync(registerFolder(operatorFolder(dataDir)).folder) ? [dataDir, operatorFolder(dataDir)] : [dataDir];
