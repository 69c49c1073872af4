import { loadPolicies, PURPOSES_FILE, policyFiles } from '../../sharing/files/load.ts';
import type { Policies } from '../../sharing/policy/policies.ts';
import type { Agreement } from '../../sharing/policy/types.ts';
import {
  type AgreementStanding,
  agreementStandingOf,
  highestWithdrawn,
  londonDay,
  withdrawnNow,
} from '../../sharing/rules/agreement.ts';
import { type FileInForce, filesInForce } from '../../store/policy-in-force.ts';
import { countingSignatures, type Signature } from '../../store/policy-signatures.ts';
import { listWithdrawals, type Withdrawal } from '../../store/withdrawals.ts';
import { type Finding, findingText } from '../../yaml/finding.ts';
import { errorLine, type PolicyCommandDeps } from './deps.ts';

/** Milliseconds after which a gateway that has said nothing counts as killed; it speaks every five minutes. */
const STOPPED_AFTER_MS = 900_000;

interface Stored {
  files: readonly FileInForce[];
  signatures: readonly Signature[];
  withdrawals: readonly Withdrawal[];
}

/**
 * `policy status`: for each agency which text is in force on which gateway and since when, its agreement and how it
 * stands, what is withdrawn, and a file that does not load. 1 where a file does not load or is not in force.
 */
export async function printPolicyStatus(deps: PolicyCommandDeps, flags: { json?: boolean }): Promise<number> {
  const catalogue = await deps.catalogue();
  const loaded = loadPolicies({ root: deps.root, agencies: catalogue });
  const policy = loaded.ok ? loaded.policies : null;
  const findings = loaded.ok ? [] : loaded.findings;
  const stored = await storedOrNull(deps);
  const now = deps.now();
  const files = policyFiles(catalogue).map((file) => fileStatus(file, policy, findings, stored, now));
  if (flags.json) deps.out(`${JSON.stringify({ version: policy?.version ?? null, files }, null, 2)}\n`);
  else for (const one of files) deps.out(textOf(one));
  return files.some(({ problems, pending }) => problems.length > 0 || pending.length > 0) ? 1 : 0;
}

async function storedOrNull(deps: PolicyCommandDeps): Promise<Stored | null> {
  try {
    const store = await deps.openStore();
    try {
      return {
        files: await filesInForce(store.db),
        signatures: await countingSignatures(store.db),
        withdrawals: await listWithdrawals(store.db),
      };
    } finally {
      await store.close();
    }
  } catch (error) {
    deps.err(`What is in force and what is withdrawn is not known: ${errorLine(error)}.\n`);
    return null;
  }
}

interface FileStatus {
  file: string;
  agency: string | null;
  /** Of the file as it stands; null where it does not load. */
  hash: string | null;
  agreement: (Agreement & { standing: AgreementStanding }) | null;
  /** Who signed the file as it stands; null where no store says. */
  signedBy: readonly string[] | null;
  /** What each gateway goes by; null where no store says. */
  inForce: readonly FileInForce[] | null;
  withdrawn: readonly Withdrawal[];
  /** What is wrong with the file as it stands, and with what a gateway refused. */
  problems: readonly string[];
  /** Running gateways that go by another text than the file as it stands. */
  pending: readonly string[];
}

function fileStatus(
  file: string,
  policy: Policies | null,
  findings: readonly Finding[],
  stored: Stored | null,
  now: Date,
): FileStatus {
  const own = [...(policy?.agencies.values() ?? [])].find((one) => one.file === file);
  const inForce = stored?.files.filter((one) => one.file === file) ?? null;
  const running = (inForce ?? []).filter(
    ({ seen, stopped }) => stopped === null && now.getTime() - seen.getTime() < STOPPED_AFTER_MS,
  );
  const hash = policy?.hashes.get(file) ?? null;
  const { id, version } = own?.agreement ?? {};
  return {
    file,
    agency: file === PURPOSES_FILE ? null : (file.split('/')[1] ?? null),
    hash,
    signedBy: stored && [
      ...new Set(
        stored.signatures
          .filter((one) => one.agency === own?.agency && one.hash === hash)
          .map(({ name }) => name),
      ),
    ],
    agreement: own && policy ? dated(own.agreement, policy, stored?.withdrawals ?? [], now) : null,
    inForce: inForce && running.length > 0 ? running : inForce,
    withdrawn: (stored?.withdrawals ?? []).filter(
      (one) => one.agreement === id && one.version >= (version ?? 0),
    ),
    problems: [
      ...findings.filter((finding) => finding.file === file).map(findingText),
      ...running.flatMap(({ host, problem, problemSince }) =>
        problem === null ? [] : [`${host} refused it at ${problemSince?.toISOString()}: ${problem}`],
      ),
    ],
    pending: hash === null ? [] : running.filter((one) => one.hash !== hash).map(({ host }) => host),
  };
}

/** An agreement with how it stands today. */
function dated(
  { id, version, from, review, end }: Agreement,
  policy: Policies,
  withdrawals: readonly Withdrawal[],
  now: Date,
): FileStatus['agreement'] {
  const agreement = { id, version, from, review, end };
  const standing = agreementStandingOf(
    agreement,
    londonDay(now) ?? '',
    withdrawnNow(policy, highestWithdrawn(withdrawals)),
  );
  return { ...agreement, standing };
}

const STANDING_WORDS: Readonly<Record<AgreementStanding, string>> = {
  NOT_BEGUN: ', which has not begun',
  IN_FORCE: '',
  REVIEW_WITHIN_90_DAYS: ', which is within 90 days',
  REVIEW_WITHIN_30_DAYS: ', which is within 30 days',
  REVIEW_TODAY: ', which is today',
  REVIEW_OVERDUE: ', which is overdue: it is in force all the same',
  ENDED: '; it has ended',
  WITHDRAWN: '',
};

/** As much of a hash as tells two texts apart at a glance. */
const short = (hash: string): string => hash.slice(0, 16);

function textOf(one: FileStatus): string {
  const { file, agency, hash, agreement, inForce, withdrawn, problems, pending } = one;
  const lines = [
    `${agency ?? 'purposes'}: ${file}`,
    ...(inForce ?? []).map(
      ({ host, hash: theirs, since, seen, stopped }) =>
        `  in force     ${short(theirs)} since ${since.toISOString()} on ${host}, ${stopped ? `stopped ${stopped.toISOString()}` : `seen ${seen.toISOString()}`}`,
    ),
    ...(inForce?.length
      ? []
      : [`  in force     no gateway has said; the file is ${hash ? short(hash) : 'not sound'}`]),
    ...(one.signedBy?.length ? [`  signed by    ${one.signedBy.join(', ')}`] : []),
    ...(agreement
      ? [
          `  agreement    ${agreement.id} version ${agreement.version}, from ${agreement.from}, review ${agreement.review}${STANDING_WORDS[agreement.standing]}`,
        ]
      : []),
    ...withdrawn.map(
      ({ version, at, by, why }) =>
        `  withdrawn    up to version ${version} since ${at.toISOString()}, by ${by}: ${why}`,
    ),
    ...problems.map((problem) => `  does not load  ${problem}; what was in force before stays`),
    ...pending.map(
      (host) =>
        `  not yet      ${host} goes by another text than the file as it stands (${short(hash ?? '')})`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
