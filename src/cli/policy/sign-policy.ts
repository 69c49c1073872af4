import { randomUUID } from 'node:crypto';
import { ActRefused } from '../../acts/act.ts';
import {
  type Judging,
  keySigner,
  type SignableText,
  signingOf,
  signText,
} from '../../acts/policy-signing.ts';
import type { RegisterEntry } from '../../register/entry.ts';
import { highestWithdrawn } from '../../sharing/rules/agreement.ts';
import { filesInForce } from '../../store/policy-in-force.ts';
import type { Store } from '../../store/store.ts';
import { listWithdrawals } from '../../store/withdrawals.ts';
import {
  confirmed,
  errorLine,
  type LoadedPolicy,
  loadedPolicy,
  type PolicyCommandDeps,
  requireKnown,
  UsageError,
} from './deps.ts';

/**
 * `policy sign`: signs an agency's file as it stands, by the agency's own key. Says whether it counts now or who else has to
 * sign. 0 signed, 1 not.
 * @throws PolicyError where the files do not load, UsageError
 */
export async function signAgencyFile(
  deps: PolicyCommandDeps,
  agency: string,
  flags: { yes?: boolean },
): Promise<number> {
  const loaded = await loadedPolicy(deps);
  requireKnown('agency', agency, loaded.policy.agencies.keys());
  const { file = '' } = loaded.policy.agencies.get(agency) ?? {};
  const hash = loaded.policy.hashes.get(file) ?? '';
  const text = { agency, hash, text: loaded.policy.texts.get(file) ?? '' };
  const store = await deps.openStore();
  try {
    const judging = await judgingOf(deps, store, loaded, file, hash);
    const { opensMore, missing, signatures } = await signingOf(store.db, text, judging);
    deps.out(`${file}, ${hash}\n`);
    for (const { name, at } of signatures) deps.out(`  signed by ${name} at ${at.toISOString()}\n`);
    if (missing === 0) {
      deps.out('It is signed by as many as it takes.\n');
      return 0;
    }
    deps.out(
      opensMore
        ? 'It gives more than the text signed before, or nothing was: two people sign it. policy diff says what.\n'
        : 'It gives nothing more: one signature is enough.\n',
    );
    if (!(await confirmed(deps, flags, `Sign it with the key of ${agency}?`))) return 1;
    await sign(deps, store, text, judging);
    const left = await signingOf(store.db, text, judging);
    deps.out(
      left.missing === 0
        ? 'Signed. It counts from now on.\n'
        : 'Signed. Somebody else signs it next: a governance officer, by signPolicy.\n',
    );
    return 0;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const why = error instanceof ActRefused ? error.message : errorLine(error);
    deps.err(`${why}. Nothing has been signed.\n`);
    return 1;
  } finally {
    await store.close();
  }
}

/** Where nothing was ever signed, the file counts as it stands only if a gateway goes by it. */
async function judgingOf(
  deps: PolicyCommandDeps,
  { db }: Store,
  { policy, catalogue }: LoadedPolicy,
  file: string,
  hash: string,
): Promise<Judging> {
  const files = await filesInForce(db);
  return {
    ...{ policy, catalogue, now: deps.now() },
    withdrawals: highestWithdrawn(await listWithdrawals(db)),
    isInForce: files.some((one) => one.file === file && one.hash === hash),
  };
}

async function sign(
  deps: PolicyCommandDeps,
  store: Store,
  text: SignableText,
  judging: Judging,
): Promise<void> {
  const key = await deps.policyKey(text.agency);
  const register = {
    recordWith: (...args: Parameters<Parameters<typeof signText>[0]['recordWith']>) =>
      deps.recordWith(store, ...args),
  };
  await signText(
    register,
    text,
    keySigner(key, text),
    judging,
    entryOf(deps, text, judging.policy.version, key.keyId),
  );
}

function entryOf(
  deps: PolicyCommandDeps,
  { agency, hash }: SignableText,
  policyVersion: string,
  keyId: string,
): RegisterEntry {
  const outcome = { section: 'policy', agency, state: 'SIGNED', level: null, reason: hash, asOf: null };
  return {
    ...{ requestId: randomUUID(), at: deps.now().toISOString(), kind: 'POLICY' },
    ...{ sub: `terminal:${deps.user}`, name: `key ${keyId}`, role: 'operator' },
    ...{ organisation: null, site: null, purpose: null, reference: null },
    ...{ regime: null, relationship: null, person: null, policyVersion },
    outcomes: [outcome],
  };
}
