/** What the page asks of the gateway, besides queries. The HTTP layer answers with these, the page reads them. */

/** `GET /graphiql/config.json` */
export interface PagesConfig {
  /** True on the embedded loopback demo alone: the page then offers personas. */
  demo: boolean;
  /** How people sign in outside the demo; null where no client is registered with the issuer for this page. */
  oidc: OidcClient | null;
  examples: readonly Example[];
  /** Every purpose that may be tried, in the order of `purposes.yaml`. */
  purposes: readonly string[];
  /** Role id → the purposes that it may assert. */
  purposesOf: Readonly<Record<string, readonly string[]>>;
  /** After so many minutes without use the page of somebody who signed in is locked. */
  idleLockMinutes: number;
  /** Agency id → its name, for speaking of holes. */
  agencies: Readonly<Record<string, string>>;
}

/** A public client (no secret) of the issuer: authorization code with PKCE, redirected back to `/graphiql`. */
export interface OidcClient {
  /** URL whose `/.well-known/openid-configuration` names the endpoints. */
  issuer: string;
  clientId: string;
  /** Space-separated, as OAuth has it. */
  scope: string;
  /** Resource indicator (RFC 8707); null where the issuer needs none. */
  resource: string | null;
  /** How long ago, in seconds, the issuer may have asked who sits there; null: each sign-in asks. */
  maxAgeSeconds: number | null;
}

/** For what, and on what, it is asked, where that is not what the persona suggests first. */
export interface Asking {
  purpose?: string;
  reference?: string;
}

/** A query that shows something, in the menu of examples. */
export interface Example extends Asking {
  name: string;
  description: string;
  /** For whom it is, where it is for one kind of reader: such examples stand together under this heading. */
  group?: string;
  query: string;
  variables: Readonly<Record<string, unknown>>;
  /** In the demo: who asks it. */
  persona?: string;
}

/** One entry of `GET /demo/personas`. */
export interface DemoPersona {
  persona: string;
  name: string;
  role: string;
  organisation: string;
  description: string;
  /** Suggested first, and valid with `reference`. */
  purpose: string;
  reference: string;
  /** What the role may assert. */
  purposes: readonly string[];
  references: readonly { reference: string; description: string }[];
}

/** The answer of `POST /demo/token`. */
export interface DemoToken {
  access_token: string;
  persona: string;
  purpose: string;
  reference: string;
}
