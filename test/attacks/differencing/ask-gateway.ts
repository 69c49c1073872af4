/** Asks a running gateway for pairs of cohorts around people, and says how often the best guess was right. */
import { readFileSync } from 'node:fs';
import { type Answer, bestGuesses, type Observation } from './guess.ts';
import { type AttackFilter, chanceFrom, type Knowledge, pairAround, rephrased } from './pairs.ts';

/** The file that this reads: who is attacked, under which logins. */
interface Plan {
  readonly url: string;
  /** Tokens of analysts: where one has counted as often as it may, the next goes on. */
  readonly tokens: readonly string[];
  readonly purpose: string;
  readonly pairs: number;
  /** People, what is known of each, and whether the secret is true of them; as many of whom it is as of whom not. */
  readonly targets: readonly (Knowledge & { readonly isTrue: boolean })[];
}

const plan: Plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const QUERY = 'query ($where: CohortFilter!) { cohort(where: $where) { people { value } } }';
const refusals = new Map<string, number>();
let login = 0;
let waited = 0;
let asked = 0;
let told = 0;

/** A filter as the public schema has it: `person.sex` is a condition of `person` on `sex`. */
function input(filter: AttackFilter): object {
  if ('all' in filter) return { all: filter.all.map(input) };
  if ('any' in filter) return { any: filter.any.map(input) };
  if ('not' in filter) return { not: input(filter.not) };
  const [section = '', field = ''] = filter.field.split('.');
  return { [section]: { [field]: { is: filter.value } } };
}

async function ask(filter: AttackFilter): Promise<Answer> {
  for (let tries = 0; ; tries += 1) {
    const response = await fetch(plan.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${plan.tokens[login % plan.tokens.length]}`,
        'sharing-purpose': plan.purpose,
      },
      body: JSON.stringify({ query: QUERY, variables: { where: input(filter) } }),
    });
    const { data, errors } = (await response.json()) as {
      data?: { cohort: { people: { value: number | null } } | null };
      errors?: { message: string; extensions?: { code?: string; retryAfterSeconds?: number } }[];
    };
    if (data?.cohort) {
      const { value } = data.cohort.people;
      asked += 1;
      told += value === null ? 0 : 1;
      return value;
    }
    const [error] = errors ?? [];
    const code = error?.extensions?.code ?? String(response.status);
    const seconds = error?.extensions?.retryAfterSeconds ?? Number(response.headers.get('retry-after') ?? 0);
    if (seconds > 0) {
      if (waited === 0) console.log(`The limit is named: ${error?.message}`);
      waited += 1;
      login += 1;
      // Every login has counted as often as it may: wait as long as is said.
      if (tries > 0 && tries % plan.tokens.length === 0)
        await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
      continue;
    }
    refusals.set(code, (refusals.get(code) ?? 0) + 1);
    return null;
  }
}

const observations: Observation[] = [];
const chance = chanceFrom(7);
const each = Math.ceil(plan.pairs / plan.targets.length);
for (let at = 0; at < each; at += 1)
  for (const target of plan.targets) {
    const pair = pairAround(target, at, chance);
    observations.push({
      strategy: pair.strategy,
      first: await ask(rephrased(pair.first, chance)),
      second: await ask(rephrased(pair.second, chance)),
      isTrue: target.isTrue,
    });
  }
let worst = 0;
for (const [strategy, { right, pairs, told: both }] of bestGuesses(observations)) {
  worst = Math.max(worst, right);
  console.log(
    `${strategy}: right in ${(100 * right).toFixed(0)} of 100; ${pairs} pairs, both told in ${both}`,
  );
}
console.log(
  `Best guess: right in ${(100 * worst).toFixed(0)} of 100; ${waited} times at the limit of a login`,
);
console.log(`${asked} counts were answered, ${told} of them with a number`);
for (const [code, times] of refusals) console.log(`Refused with ${code}: ${times} times`);
process.exitCode = worst <= 0.6 ? 0 : 1;
