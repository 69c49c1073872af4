import type { Purpose } from '../policies.ts';
import type { Catalogue } from '../types.ts';
import type { Page } from './finding.ts';
import { asFlag, asItems, asList, asMap, asText, asWords, need, onlyKeys } from './read.ts';
import { readGateways } from './read-gateways.ts';
import { readReviewers } from './read-reviewers.ts';
import { readServices } from './read-services.ts';
import type { PurposesFile } from './vocabulary.ts';
import type { Tree, TreeEntry, TreeMap } from './yaml-tree.ts';

const KEYS = ['roles', 'organisations', 'purposes', 'index', 'services'];

/** purposes.yaml, checked against the sections and kinds of service that the agencies speak of. */
export function readPurposes(page: Page, tree: Tree, catalogue: Catalogue): PurposesFile | null {
  const root = asMap(page, tree, 'the file');
  if (!root) return null;
  onlyKeys(page, root, 'purposes.yaml', KEYS);
  const part = (key: string): TreeMap | null => {
    const entry = need(page, root, 'purposes.yaml', key);
    return entry && asMap(page, entry.value, key);
  };
  const roles = new Map<string, string>();
  for (const [role, { value }] of part('roles')?.entries ?? []) {
    roles.set(role, asText(page, value, `the title of role ${role}`)?.text ?? role);
  }
  const organisations = readOrganisations(page, root);
  const known = [...new Set([...organisations, ...catalogue.agencies.keys()])];
  const purposes = new Map<string, Purpose>();
  for (const [id, entry] of part('purposes')?.entries ?? []) {
    purposes.set(id, readPurpose(page, id, entry, [...roles.keys()], known));
  }
  const index = part('index');
  if (index) onlyKeys(page, index, 'index', ['gateways', 'reviewers']);
  const indexGateways = index && need(page, index, 'index', 'gateways');
  return {
    roles,
    organisations,
    purposes,
    indexGateways: indexGateways ? readGateways(page, indexGateways.value, 'gateway of the index') : [],
    reviewers: readReviewers(page, index?.entries.get('reviewers'), [...roles.keys()], purposes),
    services: readServices(page, part('services'), catalogue),
  };
}

function readOrganisations(page: Page, root: TreeMap): readonly string[] {
  const entry = need(page, root, 'purposes.yaml', 'organisations');
  const items = entry ? asList(page, entry.value, 'organisations') : [];
  return items.flatMap((item) => asText(page, item, 'organisation')?.text ?? []);
}

function readPurpose(
  page: Page,
  id: string,
  { value, line }: TreeEntry,
  roles: readonly string[],
  agencies: readonly string[],
): Purpose {
  const what = `purpose ${id}`;
  const map = asMap(page, value, what) ?? { kind: 'map', line, entries: new Map<string, TreeEntry>() };
  onlyKeys(page, map, what, ['title', 'gateways', 'roles', 'excludes', 'needsConsent', 'betweenParties']);
  const title = need(page, map, what, 'title');
  const gateways = need(page, map, what, 'gateways');
  if (gateways && asItems(gateways.value).length === 0)
    page.report(gateways.line, `${what} rests on no gateway of law`);
  const mayAssert = need(page, map, what, 'roles');
  const flag = (key: string) => {
    const entry = map.entries.get(key);
    return entry ? asFlag(page, entry.value, key) : null;
  };
  return {
    id,
    title: (title && asText(page, title.value, 'title')?.text) ?? id,
    gateways: gateways ? readGateways(page, gateways.value, 'gateway') : [],
    excludes: readExclusions(page, map.entries.get('excludes'), agencies),
    roles: mayAssert ? asWords(page, mayAssert.value, 'role', roles) : [],
    needsConsent: flag('needsConsent') ?? false,
    betweenParties: flag('betweenParties') ?? true,
    file: page.file,
    line,
  };
}

function readExclusions(
  page: Page,
  entry: TreeEntry | undefined,
  agencies: readonly string[],
): Purpose['excludes'] {
  const map = entry && asMap(page, entry.value, 'excludes');
  if (!map) return { nhsBodies: false, agencies: [] };
  onlyKeys(page, map, 'excludes', ['nhsBodies', 'agencies']);
  const nhsBodies = map.entries.get('nhsBodies');
  const named = map.entries.get('agencies');
  return {
    nhsBodies: nhsBodies ? asFlag(page, nhsBodies.value, 'nhsBodies') : false,
    agencies: named ? asWords(page, named.value, 'agency', agencies) : [],
  };
}
