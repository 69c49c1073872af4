import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Row = Readonly<Record<string, unknown>>;

/** The case system of docs/api-agency.md, on a socket of its own: JSON lists in pages of two. */
export interface AdviceCentre {
  readonly url: string;
  /** Rows of each list, to be changed by a test. */
  readonly rows: { clients: Row[]; cases: Row[]; barred: Row[] };
  /** What was asked, path and query. */
  readonly asked: string[];
  /** Requests whose asker has gone before they were answered. */
  readonly left: string[];
  /** Answers in place of the list where it gives true. */
  instead: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
  close(): Promise<void>;
}

const PAGE = 2;

export async function startAdviceCentre(token: string): Promise<AdviceCentre> {
  const rows: AdviceCentre['rows'] = { clients: [], cases: [], barred: [] };
  const asked: string[] = [];
  const left: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://case.system');
    asked.push(url.pathname + decodeURIComponent(url.search));
    response.on('close', () => response.writableFinished || left.push(url.pathname));
    if (centre.instead?.(request, response)) return;
    const say = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.headers.authorization !== `Bearer ${token}`) return say(401, { error: 'who are you' });
    if (url.pathname === '/v1/status') return say(200, { up: true });
    const list = rows[url.pathname.slice('/v1/'.length) as keyof typeof rows];
    if (!list) return say(404, { error: 'no such list' });
    const { page = '0', ...filter } = Object.fromEntries(url.searchParams);
    const met = list.filter((row) =>
      Object.keys(filter).every((name) => url.searchParams.getAll(name).includes(String(row[name]))),
    );
    const from = Number(page) * PAGE;
    const query = new URLSearchParams(url.searchParams);
    query.set('page', String(Number(page) + 1));
    const next = from + PAGE < met.length ? `${url.pathname}?${query}` : null;
    say(200, { items: met.slice(from, from + PAGE), next });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const centre: AdviceCentre = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    ...{ rows, asked, left, instead: null },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return centre;
}
