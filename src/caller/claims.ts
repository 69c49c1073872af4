import { IDENTIFIER_SYSTEMS, readIdentifier } from '../../adapters/contract.ts';
import { requestError } from '../errors.ts';
import { type ClaimSource, claimName, claimValues, type Issuer } from './issuers.ts';
import type { Caller } from './types.ts';

/** Everything a token says of the caller, except the role of the request. */
export type TokenHolder = Omit<Caller, 'role'>;

/** What the policy in force says of roles and organisations. */
export interface Law {
  /** Role id → organisations that may hold it. */
  roles: ReadonlyMap<string, { organisations: readonly string[] }>;
  /** Every organisation that is known. */
  organisations: readonly string[];
}

/** Directories put hundreds of groups into a token; more than this is no list of roles. */
const MOST_ROLES = 500;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

const refused = (why: string) => requestError('UNAUTHENTICATED', why);

/**
 * The holder of the token, from verified claims read as `issuer`'s entry says. Roles unknown to the policy are ignored.
 * A token is refused if its organisation is unknown or may not hold one of its roles: an issuer cannot make somebody a
 * nurse of the police. It is also refused if its person's number identifies nobody, since no exclusion could be found
 * by it. Throws UNAUTHENTICATED that names the claim, never its value.
 */
export function holderOf(payload: unknown, issuer: Issuer, law: Law): TokenHolder {
  const { claims } = issuer;
  for (const { path, oneOf } of issuer.require) {
    const values = claimValues(payload, { path });
    if (!values.some((value) => oneOf.includes(String(value))))
      throw refused(`The token’s claim ${path.join('.')} is not one of those that are needed here.`);
  }
  const organisation = organisationOf(payload, issuer, law);
  const client = clientOf(payload);
  const holder: TokenHolder = {
    sub: text(payload, claims.subject, 255),
    staff: text(payload, claims.staff, 100),
    name: text(payload, claims.name, 200),
    organisation,
    site: optional(payload, claims.site, 100),
    roles: rolesOf(payload, issuer, organisation, law),
    person: personOf(payload, issuer),
    issuer: issuer.issuer,
    client,
    actor: null,
  };
  return { ...holder, actor: actorOf(payload, holder, issuer) };
}

function organisationOf(payload: unknown, issuer: Issuer, law: Law): string {
  const source = issuer.claims.organisation;
  const [named, ...others] = [
    ...new Set(words(payload, source).map((word) => issuer.values.organisations.get(word) ?? word)),
  ];
  if (named === undefined) throw refused(`The token’s claim ${claimName(source)} is missing or malformed.`);
  if (others.length > 0) throw refused(`The token’s claim ${claimName(source)} names several organisations.`);
  if (!law.organisations.includes(named)) {
    const known = `known: ${law.organisations.join(', ')}`;
    throw refused(`The token’s claim ${claimName(source)} names no organisation of Sightline; ${known}.`);
  }
  if (issuer.organisations !== null && !issuer.organisations.includes(named))
    throw refused(
      `The token’s issuer may not speak for ${named}; it speaks for: ${issuer.organisations.join(', ')}.`,
    );
  return named;
}

function rolesOf(payload: unknown, issuer: Issuer, organisation: string, law: Law): readonly string[] {
  const source = issuer.claims.roles;
  const said = words(payload, source);
  if (said.length > MOST_ROLES)
    throw refused(`The token’s claim ${claimName(source)} has more than ${MOST_ROLES} entries.`);
  const roles = [...new Set(said.map((word) => issuer.values.roles.get(word) ?? word))].filter((role) =>
    law.roles.has(role),
  );
  if (roles.length === 0) {
    if (leftOut(payload, source))
      throw refused(
        `The token does not carry its claim ${claimName(source)}: the issuer left it out, as it does where there are too many groups. Assign roles of the application, or only the groups that it needs.`,
      );
    const known = `known: ${[...law.roles.keys()].join(', ')}`;
    throw refused(`The token’s claim ${claimName(source)} names no role of Sightline; ${known}.`);
  }
  for (const role of roles) {
    const holders = law.roles.get(role)?.organisations ?? [];
    if (!holders.includes(organisation))
      throw refused(
        `The token gives the role ${role} in ${organisation}, which may not hold it; it is held in: ${holders.join(', ')}.`,
      );
  }
  return roles;
}

/** Microsoft Entra ID leaves `groups` out above 200 and names it in `_claim_names` (OpenID Connect Core 5.6.2), or says `hasgroups`. */
function leftOut(payload: unknown, source: ClaimSource): boolean {
  const [first] = 'path' in source ? source.path : 'list' in source ? source.list : [];
  const { _claim_names: elsewhere, hasgroups } = payload as Record<string, unknown>;
  const named =
    typeof elsewhere === 'object' && elsewhere !== null && first !== undefined && first in elsewhere;
  return named || (first === 'groups' && hasgroups === true);
}

function personOf(payload: unknown, { claims }: Issuer): Caller['person'] {
  const [said, ...others] = claimValues(payload, claims.person);
  if (said === undefined) return null;
  const malformed = refused(`The token’s claim ${claimName(claims.person)} is missing or malformed.`);
  if (others.length > 0) throw malformed;
  const { system, value } = (
    claims.personSystem === null ? said : { system: claims.personSystem, value: String(said) }
  ) as { system?: unknown; value?: unknown };
  const known = IDENTIFIER_SYSTEMS.find((one) => one === system);
  if (known === undefined || typeof value !== 'string' || value === '' || value.length > 64) throw malformed;
  if (readIdentifier(known, value) === null)
    throw refused(`The token’s claim ${claimName(claims.person)} is no valid ${known}.`);
  return { system: known, value };
}

/** Which client of the issuer the token was given to: `azp` (OpenID Connect), `client_id` (RFC 9068) or `appid`. */
function clientOf(payload: unknown): string | null {
  const { azp, client_id: clientId, appid } = payload as Record<string, unknown>;
  const found = [azp, clientId, appid].find((one) => typeof one === 'string' && one !== '');
  return found === undefined ? null : checked(found, 'azp', 255);
}

/**
 * The system that acts for the token's subject, or asks as itself; null where a person sits before the client. It must be
 * named among the issuer's clients, for this role and organisation.
 */
function actorOf(payload: unknown, holder: TokenHolder, { clients }: Issuer): string | null {
  const { act, idtyp, gty, sub: subject, azp, client_id: clientId } = payload as Record<string, unknown>;
  if (act !== undefined && act !== null) {
    const { sub, client_id: actingClient, azp: actingParty } = act as Record<string, unknown>;
    const actor = checked(actingClient ?? actingParty ?? sub, 'act', 255);
    const rights = clients.get(actor)?.actsFor;
    const mayAct =
      rights?.organisations.includes(holder.organisation) &&
      holder.roles.every((role) => rights.roles.includes(role));
    if (!mayAct)
      throw refused('The token is of a system that acts for somebody (act), for whom it may not act here.');
    return actor;
  }
  // Whatever the entry takes for the login, `sub` is who the issuer gave the token for.
  const itself =
    holder.client !== null &&
    ([holder.sub, subject].includes(holder.client) ||
      (subject !== undefined && [azp, clientId].includes(subject)) ||
      idtyp === 'app' ||
      gty === 'client-credentials' ||
      isServiceAccount(payload));
  if (!itself) return null;
  if (!clients.get(holder.client ?? '')?.asItself)
    throw refused('The token is of a system and of nobody who sits before it; that system may not ask here.');
  return holder.client;
}

/** Keycloak's user behind a client's credentials. */
function isServiceAccount(payload: unknown): boolean {
  const { preferred_username: name } = payload as Record<string, unknown>;
  return typeof name === 'string' && name.startsWith('service-account-');
}

const words = (payload: unknown, source: ClaimSource): string[] =>
  claimValues(payload, source).filter((value): value is string => typeof value === 'string' && value !== '');

function text(payload: unknown, source: ClaimSource, longest: number): string {
  const [value, ...others] = claimValues(payload, source);
  if (others.length > 0) throw refused(`The token’s claim ${claimName(source)} has several values.`);
  return checked(typeof value === 'number' ? String(value) : value, claimName(source), longest);
}

function optional(payload: unknown, source: ClaimSource, longest: number): string | null {
  return claimValues(payload, source).length === 0 ? null : text(payload, source, longest);
}

function checked(value: unknown, claim: string, longest: number): string {
  const sound =
    typeof value === 'string' && value.length > 0 && value.length <= longest && !CONTROL.test(value);
  if (!sound) throw refused(`The token’s claim ${claim} is missing or malformed.`);
  return value as string;
}
