/**
 * The attacker of `differencing.mjs` against a running gateway: a program of its own, that has an address, logins of analysts and
 * what it knows of each person, and nothing else. With PAIRS (10,000) there are more of them, to a gateway whose limit of counts
 * for a login is lifted: docs/counting.md has the command and what was seen.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';
import { STRATEGIES } from './differencing/pairs.ts';
import { peopleOfDistricts } from './differencing/rows.ts';

const ASKED_FOR = process.env.PAIRS;
const PAIRS = Number(ASKED_FOR ?? 64);
/** Each takes part in so many pairs that it meets its limit of a minute, and few enough for that of an hour. */
const LOGINS = 12;
const WITHOUT_LIMIT = { perMinute: 1_000_000, perHour: 1_000_000 };
const WAYS = Object.keys(STRATEGIES).length;
/** A busy machine may take its time. */
const LONG_MS = 3_600_000;
let sightline: Sightline;
let folder: string;
beforeAll(async () => {
  sightline = await startSightline(ASKED_FOR ? { cohortRate: WITHOUT_LIMIT } : {});
  folder = await mkdtemp(join(tmpdir(), 'differencing-'));
});
afterAll(async () => {
  await sightline?.close();
  await rm(folder, { recursive: true, force: true });
});

test(
  'whatever pairs of cohorts a login asks around one person, the best guess is right in 60 of 100 at most',
  async () => {
    const { targets, storeRows, policeRows } = peopleOfDistricts();
    const attacked = PAIRS < targets.length * WAYS ? targets.filter((_, at) => at % 10 < 4) : targets;
    for (const statement of storeRows) await sightline.store(statement);
    for (const statement of policeRows) await sightline.sql('police', statement);
    const tokens = await Promise.all(
      Array.from({ length: LOGINS }, (_, at) =>
        sightline.tokens.issue(personaOf('analyst', { sub: `AN${1_000 + at}` })),
      ),
    );
    const plan = join(folder, 'plan.json');
    const url = `${sightline.url}/graphql`;
    await writeFile(
      plan,
      JSON.stringify({
        ...{ url, tokens, purpose: 'service-planning', pairs: PAIRS, targets: attacked },
        ...{ perRequest: 8, atOnce: 2 },
      }),
    );
    const program = join(projectRoot(), 'test/attacks/differencing.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [program, plan]).catch((error) => {
      throw new Error(`The attacker knows too much:\n${error.stdout}${error.stderr}`);
    });
    if (ASKED_FOR) process.stdout.write(stdout);
    for (const strategy of Object.keys(STRATEGIES)) expect(stdout).toContain(`${strategy}: right in `);
    // A filter that is too large is refused; nothing else goes wrong.
    expect(stdout.replace(/^Refused with QUERY_REFUSED:.*$/m, '')).not.toMatch(/Refused with/);
    // Numbers are had: it is the pairs that tell nothing.
    expect(Number(/(\d+) of them with a number/.exec(stdout)?.[1]), stdout).toBeGreaterThan(0);
  },
  LONG_MS,
);
