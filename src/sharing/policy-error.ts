import { type Finding, inWords } from './policy-file/finding.ts';

/** The policy files do not load; `message` names each file, line and mistake. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly code = 'POLICY_REFUSED';
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(`The sharing policy is refused:\n${findings.map(inWords).join('\n')}`);
    this.findings = findings;
  }
}
