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
  /** Counts of one request, and requests at once; one each if not said. */
  readonly perRequest?: number;
  readonly atOnce?: number;
  /** People, what is known of each, and whether the secret is true of them; as many of whom it is as of whom not. */
  readonly targets: readonly (Knowledge & { readonly isTrue: boolean })[];
}

const plan: Plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const refusals = new Map<string, number>();
const started = Date.now();
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

/** Everything that is asked, two questions of each pair; the answers come to stand beside them. */
interface Question {
  readonly where: object;
  answer: Answer;
  /** It was refused, or another in its request. */
  alone?: true;
}
interface Refusal {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string; retryAfterSeconds?: number };
}
type Counted = { people: { value: number | null } } | null;

/**
 * Asks some questions in one request, each under an alias; gives those that are still to be asked: a limit was met, or one
 * of several was refused, and the others with it.
 */
async function ask(questions: readonly Question[]): Promise<Question[]> {
  const names = questions.map((_, at) => `q${at}`);
  const declared = names.map((name) => `$${name}: CohortFilter!`).join(', ');
  const fields = names.map((name) => `${name}: cohort(where: $${name}) { people { value } }`).join(' ');
  const mine = login;
  const response = await fetch(plan.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      authorization: `Bearer ${plan.tokens[mine % plan.tokens.length]}`,
      'sharing-purpose': plan.purpose,
    },
    body: JSON.stringify({
      query: `query (${declared}) { ${fields} }`,
      variables: Object.fromEntries(questions.map(({ where }, at) => [names[at], where])),
    }),
  });
  const { data, errors = [] } = (await response.json()) as {
    data?: Record<string, Counted> | null;
    errors?: Refusal[];
  };
  let seconds = 0;
  const again = questions.filter((question, at) => {
    const counted = data?.[`q${at}`];
    if (counted) {
      question.answer = counted.people.value;
      asked += 1;
      told += question.answer === null ? 0 : 1;
      return false;
    }
    const error = errors.find(({ path }) => path?.[0] === `q${at}`) ?? errors[0];
    const { code = String(response.status), retryAfterSeconds = 0 } = error?.extensions ?? {};
    if (retryAfterSeconds === 0 && questions.length > 1) {
      question.alone = true;
      return true;
    }
    if (retryAfterSeconds === 0) {
      refusals.set(code, (refusals.get(code) ?? 0) + 1);
      return false;
    }
    if (waited === 0) console.log(`The limit is named: ${error?.message}`);
    waited += 1;
    seconds = retryAfterSeconds;
    return true;
  });
  if (seconds > 0 && login === mine) login += 1;
  // Every login has counted as often as it may: wait as long as is said.
  if (seconds > 0 && login % plan.tokens.length === 0)
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  return again;
}

const chance = chanceFrom(7);
const each = Math.ceil(plan.pairs / plan.targets.length);
const question = (filter: AttackFilter): Question => ({
  where: input(rephrased(filter, chance)),
  answer: null,
});
const pairs = Array.from({ length: each }, (_, at) => at).flatMap((at) =>
  plan.targets.map((target) => {
    const pair = pairAround(target, at, chance);
    return {
      ...{ strategy: pair.strategy, isTrue: target.isTrue },
      ...{ one: question(pair.first), other: question(pair.second) },
    };
  }),
);
const waiting = pairs.flatMap(({ one, other }) => [one, other]);
async function askOn(): Promise<void> {
  for (let batch = next(); batch.length > 0; batch = next()) waiting.unshift(...(await ask(batch)));
}
const next = () => waiting.splice(0, waiting[0]?.alone ? 1 : (plan.perRequest ?? 1));
await Promise.all(Array.from({ length: plan.atOnce ?? 1 }, askOn));
const observations = pairs.map(
  ({ strategy, isTrue, one, other }): Observation => ({
    ...{ strategy, isTrue },
    ...{ first: one.answer, second: other.answer },
  }),
);
const minutes = ((Date.now() - started) / 60_000).toFixed(1);
console.log(`${observations.length} pairs in ${minutes} minutes`);
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
