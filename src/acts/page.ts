/** How much of a list is asked for. */
export interface ListPage {
  first: number;
  /** Id of the last of the page before. */
  after: string | null;
}

/** Of these people, those who are kept from whoever reads the list; told in one question for the page. */
export type KeptFrom = (people: readonly string[]) => Promise<ReadonlySet<string>>;

/**
 * A page of a list without the people who are kept from its reader: as full as if they were not there.
 * @param select what follows an id, in the order of the list, so many at most
 */
export async function visiblePage<Item extends { id: string; person: string }>(
  select: (after: string | null, first: number) => Promise<readonly Item[]>,
  { first, after }: ListPage,
  keptFrom: KeptFrom,
): Promise<{ items: readonly Item[]; next: string | null }> {
  const items: Item[] = [];
  for (let from = after; ; ) {
    const found = await select(from, first + 1);
    const kept = await keptFrom([...new Set(found.map(({ person }) => person))]);
    items.push(...found.filter(({ person }) => !kept.has(person)));
    from = found.at(-1)?.id ?? null;
    if (found.length <= first || items.length > first) break;
  }
  const shown = items.slice(0, first);
  return { items: shown, next: items.length > first ? (shown.at(-1)?.id ?? null) : null };
}
