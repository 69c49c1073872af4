import type { LinkRecord } from '../../linkage/features.ts';
import type { Link } from '../../linkage/link-records.ts';
import type { Output } from './output.ts';

/** Writes the pairs that are linked or kept for review. */
export async function writeLinks(
  output: Output,
  links: Iterable<Link>,
  records: readonly LinkRecord[],
): Promise<void> {
  const key = (at: number) => (records[at] as LinkRecord).key;
  await output.write(
    ['record_id_a', 'record_id_b', 'weight_bits', 'decision'],
    mapped(links, ({ a, b, bits, decision }) =>
      decision === 'NONE' ? null : [key(a), key(b), bits.toFixed(2), decision],
    ),
  );
}

/** Writes for every record the person that it is held to be, named by that person's first record. */
export async function writeClusters(
  output: Output,
  person: Uint32Array,
  records: readonly LinkRecord[],
): Promise<void> {
  await output.write(
    ['record_id', 'person_id'],
    mapped(records.entries(), ([at, { key }]) => [key, (records[person[at] as number] as LinkRecord).key]),
  );
}

function* mapped<T>(
  items: Iterable<T>,
  row: (item: T) => readonly string[] | null,
): Iterable<readonly string[]> {
  for (const item of items) {
    const made = row(item);
    if (made) yield made;
  }
}
