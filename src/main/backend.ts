import { rm } from 'node:fs/promises';
import { issuerKeys } from '../caller/issuer-keys.ts';
import type { Config } from '../config.ts';
import { type DemoOptions, openDemo } from '../demo/open-demo.ts';
import { PERSONAS } from '../demo/personas.ts';
import { createTokenIssuer } from '../demo/token-issuer.ts';
import type { DemoSignIn, TokenTrust } from '../http/parts.ts';
import { registerFolder } from '../register/data-folder.ts';

/** Databases and the issuer of tokens: named by the settings, or the demo's own. */
export interface Backend {
  storeUrl: string;
  agencyUrls: Readonly<Record<string, string>>;
  trust: TokenTrust;
  demo: DemoSignIn | null;
  close(): Promise<void>;
}

interface BackendOptions {
  config: Config;
  root: string;
  reset: boolean;
  amount: DemoOptions['amount'];
  progress: (line: string) => void;
  tell: (line: string) => void;
  now: () => Date;
}

export async function openBackend({ config, now, ...rest }: BackendOptions): Promise<Backend> {
  const { deployment, dataDir } = config;
  if (deployment.kind === 'production') {
    const { databaseUrl, agencyUrls, oidc } = deployment;
    const trust = { issuer: oidc.issuer, audience: oidc.audience, keys: issuerKeys(oidc.issuer) };
    return { storeUrl: databaseUrl, agencyUrls, trust, demo: null, close: async () => {} };
  }
  const tokens = await createTokenIssuer(now);
  const { storeUrl, agencyUrls, close } = await openDemo({ ...rest, dataDir, now: now() });
  // The heads of a register that is gone would call the new one cut off.
  if (rest.reset) await rm(registerFolder(dataDir).folder, { recursive: true, force: true });
  return { storeUrl, agencyUrls, trust: tokens, demo: { personas: PERSONAS, issue: tokens.issue }, close };
}
