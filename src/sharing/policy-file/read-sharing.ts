import { type AgencyPolicy, type Grant, INDEX_FEATURES, type IndexSharing } from '../policies.ts';
import { type Page, unknownWord } from './finding.ts';
import { asDuration, asItems, asList, asMap, asText, asWord, asWords, need, onlyKeys } from './read.ts';
import { readAgreement } from './read-agreement.ts';
import { readCitedGateways } from './read-gateways.ts';
import { readGrant } from './read-grant.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Tree, TreeEntry } from './yaml-tree.ts';

const KEYS = ['controller', 'characteristic', 'agreement', 'index', 'grants'];
const WHAT = 'sharing.yaml';

/** One agency's file. Anything wrong in it is reported; what is returned then is not used. */
export function readSharing(page: Page, tree: Tree, words: Vocabulary): AgencyPolicy | null {
  const root = asMap(page, tree, 'the file');
  if (!root) return null;
  onlyKeys(page, root, WHAT, KEYS);
  const [controller, characteristic, agreement, index, grants] = KEYS.map((key) =>
    need(page, root, WHAT, key),
  );
  if (!controller || !characteristic || !agreement || !index || !grants) return null;
  return {
    agency: words.agency.id,
    file: page.file,
    controller: asText(page, controller.value, 'controller')?.text ?? '',
    characteristic: readCharacteristic(page, characteristic, words),
    agreement: readAgreement(page, agreement, words.parties),
    index: readIndex(page, index, words),
    grants: readGrants(page, grants, words),
    line: grants.line,
  };
}

function readCharacteristic(page: Page, { value, line }: TreeEntry, words: Vocabulary): string {
  const section = asWord(page, value, 'section', words.sections);
  if (section && words.supplied.length > 0 && !words.supplied.includes(section)) {
    page.report(line, `${unknownWord('section of this agency', section, words.supplied)}`);
  }
  return section ?? '';
}

function readIndex(page: Page, { value, line }: TreeEntry, words: Vocabulary): IndexSharing {
  const map = asMap(page, value, 'index') ?? { kind: 'map', line, entries: new Map<string, TreeEntry>() };
  onlyKeys(page, map, 'index', ['share', 'gateway', 'retain']);
  const share = need(page, map, 'index', 'share');
  const gateway = need(page, map, 'index', 'gateway');
  const retain = need(page, map, 'index', 'retain');
  if (gateway && asItems(gateway.value).length === 0)
    page.report(gateway.line, 'the index needs at least one gateway of law');
  return {
    share: share ? asWords(page, share.value, 'feature of the index', INDEX_FEATURES) : [],
    gateways: gateway
      ? readCitedGateways(page, gateway.value, 'gateway of the index', words.indexGateways).map(
          ({ cite }) => cite,
        )
      : [],
    retain: (retain && asDuration(page, retain.value, 'retain')) ?? '',
  };
}

/** Two grants for one role at one purpose would disagree sooner or later: each pair stands once. */
function readGrants(page: Page, { value }: TreeEntry, words: Vocabulary): readonly Grant[] {
  const first = new Map<string, number>();
  return asList(page, value, 'grants').flatMap((tree: Tree) => {
    const grant = readGrant(page, tree, words);
    if (!grant) return [];
    const pair = `${grant.role} at ${grant.purpose}`;
    const line = first.get(pair);
    if (line === undefined) first.set(pair, grant.line);
    else if (grant.role && grant.purpose) {
      page.report(grant.line, `a second grant to ${pair}: the first is at line ${line}. Make them one`);
    }
    return [grant];
  });
}
