import { codeOf, failureWords, isTimeout } from '../../../compile/dialects/failure.ts';
import { AgencyUnavailableError } from '../../../compile/run/errors.ts';
import { batches, statements, strangeKeys, values } from './answers.ts';
import { columns } from './columns.ts';
import { changes, feed, references } from './feed.ts';
import type { CheckReport, CheckResult } from './report.ts';
import { rights } from './rights.ts';
import type { Check, Found, Source } from './source.ts';
import { cancellation, readOnly, wire } from './wire.ts';
import { words } from './words.ts';

/** Whether it can be reached at all, as this login and with a session that is ours; else nothing more is tried. */
const reachable: Check = {
  id: 'reach',
  name: 'reachable',
  async run({ db, sql }) {
    return { says: await sql.version(db) };
  },
};

/** In the order in which an engineer mends what they find. */
const CHECKS: readonly Check[] = [
  ...[reachable, rights, columns, readOnly, words, feed, changes, references],
  ...[batches, statements, values, strangeKeys, cancellation, wire],
];

export interface CheckRun {
  /** Where, for people. */
  at: string;
  /** Ids of the checks to try, beside whether it can be reached; null for all. */
  only: readonly string[] | null;
  progress(line: string): void;
}

/** A check was asked for that there is not. */
export class UnknownCheckError extends Error {
  override readonly name = 'UnknownCheckError';
  readonly code = 'UNKNOWN_CHECK';
}

/** The ids in a list divided by commas. Throws UnknownCheckError for one that no check has. */
export function checksNamed(list: string): readonly string[] {
  const known = CHECKS.map(({ id }) => id);
  const named = list.split(/[\s,]+/).filter((id) => id !== '');
  const unknown = named.find((id) => !known.includes(id));
  if (unknown !== undefined)
    throw new UnknownCheckError(`--only: there is no check ${unknown}. There are ${known.join(', ')}`);
  return named;
}

/** Checks an agency's real system. What a check throws fails it, and stops no other; where it is out of reach the others are not tried. */
export async function runChecks(source: Source, { at, only, progress }: CheckRun): Promise<CheckReport> {
  const results: CheckResult[] = [];
  for (const check of CHECKS.filter(({ id }) => only === null || id === reachable.id || only.includes(id))) {
    const away = results[0]?.outcome === 'FAILED' ? 'it cannot be reached' : null;
    const skipped = away ?? check.skipped?.(source) ?? null;
    if (skipped === null) progress(`${check.name} …\n`);
    const began = performance.now();
    const result = skipped === null ? await outcomeOf(check, source) : SKIP(skipped);
    results.push({ name: check.name, ...result, seconds: (performance.now() - began) / 1000 });
  }
  return { agency: source.adapter.id, at, results };
}

const SKIP = (says: string) => ({ outcome: 'SKIPPED', says, findings: [] }) as const;

async function outcomeOf(check: Check, source: Source): Promise<Omit<CheckResult, 'name' | 'seconds'>> {
  try {
    const { failed = [], warned = [], says = '' }: Found = await check.run(source);
    if (failed.length > 0)
      return { outcome: 'FAILED', says: foundWords(failed.length), findings: [...failed, ...warned] };
    if (warned.length > 0) return { outcome: 'WARNED', says: 'nothing fails; to look at:', findings: warned };
    return { outcome: 'PASSED', says, findings: [] };
  } catch (error) {
    return { outcome: 'FAILED', says: 'it stopped:', findings: [whyNot(error)] };
  }
}

const foundWords = (many: number): string => (many === 1 ? 'one thing fails:' : `${many} things fail:`);

/** What stopped a check, and in which step: a database's own message may repeat what stands in a row, and is not told. */
function whyNot(error: unknown): string {
  const cause = error instanceof AgencyUnavailableError && error.cause !== undefined ? error.cause : error;
  const code = codeOf(cause);
  const known = error instanceof AgencyUnavailableError || code !== null || isTimeout(cause);
  const why = known ? failureWords(cause) : cause instanceof Error ? cause.message : String(cause);
  const byCode = STEPS.find(([form]) => code !== null && form.test(code))?.[1];
  const step = byCode ?? (known && why.includes('TLS') ? 'TLS' : undefined);
  return `${step ? `${step}: ` : ''}${why}${code === null ? '' : ` (${code})`}`;
}

/** Which step on the way into a database a code is of. */
const STEPS: readonly (readonly [RegExp, string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'DNS'],
  [/^(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET|EPIPE)$/, 'network'],
  [/CERT|SIGNATURE|^ERR_(TLS|SSL)|^EPROTO$/, 'TLS'],
  [/^28/, 'password'],
  [/^3D/, 'database'],
  [/^(42501|ER_\w*ACCESS_DENIED\w*)$/, 'rights'],
  [/^SESSION_REFUSED$/, 'session'],
];
