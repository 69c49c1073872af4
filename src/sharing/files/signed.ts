import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Finding } from '../../yaml/finding.ts';
import type { Catalogue } from '../policy/types.ts';
import { type LoadResult, loadPolicies, loadWith, sharingFile, textHash } from './load.ts';

/** Of each agency the text that was signed by as many as it takes, as the store has it. */
export interface SignedTexts {
  /** Another one whenever any of the texts is another. */
  key: string;
  texts: ReadonlyMap<string, string>;
}

/** A text on disk that loads, and waits to be signed. */
export interface WaitingText {
  agency: string;
  /** SHA-256 in hex. */
  hash: string;
  text: string;
}

export interface SignedLoad {
  loaded: LoadResult;
  waiting: readonly WaitingText[];
  /** Why texts on disk are not in force though the rest loads. */
  findings: readonly Finding[];
}

/**
 * The policy where signatures are required: of each agency the text that was signed, whatever is on disk. What is on disk and
 * is another waits. Refused as a whole where an agency has no signed text: then nothing of it was ever in force.
 */
export function loadSigned(
  { root, agencies }: { root: string; agencies: Catalogue },
  { texts }: SignedTexts,
): SignedLoad {
  const files = [...agencies.agencies.keys()].map((agency) => ({ agency, file: sharingFile(agency) }));
  const unsigned = files.filter(({ agency }) => !texts.has(agency)).map(({ file }) => NEVER_SIGNED(file));
  const [first, ...rest] = unsigned;
  if (first) return { loaded: { ok: false, findings: [first, ...rest] }, waiting: [], findings: [] };
  const signed = new Map(files.map(({ agency, file }) => [file, texts.get(agency)]));
  const loaded = loadPolicies({
    ...{ root, agencies },
    readFile: (path) => signed.get(relative(root, path)) ?? readFileSync(path, 'utf8'),
  });
  if (!loaded.ok) return { loaded, waiting: [], findings: [] };
  const waiting: WaitingText[] = [];
  const findings: Finding[] = [];
  for (const { agency, file } of files) {
    const text = onDisk(join(root, file));
    if (text === null || text === signed.get(file)) continue;
    const proposed = loadWith(loaded.policies, agencies, new Map([[file, text]]));
    if (!proposed.ok) findings.push(...proposed.findings);
    else {
      waiting.push({ agency, hash: textHash(text), text });
      findings.push({ file, line: 1, message: 'it is not signed; the text signed before stays in force' });
    }
  }
  return { loaded, waiting, findings };
}

const NEVER_SIGNED = (file: string): Finding => ({
  ...{ file, line: 1 },
  message:
    'nobody ever signed a text of it, and POLICY_SIGNATURES is required. Start without, sign each with npx sightline policy sign, and start again',
});

/** Null where there is no such file: what was signed stands without it. */
function onDisk(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
