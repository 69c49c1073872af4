import { loadPolicies } from '../../sharing/load.ts';
import { londonDay } from '../../sharing/london-day.ts';
import type { Policies } from '../../sharing/policies.ts';
import { inWords } from '../../sharing/policy-file/finding.ts';
import type { PolicyCommandDeps } from './deps.ts';

/** `policy check`: 0 when every file loads, else 1 with each mistake's file and line. Overdue reviews are told, not failed. */
export async function check(deps: PolicyCommandDeps, flags: { json?: boolean }): Promise<number> {
  const loaded = loadPolicies({ root: deps.root, agencies: await deps.catalogue() });
  const findings = loaded.ok ? [] : loaded.findings;
  const overdue = loaded.ok ? overdueReviews(loaded.policies, londonDay(deps.now())) : [];
  const version = loaded.ok ? loaded.policies.version : null;
  if (flags.json) deps.out(`${JSON.stringify({ ok: loaded.ok, version, findings, overdue }, null, 2)}\n`);
  else if (loaded.ok) deps.out([summary(loaded.policies), ...overdue, ''].join('\n'));
  else deps.out(`${findings.map(inWords).join('\n')}\n`);
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
