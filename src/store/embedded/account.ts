import { userInfo } from 'node:os';
import type { ServerAccount } from './programs.ts';

const NOBODY = 65534;

const OURSELVES: ServerAccount = { prefix: [] };

/** We look like nobody to PostgreSQL, and the files on disk stay ours. */
const IN_NAMESPACE: ServerAccount = {
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
};

/**
 * Accounts the server may run under, best first. PostgreSQL refuses to run as root, and initdb refuses an
 * account without a name (containers started under a bare number).
 * @param owner who owns the cluster that is there already: only that account may open it.
 */
export function accountsFor(owner?: { uid: number; gid: number }): ServerAccount[] {
  if (process.getuid?.() !== 0) return hasName() ? [OURSELVES] : [IN_NAMESPACE, OURSELVES];
  if (owner === undefined) return [{ uid: NOBODY, gid: NOBODY, prefix: [] }, IN_NAMESPACE];
  return owner.uid === 0 ? [IN_NAMESPACE] : [{ uid: owner.uid, gid: owner.gid, prefix: [] }];
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}
