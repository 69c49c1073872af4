import type { Catalogue, CatalogueSection } from '../../src/sharing/policy/types.ts';

/** A field that has no fields of its own: dotted path within its section. */
export interface Leaf {
  section: string;
  path: string;
}

/** Every leaf of every section, supplied by anybody or not; other people in a household are not followed. */
export function leavesOf({ sections }: Catalogue): Leaf[] {
  return [...sections.values()].flatMap((section) =>
    leafPaths(section).map((path) => ({ section: section.name, path })),
  );
}

function leafPaths({ fields }: CatalogueSection): string[] {
  const paths = [...fields.keys()].filter((path) => path !== 'members.person');
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));
}

/** A selection of `Person` that asks for every leaf, and how each section stands. */
export function wholePerson({ sections }: Catalogue): string {
  const parts = [...sections.values()].map(
    (section) =>
      `${section.name} { state sources { agency { id } state level reason } ${selection(leafPaths(section))} }`,
  );
  return `id relationship ${parts.join('\n')}`;
}

function selection(paths: readonly string[]): string {
  const heads = [...new Set(paths.map((path) => path.split('.')[0] as string))];
  const parts = heads.map((head) => {
    const within = paths
      .filter((path) => path.startsWith(`${head}.`))
      .map((path) => path.slice(head.length + 1));
    return within.length > 0 ? `${head} { ${selection(within)} }` : head;
  });
  return parts.join(' ');
}

/** Every value that stands at a dotted path, lists unfolded; a null on the way ends it, as null. */
export function valuesAt(value: unknown, path: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  if (value === null || value === undefined || path === '') return [value ?? null];
  const [head, ...rest] = path.split('.');
  return valuesAt((value as Record<string, unknown>)[head as string], rest.join('.'));
}
