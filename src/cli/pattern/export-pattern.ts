import { resolve } from 'node:path';
import { localWord } from '../../patterns/local-words.ts';
import { makePattern, PatternSourceError } from '../../patterns/make-pattern.ts';
import { patternYaml } from '../../patterns/pattern-yaml.ts';
import { isPatternName } from '../../patterns/read-pattern.ts';
import type { PatternCommandDeps } from '../pattern.ts';
import { loadedPolicy, requireKnown, UsageError } from '../policy/deps.ts';
import { writeWhole } from '../write-whole.ts';

export interface ExportFlags {
  purpose?: string[];
  name?: string;
  out?: string;
}

/** `pattern export`: the agreements as a pattern, on the output or in a file. */
export async function exportPattern(
  deps: PatternCommandDeps,
  agreements: readonly string[],
  { purpose: purposes = [], name: called, out }: ExportFlags,
): Promise<number> {
  const { policy, catalogue } = await loadedPolicy(deps);
  const known = new Set([...policy.agencies.values()].map(({ agreement }) => agreement.id));
  for (const agreement of agreements) requireKnown('agreement', agreement, known);
  for (const purpose of purposes) requireKnown('purpose', purpose, policy.purposes.keys());
  const name = called ?? purposes[0] ?? 'agreement';
  if (!isPatternName(name)) throw new UsageError(`--name ${name} is no name such as street-triage`);
  const pattern = makePattern({ policy, catalogue }, { name, agreements, purposes });
  if (pattern.grants.length === 0)
    throw new UsageError(
      `${agreements.join(' and ')} grant nothing at ${purposes.join(' and ') || 'any purpose'}`,
    );
  const text = patternYaml(pattern);
  const local = localWord(text, policy, catalogue);
  if (local !== null)
    throw new PatternSourceError(
      `The pattern would say "${local}", which leads to this place: nothing is written. Look for it in the name, and in conditions and gateways of law`,
    );
  const whoLetCount = [...policy.agencies.values()]
    .filter(({ agreement, aggregates }) => agreements.includes(agreement.id) && aggregates)
    .map(({ agency }) => agency);
  if (whoLetCount.length > 0)
    deps.err(
      `What analysts may count is not in the pattern (aggregates of ${whoLetCount.join(', ')}): each controller says so in its own file.\n`,
    );
  if (out === undefined) {
    deps.out(text);
    return 0;
  }
  writeWhole(resolve(out), text);
  const bodies = new Set(pattern.grants.map(({ body }) => body)).size;
  deps.out(`${out}: ${counted(pattern.grants.length, 'grant')} of ${counted(bodies, 'kind')} of body\n`);
  return 0;
}

export const counted = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? '' : 's'}`;
