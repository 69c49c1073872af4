import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, findingText } from '../../yaml/finding.ts';
import { readYaml, type YamlFile, type YamlResult } from '../../yaml/read-yaml.ts';
import type { AgencyPolicy, Policies } from '../policy/policies.ts';
import type { Catalogue } from '../policy/types.ts';
import { readPurposes } from './purposes-file.ts';
import { readSharing } from './sharing-file.ts';

export const PURPOSES_FILE = 'schema/purposes.yaml';
export const sharingFile = (agency: string) => `adapters/${agency}/sharing.yaml`;

/** Every file the policy is made of, as paths from the project's root. */
export const policyFiles = (agencies: Catalogue): readonly string[] => [
  PURPOSES_FILE,
  ...[...agencies.agencies.keys()].map(sharingFile),
];

export interface LoadInput {
  /** The project's root, above `schema/` and `adapters/`. */
  root: string;
  agencies: Catalogue;
  /** Reads a file given by absolute path, as text. */
  readFile?: (path: string) => string;
}
export type LoadResult =
  | { ok: true; policies: Policies }
  | { ok: false; findings: readonly [Finding, ...Finding[]] };

/**
 * Reads and checks the whole policy. One finding anywhere refuses all of it. While purposes.yaml has mistakes, the
 * agencies' files are not checked against its words. Throws nothing.
 */
export function loadPolicies({ root, agencies, readFile = readText }: LoadInput): LoadResult {
  const findings: Finding[] = [];
  const hash = createHash('sha256');
  const hashes = new Map<string, string>();
  const texts = new Map<string, string>();
  const open = (file: string): YamlFile | null => {
    const text = textOf(() => readFile(join(root, file)));
    if (!text.ok) {
      findings.push({ file, line: 1, message: text.message });
      return null;
    }
    hash.update(`${file}\0${text.value.length}\0${text.value}`);
    hashes.set(file, textHash(text.value));
    texts.set(file, text.value);
    return readYaml(text.value, file, { values: 'text' });
  };
  const soundOrNull = <T>(read: YamlResult<T>): T | null => {
    if (read.ok) return read.value;
    findings.push(...read.findings);
    return null;
  };

  const purposesYaml = open(PURPOSES_FILE);
  const law = purposesYaml && soundOrNull(readPurposes(PURPOSES_FILE, purposesYaml, agencies));
  const policies = new Map<string, AgencyPolicy>();
  for (const agency of agencies.agencies.values()) {
    const file = sharingFile(agency.id);
    const yaml = open(file);
    if (yaml && !law) findings.push(...yaml.problems);
    const policy = yaml && law && soundOrNull(readSharing(file, yaml, agency, agencies, law));
    if (policy) policies.set(agency.id, policy);
  }

  const [first, ...rest] = findings;
  if (first || !law) return { ok: false, findings: [first as Finding, ...rest] };
  const { indexGateways: _, ...shared } = law;
  return {
    ok: true,
    policies: { ...shared, version: hash.digest('hex').slice(0, 16), hashes, texts, agencies: policies },
  };
}

/** The policy with other texts in place of some of its files, checked as ever. `texts`: path from the project's root → text. */
export const loadWith = (
  { texts: present }: Policies,
  agencies: Catalogue,
  texts: ReadonlyMap<string, string>,
): LoadResult =>
  loadPolicies({
    root: '',
    agencies,
    readFile: (file) => texts.get(file) ?? present.get(file) ?? '',
  });

/** SHA-256 in hex of a policy file's text, as it is signed. */
export const textHash = (text: string): string => createHash('sha256').update(text).digest('hex');

const readText = (path: string): string => readFileSync(path, 'utf8');

function textOf(read: () => string): { ok: true; value: string } | { ok: false; message: string } {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    const missing = 'there is no such file; every agency needs one';
    return { ok: false, message: code === 'ENOENT' ? missing : `the file cannot be read (${code})` };
  }
}

/** The policy files do not load; `message` names each file, line and mistake. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly code = 'POLICY_REFUSED';
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(`The sharing policy is refused:\n${findings.map(findingText).join('\n')}`);
    this.findings = findings;
  }
}
