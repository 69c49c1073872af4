import { Command, Option } from 'commander';
import { endpointKeyFile } from '../../config/agency-settings.ts';
import { HOST_SETTINGS, readHostConfig } from '../../config/host-settings.ts';
import { hostKeyFile } from '../../host/wire/key-folder.ts';
import { startHost } from '../../main/host.ts';
import { settingLines } from '../docs/settings.ts';
import { errorMessageFor } from '../known-error.ts';
import { createLog } from '../log.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { type KeyStep, signingKeys } from './keys.ts';

export interface HostCommandDeps {
  root: string;
  env: NodeJS.ProcessEnv;
  dataDir: string;
  agencies: readonly string[];
  out(text: string): void;
  err(text: string): void;
  exit(code: number): void;
  /** Whether the error output goes to a terminal. */
  terminal: boolean;
}

/** `sightline adapter serve`: the agency's own host. */
export function serveCommand(deps: HostCommandDeps): Command {
  return new Command('serve')
    .argument('<agency>', 'id of the agency: the name of its folder in adapters/')
    .description('Run the agency’s own host: gateways ask it in place of the agency’s database')
    .addHelpText(
      'after',
      `
It decides again by the agency’s own policy files, writes its own register, and answers signed questions alone (docs/agency-host.md).
Settings come from the environment:
${settingLines(HOST_SETTINGS).join('\n')}
  <AGENCY>_DATABASE_URL    the agency’s database, as a login that may read and nothing else; its other settings as a gateway has them

Exit codes: 0 stopped in order, 1 could not start, 2 a word on the command line is wrong.`,
    )
    .action((agency: string, _flags: object, command: Command) => {
      requireKnown(deps, agency, command);
      return serve(deps, agency);
    });
}

/** `sightline adapter keys`: the keys of the two sides. */
export function keysCommand(deps: HostCommandDeps): Command {
  return new Command('keys')
    .argument('<agency>', 'id of the agency: the name of its folder in adapters/')
    .description(
      'Make the key by which a host signs its answers, or a gateway its questions, and print its public half',
    )
    .addOption(new Option('--for <side>', 'whose key').choices(['host', 'gateway']).default('host'))
    .option('--next', 'make the key that comes next as well, and print both')
    .option('--rotate', 'put the next key in the place of the one that signs')
    .addHelpText(
      'after',
      `
What is printed goes into a file of the other side: a gateway’s <AGENCY>_ENDPOINT_HOST_KEYS_FILE, a host’s GATEWAY_KEYS_FILE.
To change a key: --next here, both keys into the other side’s file, --rotate here, the new one alone into the other side’s file.

Exit codes: 0 done, 1 a key cannot be made or read, 2 a word on the command line is wrong.`,
    )
    .action(
      async (
        agency: string,
        flags: { for: 'host' | 'gateway'; next?: boolean; rotate?: boolean },
        command,
      ) => {
        requireKnown(deps, agency, command);
        if (flags.next && flags.rotate) command.error('Give --next or --rotate, not both', { exitCode: 2 });
        const step: KeyStep = flags.next ? 'PREPARE' : flags.rotate ? 'ROTATE' : 'SHOW';
        const file = (flags.for === 'host' ? hostKeyFile : endpointKeyFile)(deps.dataDir, agency);
        try {
          deps.out(await signingKeys(file, step));
          deps.exit(0);
        } catch (error) {
          const known = errorMessageFor(error);
          if (known === null) throw error;
          deps.err(`${known}\n`);
          deps.exit(1);
        }
      },
    );
}

function requireKnown({ agencies }: HostCommandDeps, agency: string, command: Command): void {
  if (!agencies.includes(agency))
    command.error(`There is no adapter ${agency}; known: ${agencies.join(', ')}`, { exitCode: 2 });
}

async function serve(deps: HostCommandDeps, agency: string): Promise<void> {
  const { root, env, agencies, dataDir, out, terminal } = deps;
  const config = readHostConfig(env, agency, agencies, dataDir);
  const log = createLog(config.logLevel, { people: terminal && config.logFormat !== 'json', terminal });
  const starting = startHost({ agency, config, root, log, now: () => new Date() });
  stopOnSignals(async () => (await starting).close(), log);
  const { url, operatorUrl } = await starting;
  log.info({ agency, url, operatorUrl }, 'ready');
  out(`The host of ${agency} is ready: ${url}, metrics at ${operatorUrl}/metrics\n`);
}
