import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { agenciesAt } from '../../config/agency-settings.ts';
import { readConfig } from '../../config.ts';
import { openDemo } from '../../demo/open-demo.ts';
import type { Persona } from '../../demo/persona.ts';
import { PERSONAS } from '../../demo/personas.ts';
import { createTokenIssuer } from '../../demo/token-issuer.ts';
import type { Logger } from '../../logger.ts';
import { Closers } from '../../main/closers.ts';
import { composeGateway } from '../../main/compose.ts';
import type { StoreDatabase } from '../../store/tables.ts';

/** The moment at which all samples are asked: a Tuesday at 3.10 in the morning. */
export const SAMPLED_AT = new Date('2026-11-24T03:10:00.000Z');

/** What is sent, as any client sends it. */
export interface SampleRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Asks a gateway by HTTP; the token is not part of a sample. */
export type AskSample = (
  persona: Persona,
  request: SampleRequest,
) => Promise<{ status: number; response: unknown }>;

export interface SampleWorld {
  /** The demo's data with nobody generated, asked through a gateway with these agencies left out or out of reach. */
  asked<T>(away: Away, work: (ask: AskSample) => Promise<T>): Promise<T>;
  /** Stops everything, and removes it. */
  close(): Promise<void>;
}

export interface Away {
  /** That this place does not have. */
  readonly notEnabled?: readonly string[];
  /** Whose systems do not answer. */
  readonly down?: readonly string[];
  /** Of whose records one may be Maya Kerr's, linked too weakly to disclose on. */
  readonly perhaps?: string;
}

export interface SampleWorldOptions {
  root: string;
  agencies: readonly string[];
  log: Logger;
  progress(line: string): void;
}

/** Where nobody listens. */
const NOWHERE = 'postgresql://nobody@127.0.0.1:9/nothing';

/**
 * The demo's agencies on a database server of their own, in a new folder that goes with them. All clocks stand at one moment, but
 * the database's.
 * @throws as the start of the demo does
 */
export async function openSampleWorld(options: SampleWorldOptions): Promise<SampleWorld> {
  const { root, log, progress } = options;
  const closers = new Closers();
  const dataDir = await mkdtemp(join(tmpdir(), 'sightline-samples-'));
  closers.add(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  const now = () => SAMPLED_AT;
  try {
    const demo = await openDemo({
      ...{ root, dataDir, now: SAMPLED_AT, reset: false, amount: { people: 0 } },
      ...{ enabled: options.agencies, progress, tell: progress },
    });
    closers.add(() => demo.close());
    const tokens = await createTokenIssuer(now);
    const settings = readConfig({}, options.agencies, root).agencies;
    return {
      async asked({ notEnabled = [], down = [], perhaps }, work) {
        const addresses = Object.entries(demo.agencyUrls)
          .filter(([agency]) => !notEnabled.includes(agency))
          .map(([agency, url]) => [agency, down.includes(agency) ? NOWHERE : url] as const);
        const urls = Object.fromEntries(addresses);
        const enabled = new Map([...settings].filter(([agency]) => agency in urls));
        const { app, server, close } = await composeGateway({
          ...{ root, dataDir, storeUrl: demo.storeUrl, agencies: agenciesAt(enabled, urls), log, now },
          // None but the pass with which it starts.
          feedIntervalMs: A_DAY_MS,
          issuers: [tokens],
          demo: { personas: PERSONAS, issue: tokens.issue },
          page: { files: new Map(), config: { demo: true, oidc: null, examples: [], idleLockMinutes: 15 } },
        });
        try {
          await app.filled;
          if (perhaps !== undefined) await linkWeakly(app.store.db, perhaps);
          const url = await server.listen({ host: '127.0.0.1', port: 0 });
          return await work((persona, request) => ask(url, tokens.issue(persona), request));
        } finally {
          await close();
        }
      },
      close: () => closers.closeAll(),
    };
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

/** By the police's number of her: a record of the agency becomes a candidate of hers and no more, as the matcher would leave it. */
async function linkWeakly(db: StoreDatabase, agency: string): Promise<void> {
  await sql`insert into index_candidate (agency, record, person)
    select r.agency, r.record, m.person from index_record r, index_record m
    where r.agency = ${agency} and m.agency = 'police' and m.record = '100018'
    order by r.record limit 1 on conflict do nothing`.execute(db);
}

const A_DAY_MS = 86_400_000;

async function ask(url: string, token: Promise<string>, { headers, query, variables }: SampleRequest) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...headers, Authorization: `Bearer ${await token}` },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, response: await response.json() };
}
