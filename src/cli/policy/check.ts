import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPolicies } from '../../sharing/files/load.ts';
import { neverTold } from '../../sharing/never-told.ts';
import type { Policies } from '../../sharing/policy/policies.ts';
import { londonDay } from '../../sharing/rules/agreement.ts';
import { findingText } from '../../yaml/finding.ts';
import { type PolicyCommandDeps, type StoredWithdrawals, withdrawalsInForce } from './deps.ts';
import { proposedFiles } from './proposed-folder.ts';

export interface PolicyCheckFlags {
  json?: boolean;
  /** Holds proposed files, as for `policy diff`. */
  folder?: string | undefined;
}

/**
 * `policy check`: 0 if every file loads, else 1 with the file and line of each mistake. Overdue reviews, sections that
 * a grant lists and nobody can ever be shown, and withdrawals in force are reported without failing: a file that shares
 * less than it says must be able to come into force.
 */
export async function checkPolicies(deps: PolicyCommandDeps, flags: PolicyCheckFlags): Promise<number> {
  const { root } = deps;
  const catalogue = await deps.catalogue();
  const { folder } = flags;
  const proposed = folder === undefined ? [] : proposedFiles(folder, catalogue);
  const texts = new Map(proposed.map(({ file, text }) => [join(root, file), text]));
  const readFile = (path: string) => texts.get(path) ?? readFileSync(path, 'utf8');
  const loaded = loadPolicies({ root, agencies: catalogue, readFile });
  const findings = loaded.ok ? [] : loaded.findings;
  const overdue = loaded.ok ? overdueReviews(loaded.policies, londonDay(deps.now())) : [];
  const never = loaded.ok ? neverTold(loaded.policies, catalogue) : [];
  const known = loaded.ok ? await withdrawalsInForce(deps, loaded.policies) : null;
  const version = loaded.ok ? loaded.policies.version : null;
  const withdrawn =
    known === null ? null : known.all.filter(({ agreement }) => known.withdrawn.has(agreement));
  if (flags.json)
    deps.out(
      `${JSON.stringify({ ok: loaded.ok, version, findings, overdue, neverTold: never, withdrawn }, null, 2)}\n`,
    );
  else if (loaded.ok)
    deps.out(
      [
        summary(loaded.policies),
        ...overdue,
        ...never.map(findingText),
        ...withdrawals(loaded.policies, known),
        '',
      ].join('\n'),
    );
  else deps.out(`${findings.map(findingText).join('\n')}\n`);
  return loaded.ok ? 0 : 1;
}

function summary({ version, agencies }: Policies): string {
  const grants = [...agencies.values()].reduce((count, { grants: all }) => count + all.length, 0);
  return `The policy is sound: ${agencies.size} agencies, ${grants} grants, version ${version}`;
}

function overdueReviews({ agencies }: Policies, today: string | null): readonly string[] {
  return [...agencies.values()]
    .filter(({ agreement }) => today !== null && agreement.review < today)
    .map(
      ({ file, agreement }) =>
        `${file}:${agreement.line}: the review of ${agreement.id} was due on ${agreement.review}`,
    );
}

function withdrawals({ agencies }: Policies, known: StoredWithdrawals | null): readonly string[] {
  return [...agencies.values()].flatMap(({ file, agreement: { id, version, line } }) => {
    const first = known?.all.find((one) => one.agreement === id && one.version >= version);
    if (!known?.withdrawn.has(id) || first === undefined) return [];
    return [
      `${file}:${line}: ${id} version ${version} is withdrawn since ${first.at.toISOString()}: ${first.why}`,
    ];
  });
}
