import { Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../config.ts';
import { type SightlineOptions, startSightline } from '../main.ts';
import { agencyIds } from './agency-ids.ts';
import { createLog } from './log.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { welcome } from './welcome.ts';

export interface StartDeps {
  root: string;
  env: NodeJS.ProcessEnv;
  out(text: string): void;
  err(text: string): void;
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
    .addHelpText('after', `\n${SETTINGS_HELP}`)
    .action((flags: Flags) => start(deps, flags));
}

const MOST_PEOPLE = 1_000_000;
const MOST_SEEDS = 4_294_967_295;

const wholeNumber = (most: number) => (word: string) => {
  if (!/^\d+$/.test(word) || Number(word) > most)
    throw new InvalidArgumentError(`It must be a whole number up to ${most}.`);
  return Number(word);
};

async function start({ root, env, out, err }: StartDeps, { reset = false, ...amount }: Flags): Promise<void> {
  const config = readConfig(env, agencyIds(root), root);
  const log = createLog(config.logLevel);
  const now = () => new Date();
  const progress = (line: string) => out(`${line}\n`);
  const tell = (line: string) => err(`${line}\n`);
  const starting = startSightline({ config, root, reset, amount, log, progress, tell, now });
  // From the first moment on: a start that is interrupted must not leave a database behind.
  stopOnSignals(async () => (await starting).close(), log);
  const { url, operatorUrl } = await starting;
  const seconds = performance.now() / 1_000;
  log.info({ url, operatorUrl, seconds }, 'ready');
  out(welcome({ url, operatorUrl, seconds, demo: config.deployment.kind === 'demo' }));
}

const SETTINGS_HELP = `Settings come from the environment:
  HOST, PORT                      where to listen (127.0.0.1, 4000)
  OPERATOR_HOST, OPERATOR_PORT    metrics and health for operators (127.0.0.1, 4001)
  DATABASE_URL                    the gateway's own store, PostgreSQL
  <AGENCY>_DATABASE_URL           an agency's database, such as MENTAL_HEALTH_DATABASE_URL
  OIDC_ISSUER, OIDC_AUDIENCE      whose tokens are let in, and for whom they are made out
  OIDC_CLIENT_ID                  the public client for GraphiQL's sign-in
  DATA_DIR                        keys, signed heads, the demo's databases (.sightline)
  INDEX_KEY, REGISTER_SIGNING_KEY given keys in place of those made in DATA_DIR
  AGENCY_TIMEOUT_MS               for one statement of an agency (2000)
  FEED_INTERVAL_MS                between passes of the feeds to the person index
  LOG_LEVEL                       fatal, error, warn, info, debug or silent (info; warn in the demo)
With none of DATABASE_URL, <AGENCY>_DATABASE_URL and OIDC_… it is the demo, on loopback alone.

Exit codes: 0 stopped in order, 1 could not start, 2 a word on the command line is wrong.`;
