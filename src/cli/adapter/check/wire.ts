import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { splitColumn } from '../../../../adapters/contract.ts';
import { codeOf, failureWords } from '../../../compile/dialects/failure.ts';
import { type AgencyDatabase, openAgencyDatabase } from '../../../compile/run/agency-database.ts';
import { AgencyUnavailableError } from '../../../compile/run/errors.ts';
import { namedColumns } from '../../../conformance/declared-columns.ts';
import { startProxy, type TcpProxy } from '../../../conformance/tcp-proxy.ts';
import type { Check, Source } from './source.ts';

const ONE = { sql: 'select 1 as one', parameters: [] };
const LOOK_EVERY_MS = 500;

/** A session that would write is refused, whatever the login may do. */
export const readOnly: Check = {
  id: 'writing',
  name: 'nothing can be written',
  async run({ adapter, db, database }) {
    const [column = ''] = namedColumns(adapter);
    const [table, name] = splitColumn(column);
    const quoted = db
      .updateTable(table)
      .set({ [name]: null })
      .where(name, 'is', null)
      .where(name, 'is not', null);
    const { sql, parameters } = quoted.compile();
    const refusal = await database.query({ sql, parameters }, { signal: new AbortController().signal }).then(
      () => null,
      (error: unknown) => error,
    );
    if (refusal === null) return { failed: ['a statement that writes was taken (it met no row)'] };
    return { says: `refused (${codeOf((refusal as Error).cause) ?? failureWords(refusal)})` };
  },
};

/** Whoever stops waiting has the statement stopped where it runs. */
export const cancellation: Check = {
  id: 'cancellation',
  name: 'cancellation reaches the database',
  async run(source) {
    const { db, database, sql } = source;
    const mark = `sightline-${randomUUID()}`;
    const stop = new AbortController();
    const sleeping = database.query(
      { sql: sql.sleeping(mark, 120), parameters: [] },
      { signal: stop.signal },
    );
    sleeping.catch(() => {});
    if (!(await becomes(source, () => sql.isRunning(db, mark)))) {
      stop.abort();
      return { warned: ['this login cannot see its own statements, so it is not known whether they stop'] };
    }
    stop.abort();
    const over = await becomes(source, async () => !(await sql.isRunning(db, mark)));
    return over
      ? { says: 'a statement that nobody waits for is stopped at the server' }
      : { failed: ['the statement runs on at the server: is there a pooler or firewall between?'] };
  },
};

/** Behind a wire that is slow, hangs or breaks, an agency is told as away, and is there again when the wire is. */
export const wire: Check = {
  id: 'wire',
  name: 'slow and broken connections',
  skipped: ({ options }) => {
    const { hostname, searchParams } = new URL(options.url);
    return hostname === '' || searchParams.get('host')?.startsWith('/')
      ? 'its address is a socket of this machine, between which nothing can be put'
      : null;
  },
  async run(source) {
    const { hostname, port, protocol } = new URL(source.options.url);
    const proxy = await startProxy(hostname, Number(port) || PORTS[protocol] || 5432);
    const database = openAgencyDatabase(behind(source, proxy));
    try {
      const failed = [];
      for (const [what, broken] of BREAKS) {
        if (!(await becomes(source, () => answers(database)))) {
          failed.push(`before “${what}” it does not answer through a proxy of this machine`);
          break;
        }
        broken(proxy);
        const told = await toldWhile(database, what);
        if (told !== null) failed.push(told);
        proxy.delay(0);
        proxy.restore();
        if (!(await becomes(source, () => answers(database))))
          failed.push(`after “${what}” it does not come back`);
      }
      return { failed, says: BREAKS.map(([what]) => what).join(', ') };
    } finally {
      await Promise.all([database.close(), proxy.close()]);
    }
  },
};

const PORTS: Readonly<Record<string, number>> = { 'mysql:': 3306, 'mariadb:': 3306 };
const SLOW = 'answers late';
const BREAKS: readonly (readonly [what: string, broken: (proxy: TcpProxy) => void])[] = [
  [SLOW, (proxy) => proxy.delay(300)],
  ['hangs', (proxy) => proxy.stall()],
  ['breaks in the middle of an answer', (proxy) => proxy.loseNextAnswer()],
  ['is cut off', (proxy) => proxy.cut()],
];

/** While the wire is slow it answers, and while it is broken that is told in time, as an outage: null where all is well. */
async function toldWhile(database: AgencyDatabase, what: string): Promise<string | null> {
  const error = await database.query(ONE, { signal: AbortSignal.timeout(30_000) }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (what === SLOW) return error === null ? null : `when it ${what}: ${failureWords(error)}`;
  if (error === null) return `when it ${what} there is an answer all the same`;
  return error instanceof AgencyUnavailableError ? null : `when it ${what}: ${failureWords(error)}`;
}

/** The same source at the proxy's end; a certificate is still that of its own host. */
function behind({ options }: Source, { port }: TcpProxy): Parameters<typeof openAgencyDatabase>[0] {
  const url = new URL(options.url);
  const servername = url.hostname;
  const mode =
    url.searchParams.get('sslmode') ?? (url.searchParams.get('ssl') === 'true' ? 'verify-full' : null);
  for (const word of ['sslmode', 'ssl']) url.searchParams.delete(word);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  const ownName = isIP(servername) === 0 ? { servername } : {};
  const given =
    options.tls ??
    (mode === null || mode === 'disable' ? options.tls : { rejectUnauthorized: mode !== 'no-verify' });
  return {
    ...options,
    ...{ url: url.href, tls: given ? { ...given, ...ownName } : given },
    ...{ statementTimeoutMs: 3_000, maxConnections: 1, failuresUntilDown: 1, probeEveryMs: 250 },
  } as Parameters<typeof openAgencyDatabase>[0];
}

const answers = (database: AgencyDatabase): Promise<boolean> =>
  database.query(ONE, { signal: AbortSignal.timeout(30_000) }).then(
    () => true,
    () => false,
  );

async function becomes({ looks }: Source, so: () => Promise<boolean>): Promise<boolean> {
  for (let look = 0; look < looks; look += 1) {
    if (await so()) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}
