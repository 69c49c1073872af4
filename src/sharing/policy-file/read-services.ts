import type { Catalogue } from '../types.ts';
import type { Page } from './finding.ts';
import { asWord } from './read.ts';
import type { TreeMap } from './yaml-tree.ts';

/** The section each kind of service belongs to; every kind that an agency's involvements speak of must have one. */
export function readServices(
  page: Page,
  map: TreeMap | null,
  catalogue: Catalogue,
): ReadonlyMap<string, string> {
  const services = new Map<string, string>();
  const sections = [...catalogue.sections.keys()];
  for (const [kind, { value }] of map?.entries ?? []) {
    const section = asWord(page, value, 'section', sections);
    if (section) services.set(kind, section);
  }
  for (const { id, serviceKinds } of catalogue.agencies.values()) {
    for (const kind of serviceKinds) {
      if (map && !map.entries.has(kind))
        page.report(map.line, `services lacks "${kind}", a kind of service of ${id}`);
    }
  }
  return services;
}
