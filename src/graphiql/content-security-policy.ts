/**
 * The Content-Security-Policy of `/graphiql` and everything below it.
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
