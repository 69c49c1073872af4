import { levelOf, rank } from '../levels.ts';
import type { Grant, Purpose, ShareEntry } from '../policies.ts';
import type { Level } from '../types.ts';
import { type Page, unknownWord } from './finding.ts';
import { asFlag, asItems, asMap, asText, asWord, need, onlyKeys } from './read.ts';
import { readCitedGateways } from './read-gateways.ts';
import { readShareEntry } from './read-share.ts';
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
const UNVERIFIED_LEVELS: Readonly<Record<string, Level>> = {
  full: 'FULL',
  summary: 'SUMMARY',
  exists: 'EXISTS',
};

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

/** Part 2 rests on Article 6 (and 9), law enforcement under Part 3 on Schedule 8 of the Data Protection Act 2018. */
function readConditions(page: Page, map: TreeMap): readonly string[] {
  const entry = need(page, map, 'a grant', 'conditions');
  const conditions = entry && asMap(page, entry.value, 'conditions');
  if (!conditions) return [];
  onlyKeys(page, conditions, 'conditions', ['article6', 'article9', 'schedule8', 'regime']);
  const regime = need(page, conditions, 'conditions', 'regime');
  if (!conditions.entries.has('schedule8')) need(page, conditions, 'conditions', 'article6');
  const text = (key: string, name: string) => {
    const found = conditions.entries.get(key);
    const said = found && asText(page, found.value, key)?.text;
    return said ? [`${name}: ${said}`] : [];
  };
  return [
    ...text('article6', 'Article 6'),
    ...text('article9', 'Article 9'),
    ...text('schedule8', 'Schedule 8'),
    ...[regime && asWord(page, regime.value, 'regime', ['PART2', 'PART3'])].flatMap((said) => said ?? []),
  ];
}

/** Every section the agency supplies is classified in every grant, so that a new section is never shared, or kept, unseen. */
function readShare(page: Page, map: TreeMap, words: Vocabulary): ReadonlyMap<string, ShareEntry> {
  const share = new Map<string, ShareEntry>();
  const entry = need(page, map, 'a grant', 'share');
  const sections = entry && asMap(page, entry.value, 'share');
  if (!sections) return share;
  for (const [section, found] of sections.entries) {
    if (!words.sections.includes(section)) {
      page.report(found.line, unknownWord('section', section, words.supplied));
    } else if (!words.supplied.includes(section)) {
      page.report(
        found.line,
        `${words.agency.name} does not supply ${section}. It supplies: ${words.supplied.join(', ')}`,
      );
    } else share.set(section, readShareEntry(page, section, found, words));
  }
  const missing = words.supplied.filter((section) => !sections.entries.has(section));
  if (missing.length > 0) {
    page.report(
      entry.line,
      `this grant does not say what becomes of ${missing.join(', ')}: give a level, or withheld`,
    );
  }
  return share;
}

function readUnverified(
  page: Page,
  map: TreeMap,
  share: ReadonlyMap<string, ShareEntry>,
  words: Vocabulary,
): ReadonlyMap<string, Level> {
  const unverified = new Map<string, Level>();
  const entry = map.entries.get('unverified');
  const listed = entry && asMap(page, entry.value, 'unverified');
  for (const [section, { value, line }] of listed?.entries ?? []) {
    if (!words.supplied.includes(section)) {
      page.report(line, unknownWord('section', section, words.supplied));
      continue;
    }
    const said = asWord(page, value, 'level', Object.keys(UNVERIFIED_LEVELS));
    const level = said === null ? undefined : UNVERIFIED_LEVELS[said];
    if (!level) continue;
    const shared = share.get(section);
    const most = shared ? levelOf(shared.access) : null;
    if (rank(level) > rank(most)) {
      page.report(
        line,
        `${section} cannot be ${said} while unverified: it is ${shared?.access ?? 'not'} in share`,
      );
    }
    unverified.set(section, level);
  }
  return unverified;
}
