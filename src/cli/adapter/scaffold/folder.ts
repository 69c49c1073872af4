import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What becomes of a file: a human's is left as it is, and what would stand there now is not written. */
export type Fate = 'NEW' | 'CHANGED' | 'SAME' | 'LEFT';

const MARK = /^(?:\/\/|#|<!--) Proposed by npx sightline adapter new, (\w{12})\b.*\n/;
/** Of what is said, however a formatter lays it out. */
const digestOf = (body: string): string =>
  createHash('sha256')
    .update(body.replace(/[\s,;()]/g, ''))
    .digest('hex')
    .slice(0, 12);

/** A proposed file, which says by a digest whether somebody has changed it since. */
export function marked(file: string, body: string): string {
  const line = `Proposed by npx sightline adapter new, ${digestOf(body)}. Once you have changed it, it stays as it is.`;
  if (file.endsWith('.yaml')) return `# ${line}\n${body}`;
  return file.endsWith('.md') ? `<!-- ${line} -->\n${body}` : `// ${line}\n${body}`;
}

/** What was proposed, where nobody has touched it since; else null. */
function untouched(written: string): string | null {
  const [head = '', digest = null] = MARK.exec(written) ?? [];
  return digest === digestOf(written.slice(head.length)) ? digest : null;
}

/** Whether a folder was begun by this command: any of its files says so. */
export function isProposed(folder: string): boolean {
  return readdirSync(folder).some((file) => MARK.test(readFileSync(join(folder, file), 'utf8')));
}

/** What becomes of each of these files in the folder; with `write`, it is done. */
export function putFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
  { write }: { write: boolean },
): ReadonlyMap<string, Fate> {
  if (write) mkdirSync(folder, { recursive: true });
  return new Map(
    [...files].map(([file, text]) => {
      const path = join(folder, file);
      const before = existsSync(path) ? readFileSync(path, 'utf8') : null;
      const fate = fateOf(before, text);
      if (write && (fate === 'NEW' || fate === 'CHANGED')) writeFileSync(path, text);
      return [file, fate] as const;
    }),
  );
}

function fateOf(before: string | null, text: string): Fate {
  if (before === null) return 'NEW';
  if (before === text) return 'SAME';
  // What another command makes carries no mark, and is no human's.
  if (!MARK.test(text)) return 'CHANGED';
  const proposed = untouched(before);
  if (proposed === null) return 'LEFT';
  return proposed === untouched(text) ? 'SAME' : 'CHANGED';
}
