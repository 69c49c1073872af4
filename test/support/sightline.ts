import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pino from 'pino';
import { findAdapters } from '../../src/adapters-found.ts';
import type { HostConnection } from '../../src/app/open-hosts.ts';
import { type App, createApp } from '../../src/app.ts';
import type { TrustedIssuer } from '../../src/caller/verify-token.ts';
import type { CohortRate } from '../../src/cohort/rate.ts';
import { grantStatements } from '../../src/compile/sql/grants.ts';
import { type DemoDatabases, prepareDatabases } from '../../src/demo/databases.ts';
import type { Persona } from '../../src/demo/persona.ts';
import { PERSONAS } from '../../src/demo/personas.ts';
import { createTokenIssuer, type TokenIssuer } from '../../src/demo/token-issuer.ts';
import type { DocumentMode, TrustedDocuments } from '../../src/documents/trusted-documents.ts';
import { composeGateway, type PageParts } from '../../src/main/compose.ts';
import type { Example, OidcClient } from '../../src/pages/config.ts';
import type { PageFile } from '../../src/pages/page-files.ts';
import type { SearchLimits } from '../../src/person-index/admit/search-policy.ts';
import { projectRoot } from '../../src/project-root.ts';
import { agenciesAt } from './agencies-at.ts';
import { type Copies, type MadeOnce, takeCopies } from './made-once.ts';
import { testServer } from './postgres.ts';
import { dropAll, rows } from './rows.ts';
import { StatementLog } from './statement-log.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever shape the query of the test has
  data: any;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  holes: {
    path: (string | number)[];
    section: string;
    agency: string | null;
    state: string;
    reason: string | null;
  }[];
  headers: Headers;
  text: string;
}
export interface Asking {
  variables?: Record<string, unknown>;
  purpose?: string | null;
  reference?: string | null;
  headers?: Record<string, string>;
}
export interface SightlineOptions {
  /** Addresses in place of the agencies' own, to put a proxy between; `admin` has those of whoever runs their systems. */
  agencyUrls?: (
    urls: Record<string, string>,
    admin: Record<string, string>,
  ) => Promise<Record<string, string>> | Record<string, string>;
  /** The same for the own store. */
  storeUrl?: (url: string) => Promise<string> | string;
  agencyTimeoutMs?: number;
  /** Milliseconds for which the gateway keeps what every request asks of the index; nothing if not said. */
  indexKeptMs?: number;
  /** Agencies that are asked through a host of their own, at these addresses of their databases, in place of those. */
  hosted?: (urls: Record<string, string>) => Promise<ReadonlyMap<string, HostConnection>>;
  /** Agencies that this place does not have, though there are adapters and databases of them. */
  notEnabled?: readonly string[];
  /** A copy of the project's policies to change, in place of the project itself. */
  root?: string;
  /** How long policy files must have stayed as they are; no time at all unless a test is of that. */
  policyPauseMs?: number;
  /** A text of a policy counts only once it is signed. */
  policySignatures?: boolean;
  /** Whether documents have ids, and whether others are answered: `off` if not said, and never excepted for the demo. */
  trustedDocuments?: DocumentMode;
  /** What our own pages ask. */
  pageDocuments?: readonly string[];
  now?: () => Date;
  /** How often a login may search; without limit unless a test is of that. */
  searchLimits?: SearchLimits;
  /** How often a login may count people; as in the product unless a test is of something else. */
  cohortRate?: CohortRate;
  /** Issuers in place of the demo's own and the page that signs in with one of them, on a port that they know. */
  signIn?: SignInOptions;
  /** How many people are generated besides those of the scenarios; few unless a test is of many. */
  people?: number;
  /** Begins with nobody in the index, as it also does with a clock or a number of people of its own. */
  emptyIndex?: boolean;
}

export interface SignInOptions {
  issuers: readonly TrustedIssuer[];
  /** The page's own client, its files, and the port on which the issuer sends people back; left out where nobody opens the page. */
  page?: {
    client: OidcClient;
    files: ReadonlyMap<string, PageFile>;
    port: number;
    examples?: readonly Example[];
  };
  /** The clock by which tokens are good or not. */
  now?: () => Date;
}

const READ_ONLY = '-c default_transaction_read_only=on';

/** How long an agency may take where a test is of nothing else: a machine that checks a change may be a busy one. */
const UNHURRIED_MS = 60_000;
/** No pass of its own while a test asks. */
const FEED_INTERVAL_MS = 3_600_000;
/** Of whom there are more in the scenarios. */
const FEW = 40;
const PLENTY = { perMinute: 100_000, perHour: 100_000 };
const MANY = { ...PLENTY, numbers: PLENTY };
/** A test asks in seconds what an office asks in a day. */
const WITHOUT_LIMIT: SearchLimits = { usual: MANY, emergency: { ...MANY, roles: [] } };

/** The whole gateway on a real socket, over databases of its own, for one test file. */
export class Sightline {
  readonly url: string;
  readonly app: App;
  readonly documents: TrustedDocuments;
  readonly storeUrl: string;
  readonly dataDir: string;
  /** What reached PostgreSQL, in its own log; null where the server's log cannot be read. */
  readonly statements: StatementLog | null;
  /** Every line that was logged. */
  readonly logged: string[];
  readonly tokens: TokenIssuer;
  readonly #adminUrls: Readonly<Record<string, string>>;
  readonly #end: () => Promise<void>;
  /** Of the sessions in which tests read and change rows past the gateway. */
  #options = '';

  constructor(
    parts: Omit<Sightline, 'ask' | 'askAs' | 'sql' | 'store' | 'readOnly' | 'close'> & {
      adminUrls: Record<string, string>;
      end(): Promise<void>;
    },
  ) {
    Object.assign(this, parts);
    this.url = parts.url;
    this.app = parts.app;
    this.documents = parts.documents;
    this.storeUrl = parts.storeUrl;
    this.dataDir = parts.dataDir;
    this.statements = parts.statements;
    this.logged = parts.logged;
    this.tokens = parts.tokens;
    this.#adminUrls = parts.adminUrls;
    this.#end = parts.end;
  }

  /** Asks as a persona, with its suggested purpose and reference unless others are given; null leaves one out. */
  async ask(persona: string, query: string, asking: Asking = {}): Promise<Answer> {
    const who = personaOf(persona);
    return this.askAs(await this.tokens.issue(who), query, {
      ...asking,
      purpose: asking.purpose === undefined ? who.purpose : asking.purpose,
      reference: asking.reference === undefined ? who.reference : asking.reference,
    });
  }

  async askAs(
    token: string,
    query: string,
    { variables, purpose, reference, headers }: Asking = {},
  ): Promise<Answer> {
    if (this.#options === READ_ONLY && /^\s*mutation\b/.test(query))
      throw new Error('Others ask this gateway too: a test that changes something starts its own');
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${token}`,
        ...(purpose && { 'sharing-purpose': purpose }),
        ...(reference && { 'sharing-reference': reference }),
        ...headers,
      },
      body: JSON.stringify({ query, ...(variables && { variables }) }),
    });
    const text = await response.text();
    const { data, errors = [], extensions } = JSON.parse(text);
    return {
      status: response.status,
      data,
      errors,
      holes: extensions?.holes ?? [],
      headers: response.headers,
      text,
    };
  }

  /** Changes or reads an agency's own rows, as whoever runs its system. */
  sql(agency: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return rows(this.#adminUrls[agency] as string, text, values, this.#options);
  }

  /** Reads or changes the own store, past the gateway. */
  store(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return rows(this.storeUrl, text, values, this.#options);
  }

  /** The same from now on for whoever only reads. */
  readOnly(): this {
    this.#options = READ_ONLY;
    return this;
  }

  close(): Promise<void> {
    return this.#end();
  }
}

/** A persona of the demo, as it is or with something changed. */
export function personaOf(persona: string, change: Partial<Persona> = {}): Persona {
  const found = PERSONAS.find((one) => one.persona === persona);
  if (!found) throw new Error(`There is no persona ${persona}`);
  return { ...found, ...change };
}

/** A gateway that nobody may change: others ask it as well. */
export type SharedSightline = Omit<Sightline, 'close' | 'app'> & {
  app: Pick<App, 'agencies' | 'catalogue' | 'gateway'>;
};
let shared: Promise<Sightline> | undefined;

/**
 * The gateway of files that only read. The first question starts it, and it goes with the process. It takes no mutation,
 * and PostgreSQL refuses whatever a test would write past it.
 */
export function sharedSightline(): Promise<SharedSightline> {
  shared ??= newSightline({}).then((sightline) => {
    process.once('exit', () => rmSync(sightline.dataDir, { recursive: true, force: true }));
    return sightline.readOnly();
  });
  return shared;
}

/** A gateway of its own, for one file to change. */
export async function startSightline(options: SightlineOptions = {}): Promise<Sightline> {
  // Somebody else's server has a hundred connections, which is enough for one gateway.
  if (shared && (await testServer()).kind === 'server') {
    await (await shared).close();
    shared = undefined;
  }
  return newSightline(options);
}

async function newSightline(options: SightlineOptions): Promise<Sightline> {
  const now = options.now ?? (() => new Date());
  const root = options.root ?? projectRoot();
  const postgres = await testServer();
  const dataDir = await mkdtemp(join(tmpdir(), 'sightline-test-'));
  const adapters = new Map(
    (await findAdapters(projectRoot())).map((adapter) => [adapter.id as string, adapter]),
  );
  const prepare = (databases: MadeOnce) =>
    prepareDatabases(postgres, {
      ...databases,
      now: now(),
      amount: { people: options.people ?? FEW },
      // biome-ignore lint/style/noNonNullAssertion: every seeded agency has an adapter
      grants: (agency, login) => grantStatements(adapters.get(agency)!, login),
    });
  const filledBefore = !options.now && options.people === undefined && !options.emptyIndex;
  const made = filledBefore
    ? await takeCopies(dataDir, async (once, whole) => {
        const databases = await prepare(once);
        if (!whole) await fillIndex(once, databases);
        return databases;
      })
    : await ownDatabases(dataDir, prepare);
  const own = Object.fromEntries(Object.entries(made.agencies).map(([agency, { url }]) => [agency, url]));
  const adminUrls = Object.fromEntries(
    Object.entries(made.agencies).map(([agency, { adminUrl }]) => [agency, adminUrl]),
  );
  const logged: string[] = [];
  // Without the time, the process and the host: tests look there for people's numbers, and a clock has every digit sometime.
  const log = pino(
    { level: 'info', base: null, timestamp: false },
    { write: (line: string) => void logged.push(line) },
  );
  const tokens = await createTokenIssuer(now);
  const hosts = await options.hosted?.(own);
  const elsewhere = [...(options.notEnabled ?? []), ...(hosts?.keys() ?? [])];
  const { app, documents, server, close } = await composeGateway({
    root,
    dataDir,
    storeUrl: (await options.storeUrl?.(made.storeUrl)) ?? made.storeUrl,
    hosts,
    agencies: agenciesAt(without(elsewhere, (await options.agencyUrls?.(own, adminUrls)) ?? own), {
      statementTimeoutMs: options.agencyTimeoutMs ?? UNHURRIED_MS,
      // Each costs the server a process, and somebody else's has a hundred for all that run at once.
      maxConnections: 4,
    }),
    feedIntervalMs: FEED_INTERVAL_MS,
    searchLimits: options.searchLimits ?? WITHOUT_LIMIT,
    cohortRate: options.cohortRate,
    policyPauseMs: options.policyPauseMs ?? 0,
    policySignatures: options.policySignatures,
    // Which statements a question asks must not hang on how lately another was asked.
    indexKeptMs: options.indexKeptMs ?? 0,
    issuers: options.signIn?.issuers ?? [tokens],
    trustedDocuments: options.trustedDocuments,
    pageDocuments: options.pageDocuments,
    demo: options.signIn || options.trustedDocuments ? null : { personas: PERSONAS, issue: tokens.issue },
    page: pageOf(options.signIn),
    tokenClock: options.signIn?.now,
    now,
    log,
  });
  await app.filled;
  // The pass with which a gateway starts is over before a test counts what is asked.
  if (filledBefore) await app.refreshIndex();
  await filled(app, Object.keys(own).length);
  const url = await server.listen({ host: '127.0.0.1', port: options.signIn?.page?.port ?? 0 });
  return new Sightline({
    url,
    app,
    documents,
    storeUrl: made.storeUrl,
    dataDir,
    statements: postgres.logFile ? new StatementLog(postgres.logFile, made.prefix) : null,
    logged,
    tokens,
    adminUrls,
    async end() {
      await close();
      await made.giveBack();
      await rm(dataDir, { recursive: true, force: true });
    },
  });
}

const without = (ids: readonly string[], urls: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(urls).filter(([id]) => !ids.includes(id)));

/** Databases that no other gateway is ever given. */
async function ownDatabases(
  dataDir: string,
  prepare: (databases: MadeOnce) => Promise<DemoDatabases>,
): Promise<Copies> {
  const { url } = await testServer();
  const prefix = `t${randomBytes(4).toString('hex')}_`;
  return {
    ...(await prepare({ prefix, dataDir })),
    prefix,
    giveBack: () => dropAll(url('postgres'), prefix),
  };
}

/** Lets a gateway start and end on databases that were just made: whoever starts on a copy finds everybody known. */
async function fillIndex({ dataDir }: MadeOnce, { storeUrl, agencies }: DemoDatabases): Promise<void> {
  const app = await createApp({
    ...{ root: projectRoot(), dataDir, storeUrl },
    agencies: agenciesAt(
      Object.fromEntries(Object.entries(agencies).map(([agency, { url }]) => [agency, url])),
      { statementTimeoutMs: UNHURRIED_MS, maxConnections: 4 },
    ),
    feedIntervalMs: FEED_INTERVAL_MS,
    log: pino({ level: 'silent' }),
  });
  await app.filled;
  await filled(app, Object.keys(agencies).length);
  await app.close();
}

/** On a busy machine a first pass may be too late for its time limit; an agency that is meant to be down stays so. */
async function filled(app: App, agencies: number): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const { rows: fed } = await sql`select from index_feed`.execute(app.store.db);
    if (fed.length === agencies) return;
    await app.refreshIndex();
  }
}

function pageOf(signIn: SightlineOptions['signIn']): PageParts {
  const { client = null, files = new Map(), examples = [] } = signIn?.page ?? {};
  return {
    files,
    config: { demo: !signIn, oidc: client, examples, idleLockMinutes: 15 },
    connectTo: () => (client ? [new URL(client.issuer).origin] : []),
  };
}
