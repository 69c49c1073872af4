/**
 * Rows in order of their place, a page at a time; the next page is asked for while this one is looked at.
 * @param rowsAfter at most `most` rows behind a place
 */
export async function* inPages<Row extends { readonly seq: string }>(
  rowsAfter: (seq: string) => Promise<readonly Row[]>,
  begin: string,
  most: number,
): AsyncGenerator<Row> {
  let next: Promise<readonly Row[]> | null = rowsAfter(begin);
  while (next !== null) {
    const rows: readonly Row[] = await next;
    const last = rows.at(-1);
    next = last === undefined || rows.length < most ? null : rowsAfter(last.seq);
    // Whoever stops reading here is not told that the rest could not be read.
    next?.catch(() => {});
    yield* rows;
  }
}
