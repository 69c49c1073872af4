import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A file of our pages, ready to be sent. */
export interface PageFile {
  body: Buffer;
  /** The same, packed when it was bundled; not there for what is packed in itself. */
  packed: { br?: Buffer; gzip?: Buffer };
  contentType: string;
  /** True where the name carries a hash of the content, so that it may be kept for a year. The page itself may not. */
  immutable: boolean;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

/** The pages themselves, by their file's name. */
const PAGES: Readonly<Record<string, string>> = {
  'person.html': '/',
  'graphiql.html': '/graphiql',
  'governance.html': '/governance',
};

const PACKED = /\.(br|gz)$/;

/** Our pages were not bundled, or the bundle holds a file that nobody knows how to serve. */
export class PageFilesError extends Error {
  readonly code = 'PAGE_FILES';
}

/**
 * Reads the bundle that `scripts/build-pages.mjs` made in `dir`, once, into memory.
 * Gives URL path → file: the pages at `/`, `/graphiql` and `/governance` (no slash behind them: their links are relative),
 * everything else below `/graphiql`.
 * @throws PageFilesError if there is no bundle in `dir`
 */
export function pageFiles(dir: string): Map<string, PageFile> {
  const files = new Map<string, PageFile>();
  const names = bundled(dir);
  for (const name of names) {
    if (PACKED.test(name)) continue;
    const contentType = CONTENT_TYPES[extname(name)];
    if (!contentType) throw new PageFilesError(`The pages' bundle holds a file of unknown kind: ${name}`);
    const page = PAGES[name];
    files.set(page ?? `/graphiql/${name}`, {
      body: readFileSync(join(dir, name)),
      packed: {
        ...(names.includes(`${name}.br`) && { br: readFileSync(join(dir, `${name}.br`)) }),
        ...(names.includes(`${name}.gz`) && { gzip: readFileSync(join(dir, `${name}.gz`)) }),
      },
      contentType,
      immutable: page === undefined,
    });
  }
  if (Object.values(PAGES).some((page) => !files.has(page)))
    throw new PageFilesError(`Our pages are not bundled in ${dir}: npm run prepare`);
  return files;
}

function bundled(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch (cause) {
    throw new PageFilesError(`Our pages are not bundled in ${dir}: npm run prepare`, { cause });
  }
}

/**
 * The Content-Security-Policy of our pages and everything below them.
 * Takes the origins that the page may speak to besides its own: the sign-in issuer's, none in the demo.
 */
export function contentSecurityPolicy(connect: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    // The editor writes its theme and the place of each line as inline styles.
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    // The editor's squiggles and icons are images inside the style sheet.
    "img-src 'self' data:",
    ['connect-src', "'self'", ...connect].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
