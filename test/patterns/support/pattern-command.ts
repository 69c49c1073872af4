import { patternCommand } from '../../../src/cli/pattern.ts';
import { catalogue } from '../../sharing/support/shipped-policy.ts';

export interface Said {
  out: string;
  err: string;
  code: number;
}

/** Runs `sightline pattern …` on a project's files, and gives what it printed and its exit code. */
export async function pattern(root: string, ...words: string[]): Promise<Said> {
  const said: Said = { out: '', err: '', code: -1 };
  const command = patternCommand({
    root,
    catalogue: () => Promise.resolve(catalogue),
    now: () => new Date('2026-11-30T12:00:00Z'),
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    exit: (code) => {
      said.code = code;
    },
  });
  await command.parseAsync(words, { from: 'user' });
  return said;
}
