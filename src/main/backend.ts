import { rm } from 'node:fs/promises';
import type { AppOptions } from '../app/options.ts';
import { checkIssuer } from '../caller/check-issuer.ts';
import { type Discovery, type IssuerStatus, issuerKeys } from '../caller/issuer-keys.ts';
import type { Issuer } from '../caller/issuers.ts';
import type { TrustedIssuer } from '../caller/verify-token.ts';
import { agenciesAt } from '../config/agency-settings.ts';
import type { Config } from '../config.ts';
import { type DemoOptions, openDemo } from '../demo/open-demo.ts';
import { PERSONAS } from '../demo/personas.ts';
import { createTokenIssuer } from '../demo/token-issuer.ts';
import type { DemoSignIn } from '../http/parts.ts';
import type { Logger } from '../logger.ts';
import { registerFolder } from '../register/data-folder.ts';

/** Databases and the issuer of tokens: named by the settings, or the demo's own. */
export interface Backend {
  storeUrl: string;
  agencies: AppOptions['agencies'];
  issuers: readonly TrustedIssuer[];
  /** How the issuers do; none in the demo, which is its own. */
  issuerStatus(): readonly IssuerStatus[];
  /** Origins that our own pages speak to when somebody signs in, as far as the issuers have said. */
  signInOrigins(): readonly string[];
  demo: DemoSignIn | null;
  close(): Promise<void>;
}

interface BackendOptions {
  config: Config;
  root: string;
  reset: boolean;
  amount: DemoOptions['amount'];
  log: Logger;
  progress: (line: string) => void;
  tell: (line: string) => void;
  now: () => Date;
}

export async function openBackend({ config, now, log, ...rest }: BackendOptions): Promise<Backend> {
  const { deployment, dataDir } = config;
  if (deployment.kind === 'production') {
    const { databaseUrl } = deployment;
    const agencies = agenciesAt(config.agencies, {});
    const issuers = deployment.issuers.map((issuer) => ({
      ...issuer,
      keys: issuerKeys(issuer.issuer, now, (status) => tellIssuer(log, status)),
    }));
    // Not waited for: a gateway starts without its issuers, and who asks meanwhile is told so.
    for (const { keys, ...issuer } of issuers) {
      void keys.refresh();
      void warnOf(issuer, config.publicUrl?.origin ?? null, log);
    }
    const issuerStatus = () => issuers.map(({ keys }) => keys.status());
    const signInOrigins = () =>
      issuers
        .filter(({ signIn }) => signIn)
        .flatMap(({ issuer, keys }) => originsOf(issuer, keys.discovered()));
    return {
      ...{ storeUrl: databaseUrl, agencies, issuers, issuerStatus, signInOrigins },
      ...{ demo: null, close: async () => {} },
    };
  }
  const tokens = await createTokenIssuer(now);
  const enabled = [...config.agencies.keys()];
  const { storeUrl, agencyUrls, close } = await openDemo({ ...rest, dataDir, now: now(), enabled });
  const agencies = agenciesAt(config.agencies, agencyUrls);
  // The heads of a register that is gone would call the new one cut off.
  if (rest.reset) await rm(registerFolder(dataDir).folder, { recursive: true, force: true });
  const demo = { personas: PERSONAS, issue: tokens.issue };
  return {
    ...{ storeUrl, agencies, issuers: [tokens], issuerStatus: () => [], signInOrigins: () => [] },
    ...{ demo, close },
  };
}

function tellIssuer(log: Logger, { issuer, state, cause, keysUntil }: IssuerStatus): void {
  if (state === 'UP') log.info({ issuer }, 'the issuer of tokens answers');
  else log.warn({ issuer, cause, keysUntil }, 'the issuer of tokens cannot be asked');
}

/** Token and user-info endpoints may be on other hosts than the issuer. */
function originsOf(issuer: string, document: Discovery | null): readonly string[] {
  const { token_endpoint: token, userinfo_endpoint: userInfo } = document ?? {};
  const named = [issuer, token, userInfo].filter((url) => url !== undefined);
  return [...new Set(named.map((url) => new URL(url).origin))];
}

/** What `sightline check oidc` would say is wrong, as warnings: a gateway starts all the same. */
async function warnOf(issuer: Issuer, pageOrigin: string | null, log: Logger): Promise<void> {
  try {
    for (const { kind, about, message } of await checkIssuer(issuer, pageOrigin))
      if (kind === 'wrong' && about !== 'discovery' && about !== 'keys')
        log.warn({ issuer: issuer.issuer, about, problem: message }, 'an issuer is not as our pages need it');
  } catch (error) {
    log.warn({ issuer: issuer.issuer, problem: (error as Error).message }, 'an issuer could not be checked');
  }
}
