import type { Gateway } from '../policies.ts';
import { type Page, unknownWord } from './finding.ts';
import { asItems, asMap, asText, asWord, need, onlyKeys } from './read.ts';
import type { Tree } from './yaml-tree.ts';

const PLACES = ['PUBLIC', 'DWELLING'] as const;

/** A list of gateways as purposes.yaml gives them: a citation, or `{ cite, place }`. */
export function readGateways(page: Page, tree: Tree, what: string): readonly Gateway[] {
  return asItems(tree).flatMap((item) => readGateway(page, item, what) ?? []);
}

function readGateway(page: Page, tree: Tree, what: string): Gateway | null {
  if (tree.kind === 'text') {
    const cite = asText(page, tree, what)?.text;
    return cite === undefined ? null : { cite, place: null };
  }
  const map = asMap(page, tree, what);
  if (!map) return null;
  onlyKeys(page, map, what, ['cite', 'place']);
  const cite = need(page, map, what, 'cite');
  const place = map.entries.get('place');
  return {
    cite: (cite && asText(page, cite.value, what)?.text) ?? '',
    place: place ? asWord(page, place.value, 'place', PLACES) : null,
  };
}

/**
 * The gateways an agency cites: each must be one that the purpose may rest on, and carries no further than the
 * law lets it. A place the law fixes need not be written again.
 */
export function readCitedGateways(
  page: Page,
  tree: Tree,
  what: string,
  known: readonly Gateway[],
): readonly Gateway[] {
  return asItems(tree).flatMap((item) => {
    const gateway = readGateway(page, item, what);
    if (!gateway) return [];
    const lawful = known.find(({ cite }) => cite === gateway.cite);
    if (!lawful) {
      page.report(
        item.line,
        unknownWord(
          what,
          gateway.cite,
          known.map(({ cite }) => cite),
        ),
      );
      return [];
    }
    if (lawful.place !== null && gateway.place !== null && gateway.place !== lawful.place) {
      page.report(
        item.line,
        `${gateway.cite} carries information at a ${lawful.place} place only, not ${gateway.place}`,
      );
    }
    return [{ cite: gateway.cite, place: lawful.place ?? gateway.place }];
  });
}
