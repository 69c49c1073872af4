import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgencyPolicy, Policies } from './policies.ts';
import type { Finding, Page } from './policy-file/finding.ts';
import { readPurposes } from './policy-file/read-purposes.ts';
import { readSharing } from './policy-file/read-sharing.ts';
import { vocabularyOf } from './policy-file/vocabulary.ts';
import { type Tree, yamlTree } from './policy-file/yaml-tree.ts';
import type { Catalogue } from './types.ts';

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

/** Reads and checks the whole policy. One finding anywhere and none of it is taken. Throws nothing. */
export function loadPolicies({ root, agencies, readFile = readText }: LoadInput): LoadResult {
  const findings: Finding[] = [];
  const hash = createHash('sha256');
  const pageOf = (file: string): Page => ({
    file,
    report: (line, message) => void findings.push({ file, line, message }),
  });
  const open = (file: string, page: Page): Tree | null => {
    const text = textOf(page, () => readFile(join(root, file)));
    if (text === null) return null;
    hash.update(`${file}\0${text.length}\0${text}`);
    return yamlTree(text, page);
  };

  const purposesPage = pageOf(PURPOSES_FILE);
  const purposesTree = open(PURPOSES_FILE, purposesPage);
  const purposes = purposesTree && readPurposes(purposesPage, purposesTree, agencies);
  const policies = new Map<string, AgencyPolicy>();
  for (const agency of agencies.agencies.values()) {
    const page = pageOf(sharingFile(agency.id));
    const tree = open(page.file, page);
    const policy = tree && purposes && readSharing(page, tree, vocabularyOf(agency, agencies, purposes));
    if (policy) policies.set(agency.id, policy);
  }

  const [first, ...rest] = findings;
  if (first) return { ok: false, findings: [first, ...rest] };
  if (!purposes)
    return { ok: false, findings: [{ file: PURPOSES_FILE, line: 1, message: 'the file is empty' }] };
  const { roles, services, organisations, reviewers } = purposes;
  const version = hash.digest('hex').slice(0, 16);
  return {
    ok: true,
    policies: {
      version,
      roles,
      services,
      organisations,
      reviewers,
      purposes: purposes.purposes,
      agencies: policies,
    },
  };
}

const readText = (path: string): string => readFileSync(path, 'utf8');

function textOf(page: Page, read: () => string): string | null {
  try {
    return read();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    page.report(
      1,
      code === 'ENOENT'
        ? 'there is no such file; every agency needs one'
        : `the file cannot be read (${code})`,
    );
    return null;
  }
}
