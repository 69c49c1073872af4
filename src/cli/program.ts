import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { policyKey } from '../acts/policy-key.ts';
import { agencyIds, findAdapters } from '../adapters-found.ts';
import { loadAgencies } from '../app/open-agencies.ts';
import { agencySetting, enabledAgencies } from '../config/agency-settings.ts';
import { misspeltSettings } from '../config/misspelt.ts';
import { throwAll } from '../config/setting-error.ts';
import { databaseUrl, optionalText, policySignatures, publicAddress, settingOf } from '../config/settings.ts';
import { dataDirOf, readConfig, readIssuers } from '../config.ts';
import { pageDocuments } from '../pages/page-documents.ts';
import { loadKeys } from '../person-index/records/keys.ts';
import { projectRoot } from '../project-root.ts';
import { registerPeriods } from '../sharing/policy/policies.ts';
import type { Store } from '../store/store.ts';
import { adapterCommand } from './adapter.ts';
import { agreementCommand } from './agreement.ts';
import { alertsCommand } from './alerts.ts';
import { checkCommand } from './check.ts';
import { openCommandStore } from './databases.ts';
import { docsCommand } from './docs.ts';
import { documentsCommand } from './documents.ts';
import { indexKeyCommand } from './index/key.ts';
import { indexCommand } from './index-command.ts';
import { createLog } from './log.ts';
import { openIndex } from './open-index.ts';
import type { Operator } from './operator-entry.ts';
import { actFromTerminal, recordFromTerminal } from './operator-register.ts';
import { patternCommand } from './pattern.ts';
import { loadedPolicy, policyInForce } from './policy/deps.ts';
import { policyCommand } from './policy.ts';
import { addHold } from './register/hold.ts';
import { addReports } from './register/report.ts';
import { addRetention } from './register/retention.ts';
import { addSubjectAccess } from './register/subject-access.ts';
import { registerCommand } from './register.ts';
import { samplesCommand } from './samples.ts';
import { startCommand } from './start.ts';

const { env } = process;

/** `sightline`: every command, over the settings of this process. */
export function program(): Command {
  const root = projectRoot();
  const dataDir = dataDirOf(env, root);
  const io = {
    out: (text: string) => void process.stdout.write(text),
    err: (text: string) => void process.stderr.write(text),
    exit: (code: number) => {
      process.exitCode = code;
    },
  };
  const columns = process.stderr.isTTY ? process.stderr.columns : null;
  // Settings are read when a command needs them: to verify a register, only the store must be named.
  const storeUrl = () => {
    throwAll(misspeltSettings(env, agencyIds(root)));
    return settingOf(env, 'DATABASE_URL', databaseUrl.nullable().default(null));
  };
  const openStore = async () => openCommandStore(storeUrl(), dataDir);
  const openIndexed = async () => openIndex(readConfig(env, agencyIds(root), root), root);
  const signingKey = () => settingOf(env, 'REGISTER_SIGNING_KEY', optionalText);
  const now = () => new Date();
  const confirm = process.stdin.isTTY && process.stderr.isTTY ? confirmAtTerminal : null;
  const terminal = ({ db }: Store) => ({
    ...{ db, dataDir, registerSigningKey: signingKey(), log: createLog('error'), now },
  });
  const record: Operator['record'] = (store, entries) => recordFromTerminal(terminal(store), entries);
  const { username: user } = userInfo();
  // Policy commands cover the agencies that a gateway with these settings has.
  const enabled = () => enabledAgencies(env, agencyIds(root));
  const adapters = () => findAdapters(root, enabled());
  const catalogue = async () => (await loadAgencies(root, enabled())).catalogue;
  const signaturesRequired = () => settingOf(env, 'POLICY_SIGNATURES', policySignatures) === 'required';
  const inForce = (store: Store) => policyInForce({ root, catalogue, signaturesRequired }, store);
  const operator: Operator = {
    ...{ user, now, record },
    recordWith: (store, entries, act) => actFromTerminal(terminal(store), entries, act),
    policyVersion: async (store) => {
      const policy = await inForce(store).catch(() => null);
      return policy?.version ?? 'none loads';
    },
  };
  const registerAndReports = registerCommand({
    ...{ ...io, openStore, dataDir, signingKey, confirm, now },
    ...{ agencies: agencyIds(root), operator },
  });
  addReports(registerAndReports, { ...io, openStore, operator });
  addSubjectAccess(registerAndReports, {
    ...{ ...io, openStore, agencies: agencyIds(root), operator },
    indexKeys: () =>
      loadKeys({
        dataDir,
        env: settingOf(env, 'INDEX_KEY', optionalText) ?? undefined,
        previousEnv: settingOf(env, 'INDEX_KEY_PREVIOUS', optionalText) ?? undefined,
      }),
    letterWords: async () => {
      const { policy } = await loadedPolicy({ root, catalogue });
      const known = (await adapters()).map((adapter) => [adapter.id, adapter] as const);
      return { agencies: new Map(known), roles: policy.roles, purposes: policy.purposes };
    },
  });
  addHold(registerAndReports, { ...io, openStore, operator, agencies: agencyIds(root) });
  addRetention(registerAndReports, {
    ...{ ...io, openStore, operator },
    periods: async (store) => registerPeriods(await inForce(store)),
  });
  const sightline = new Command('sightline')
    .description('Public services see one person together, without a shared database')
    .addCommand(
      startCommand({
        ...{ root, env, out: io.out, err: io.err, columns },
        terminals: { out: process.stdout.isTTY === true, err: process.stderr.isTTY === true },
      }),
    )
    .addCommand(
      policyCommand({
        ...io,
        root,
        catalogue,
        adapters,
        openStore,
        record,
        recordWith: (store, ...act) => actFromTerminal(terminal(store), ...act),
        policyKey: (agency) => {
          const setting = agencySetting(agency, 'POLICY_SIGNING_KEY');
          return policyKey(dataDir, agency, settingOf(env, setting, optionalText), setting);
        },
        confirm,
        now,
        user,
      }),
    )
    .addCommand(patternCommand({ ...io, root, catalogue, now }))
    .addCommand(agreementCommand({ ...io, root, catalogue, openStore, now }))
    .addCommand(
      adapterCommand({
        ...{ ...io, root, env, dataDir, agencies: agencyIds(root), catalogue, now },
        terminal: process.stderr.isTTY === true,
      }),
    )
    .addCommand(docsCommand({ ...io, root, catalogue, adapters, now }))
    .addCommand(
      checkCommand({
        ...io,
        issuers: () => readIssuers(env),
        publicUrl: () => {
          const written = settingOf(env, 'PUBLIC_URL', publicAddress);
          return written === null ? null : new URL(written);
        },
        law: async () => (await loadedPolicy({ root, catalogue })).policy,
        now,
      }),
    )
    .addCommand(registerAndReports)
    .addCommand(samplesCommand({ ...io, root, log: createLog('error') }))
    .addCommand(
      documentsCommand({
        ...{ ...io, root, openStore, operator, agencies: agencyIds(root), now },
        pageDocuments: () => pageDocuments(root),
      }),
    )
    .addCommand(
      alertsCommand({
        ...{ ...io, openStore, dataDir, agencies: agencyIds(root), operator },
        signingKey: () => settingOf(env, 'ALERTS_SIGNING_KEY', optionalText),
      }),
    )
    .addCommand(
      indexCommand({
        ...io,
        open: openIndexed,
        now,
        user,
        columns,
      }).addCommand(
        indexKeyCommand({
          ...{ ...io, openStore, dataDir, agencies: agencyIds(root), operator },
          given: () => settingOf(env, 'INDEX_KEY', optionalText) !== null,
        }),
      ),
    );
  throwInsteadOfExit(sightline);
  return sightline;
}

/** Asks a question at the terminal; only a yes is one. */
async function confirmAtTerminal(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

/** Commander ends the process with 1 on a wrong word; ours is 2. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const one of command.commands) throwInsteadOfExit(one);
}
