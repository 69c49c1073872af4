import type { Grant, Purpose } from '../policies.ts';
import type { Page } from './finding.ts';
import { asFlag, asItems, asMap, asWord, need, onlyKeys } from './read.ts';
import { readConditions } from './read-conditions.ts';
import { readCitedGateways } from './read-gateways.ts';
import { readShare } from './read-shared-sections.ts';
import { readUnverified } from './read-unverified.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Tree, TreeMap } from './yaml-tree.ts';

const KEYS = [
  'role',
  'purpose',
  'gateway',
  'conditions',
  'claim',
  'unverified',
  'discloseSource',
  'consent',
  'share',
];

/** One grant. Anything wrong in it is reported; what is returned then is not used. */
export function readGrant(page: Page, tree: Tree, words: Vocabulary): Grant | null {
  const map = asMap(page, tree, 'a grant');
  if (!map) return null;
  onlyKeys(page, map, 'a grant', KEYS);
  const role = word(page, map, 'role', [...words.roles.keys()]);
  const id = word(page, map, 'purpose', [...words.purposes.keys()]);
  const purpose = words.purposes.get(id);
  const share = readShare(page, map, words);
  if (purpose) checkPurpose(page, map, role, purpose, words);
  const gateway = need(page, map, 'a grant', 'gateway');
  if (gateway && asItems(gateway.value).length === 0)
    page.report(gateway.line, 'a grant needs at least one gateway of law');
  const source = map.entries.get('discloseSource');
  return {
    role,
    purpose: id,
    gateways:
      gateway && purpose
        ? readCitedGateways(page, gateway.value, `gateway for ${purpose.id}`, purpose.gateways)
        : [],
    conditions: readConditions(page, map),
    claim: choice(page, map, 'claim', 'allowed', 'refused'),
    unverified: readUnverified(page, map, share, words),
    discloseSource: source ? asFlag(page, source.value, 'discloseSource') : false,
    needsConsent: choice(page, map, 'consent', 'required', 'not required'),
    share,
    line: map.line,
    gatewayLine: gateway?.line ?? map.line,
  };
}

function word(page: Page, map: TreeMap, key: string, known: readonly string[]): string {
  const entry = need(page, map, 'a grant', key);
  return (entry && asWord(page, entry.value, key, known)) ?? '';
}

function choice(page: Page, map: TreeMap, key: string, yes: string, no: string): boolean {
  const entry = map.entries.get(key);
  return entry ? asWord(page, entry.value, key, [yes, no]) === yes : false;
}

function checkPurpose(
  page: Page,
  map: TreeMap,
  role: string,
  purpose: Purpose,
  { agency, roles }: Vocabulary,
) {
  const line = map.entries.get('purpose')?.line ?? map.line;
  const nhs = purpose.excludes.nhsBodies && agency.nhsBody;
  if (nhs || purpose.excludes.agencies.includes(agency.id)) {
    page.report(
      line,
      `${purpose.id} excludes ${nhs ? 'NHS bodies' : agency.id}: ${agency.name} cannot grant it`,
    );
  }
  if (roles.has(role) && !purpose.roles.includes(role)) {
    const may = purpose.roles.length > 0 ? purpose.roles.join(', ') : 'nobody yet';
    page.report(line, `${role} may not assert ${purpose.id}. Who may: ${may}`);
  }
}
