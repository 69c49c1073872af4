import { Command, InvalidArgumentError } from 'commander';
import { agencyIds } from '../adapters-found.ts';
import { readConfig } from '../config.ts';
import { type SightlineOptions, startSightline } from '../main.ts';
import { settingsHelp } from './docs/settings.ts';
import { createLog, linesAsJson } from './log.ts';
import { stopOnSignals } from './stop-on-signals.ts';

export interface StartDeps {
  root: string;
  env: NodeJS.ProcessEnv;
  out(text: string): void;
  err(text: string): void;
  /** Of the terminal that `err` goes to; null where it goes to none. */
  columns: number | null;
  /** Which of the two go to a terminal. */
  terminals: { out: boolean; err: boolean };
}

type Flags = Partial<Pick<SightlineOptions, 'reset'>> & SightlineOptions['amount'];

/** `sightline start` */
export function startCommand(deps: StartDeps): Command {
  return new Command('start')
    .description('Run the gateway: the demo if nothing is configured, else what the settings name')
    .option('--reset', 'make the demo’s data anew, and begin a new register')
    .option(
      '--people <number>',
      'of the demo, besides those of the scenarios (2000)',
      wholeNumber(MOST_PEOPLE),
    )
    .option('--seed <number>', 'from which the demo’s people are generated', wholeNumber(MOST_SEEDS))
    .addHelpText('after', `\n${HELP}`)
    .action((flags: Flags) => start(deps, flags));
}

const MOST_PEOPLE = 1_000_000;
const MOST_SEEDS = 4_294_967_295;

const wholeNumber = (most: number) => (word: string) => {
  if (!/^\d+$/.test(word) || Number(word) > most)
    throw new InvalidArgumentError(`It must be a whole number up to ${most}.`);
  return Number(word);
};

async function start(
  { root, env, columns, terminals, ...io }: StartDeps,
  { reset = false, ...amount }: Flags,
): Promise<void> {
  const config = readConfig(env, agencyIds(root), root);
  const people = config.logFormat === null ? terminals.out : config.logFormat === 'text';
  const log = createLog(config.logLevel, { people, terminal: terminals.err });
  const { out, err } = people ? io : { out: linesAsJson(), err: linesAsJson() };
  const now = () => new Date();
  const line = progressLine(err, people ? columns : null, () => performance.now());
  const progress = (said: string) => {
    line.end();
    out(`${said}\n`);
  };
  const { tell } = line;
  const starting = startSightline({ config, root, reset, amount, log, progress, tell, now });
  // From the first moment: an interrupted start must not leave a database running.
  stopOnSignals(async () => (await starting).close(), log);
  const { url, operatorUrl, ready } = await starting.finally(line.end);
  const missing = await ready.finally(line.end);
  if (missing === null) return;
  const seconds = performance.now() / 1_000;
  log.info({ url, operatorUrl, seconds, missing }, 'ready');
  out(welcome({ url, operatorUrl, seconds, missing, demo: config.deployment.kind === 'demo' }));
}

/** Milliseconds before the first line of how far long work is, where it goes to no terminal; then twice as long each time. */
const FIRST_LINE_MS = 2_000;
const CLEAR_LINE = '\r\u001b[2K';

/** How far long work is: one line that is written over on a terminal, elsewhere a few lines, ever more seldom. */
function progressLine(write: (text: string) => void, columns: number | null, now: () => number) {
  let drawn = false;
  let next = now() + FIRST_LINE_MS;
  let pause = FIRST_LINE_MS;
  return {
    tell(line: string) {
      if (columns !== null) {
        write(CLEAR_LINE + line.slice(0, columns - 1));
        drawn = true;
      } else if (now() >= next) {
        write(`${line}\n`);
        pause *= 2;
        next = now() + pause;
      }
    },
    /** Takes the terminal's line away. */
    end() {
      if (drawn) write(CLEAR_LINE);
      drawn = false;
    },
  };
}

const HELP = `${settingsHelp()}
With none of DATABASE_URL, <AGENCY>_DATABASE_URL and OIDC_… it is the demo, on loopback alone.

Exit codes: 0 stopped in order, 1 could not start, 2 a word on the command line is wrong.`;

interface Started {
  url: string;
  operatorUrl: string;
  /** Seconds since the program began. */
  seconds: number;
  /** Agencies that could not be read into the person index. */
  missing: readonly string[];
  demo: boolean;
}

/** The last lines of a start: where to click, and a first query. */
function welcome({ url, operatorUrl, seconds, missing, demo }: Started): string {
  const ready = `Sightline is ready after ${seconds.toFixed(1)} s.`;
  const places = [
    `  Find a person  ${url}/`,
    `  GraphiQL       ${url}/graphiql`,
    `  Governance     ${url}/governance`,
    `  Operators      ${operatorUrl}/metrics`,
  ];
  return [ready, ...missing.map(notRead), '', ...places, '', ...(demo ? firstQuery(url) : []), ''].join('\n');
}

const notRead = (agency: string): string =>
  `${agency} could not be read: people are not found by what only it knows, and searches say so. It is tried on.`;

/** The 3am call by curl, with nothing but curl and Node. */
function firstQuery(url: string): string[] {
  const json = "-H 'Content-Type: application/json'";
  const by = 'familyName: \\"Kerr\\", givenName: \\"Maya\\", dateOfBirth: \\"2002-03-14\\"';
  const asked = 'identity { name } crisisPlan { state whatHelps triggers }';
  const query = `{ findPeople(by: { ${by} }) { outcome people { person { ${asked} } } } }`;
  const pick = `node -pe 'JSON.parse(require("fs").readFileSync(0)).access_token'`;
  return [
    'A first query, as the response officer at the 3am call:',
    '',
    `TOKEN=$(curl -s ${url}/demo/token ${json} -d '{"persona":"response-officer"}' | ${pick})`,
    `curl -s ${url}/graphql ${json} -H "Authorization: Bearer $TOKEN" -H 'Sharing-Purpose: mental-health-crisis' -H 'Sharing-Reference: police:26/000123' -d '{"query":"${query}"}'`,
    '',
  ];
}
