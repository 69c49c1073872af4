import { resolve } from 'node:path';
import { Command } from 'commander';
import { agreementDocument } from '../agreement/agreement-document.ts';
import { htmlOf, plainTextOf } from '../agreement/document.ts';
import { londonDay } from '../sharing/rules/agreement.ts';
import {
  loadedPolicy,
  type PolicyCommandDeps,
  requireKnown,
  runPolicyCommand,
  withdrawalsInForce,
} from './policy/deps.ts';
import { writeWhole } from './write-whole.ts';

export type AgreementCommandDeps = Pick<
  PolicyCommandDeps,
  'root' | 'catalogue' | 'openStore' | 'now' | 'out' | 'err' | 'exit'
>;

const HELP = `
The agreement is made from the files by which the gateway decides: parties, purposes, gateways of law and how far they
reach, what is shared field by field, conditions, reviews, and why the rest is kept back. The page fetches nothing, and prints.

Examples:
  npx sightline agreement print NS-ISA-021
  npx sightline agreement print NS-ISA-021 --html agreement.html

Exit codes: 0 done, 1 the policy files have a mistake, 2 a word on the command line is wrong.`;

/** `sightline agreement …` */
export function agreementCommand(deps: AgreementCommandDeps): Command {
  const agreement = new Command('agreement').description(
    'Information-sharing agreements, to read and to sign',
  );
  agreement
    .command('print')
    .description('Make an information-sharing agreement from the sharing files')
    .argument('<agreement>', 'which, such as NS-ISA-021')
    .option('--html <file>', 'write it as a page; plain text is printed if not said')
    .addHelpText('after', HELP)
    .action((id: string, flags: { html?: string }) =>
      runPolicyCommand(deps, () => printAgreement(deps, id, flags)),
    );
  return agreement;
}

async function printAgreement(
  deps: AgreementCommandDeps,
  id: string,
  { html }: { html?: string },
): Promise<number> {
  const { policy, catalogue } = await loadedPolicy(deps);
  requireKnown('agreement', id, new Set([...policy.agencies.values()].map(({ agreement }) => agreement.id)));
  const withdrawn = (await withdrawalsInForce(deps, policy))?.withdrawn ?? null;
  const today = londonDay(deps.now()) ?? '';
  const document = agreementDocument({ policy, catalogue, withdrawn, today }, id);
  if (html === undefined) deps.out(plainTextOf(document));
  else {
    writeWhole(resolve(html), htmlOf(document));
    deps.out(`${html}: ${document.title}\n`);
  }
  return 0;
}
