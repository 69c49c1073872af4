import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { checkIssuer, checkNames, checkToken, type IssuerCheck } from '../caller/check-issuer.ts';
import type { Law } from '../caller/claims.ts';
import type { Issuer } from '../caller/issuers.ts';

export interface CheckDeps {
  out(text: string): void;
  err(text: string): void;
  exit(code: number): void;
  issuers(): readonly Issuer[];
  /** Where others reach the gateway; null where the settings do not say. */
  publicUrl(): URL | null;
  law(): Promise<Law>;
  now(): Date;
}

/** `sightline check …`: whether what the settings name is as it should be. */
export function checkCommand(deps: CheckDeps): Command {
  return new Command('check').description('Try what the settings name').addCommand(
    new Command('oidc')
      .description('Ask the issuers of tokens, and say what becomes of a token')
      .option('--token <file>', 'a file with an access token; - reads it from standard input')
      .addHelpText(
        'after',
        '\nExit codes: 0 in order, 1 something is wrong, 2 a word on the command line is wrong.',
      )
      .action((flags: { token?: string }) => checkOidc(deps, flags)),
  );
}

const MARKS: Readonly<Record<IssuerCheck['kind'], string>> = { ok: 'ok   ', note: 'note ', wrong: 'WRONG' };

async function checkOidc(deps: CheckDeps, { token }: { token?: string }): Promise<void> {
  const [issuers, publicUrl] = [deps.issuers(), deps.publicUrl()];
  if (issuers.length === 0) {
    deps.out(
      'The demo makes its own tokens: there is no issuer to ask. Give ISSUERS_FILE, or OIDC_ISSUER and OIDC_AUDIENCE.\n',
    );
    return;
  }
  let wrong = false;
  const law = await deps.law();
  for (const issuer of issuers) {
    deps.out(`${issuer.issuer}\n`);
    const checks = [...checkNames(issuer, law), ...(await checkIssuer(issuer, publicUrl?.origin ?? null))];
    for (const { kind, about, message } of checks) {
      deps.out(`  ${MARKS[kind]} ${about}: ${message}\n`);
      wrong ||= kind === 'wrong';
    }
    if (issuer.signIn && publicUrl === null)
      deps.out('  note  cors: not looked at: PUBLIC_URL does not say where the page is reached\n');
  }
  if (token !== undefined) wrong = !(await tryToken(deps, token, issuers, law)) || wrong;
  if (wrong) deps.exit(1);
}

async function tryToken(
  deps: CheckDeps,
  file: string,
  issuers: readonly Issuer[],
  law: Law,
): Promise<boolean> {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8').trim();
  } catch (error) {
    deps.err(`The token cannot be read from ${file} (${(error as NodeJS.ErrnoException).code}).\n`);
    return false;
  }
  const { type, algorithm, claims, check } = await checkToken(text, issuers, law, deps.now());
  deps.out(
    `token\n        type ${type ?? 'not given'}, signed by ${algorithm ?? 'nothing'}, carries ${claims.join(', ') || 'no claims'}\n`,
  );
  if ('refused' in check) {
    deps.out(`  WRONG refused with 401: ${check.refused}\n`);
    return false;
  }
  const { organisation, roles, staff, site, person, client, actor } = check.holder;
  deps.out(
    `  ok    let in: ${organisation}${site === null ? '' : `, site ${site}`}, as ${roles.join(' or ')}\n`,
  );
  deps.out(`        staff number that ${organisation}’s logs must know: ${staff}\n`);
  deps.out(
    `        as a person: ${person === null ? 'not said, so nobody is kept from their own record' : person.system}\n`,
  );
  if (client !== null)
    deps.out(`        given to the client ${client}${actor === null ? '' : `; ${actor} acts`}\n`);
  return true;
}
