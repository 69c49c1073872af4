import { EvaluateError } from './evaluate-error.ts';
import { readRows } from './read-rows.ts';

/**
 * Who is who: for each record, by index, a number that stands for the person; 0 for a record that truth leaves out. An
 * id that no record has is told and left out, since truth may be that of a larger set; that nobody is known is an error.
 */
export async function readTruth(
  file: string,
  indexOf: ReadonlyMap<string, number>,
  err: (text: string) => void,
): Promise<Uint32Array> {
  const entities = new Map<string, number>();
  const truth = new Uint32Array(indexOf.size);
  const unknown = { count: 0, first: '' };
  for await (const { row, line } of readRows(file, ['record_id', 'entity_id'])) {
    const [record, entity] = [(row.record_id ?? '').trim(), (row.entity_id ?? '').trim()];
    if (record === '') throw new EvaluateError(`${file}, line ${line}: record_id is blank`);
    if (entity === '') throw new EvaluateError(`${file}, line ${line}: entity_id is blank`);
    const index = indexOf.get(record);
    if (index === undefined) {
      if (unknown.count === 0) unknown.first = `${record} in line ${line}`;
      unknown.count += 1;
      continue;
    }
    const known = entities.get(entity) ?? entities.size + 1;
    if (truth[index] !== 0 && truth[index] !== known)
      throw new EvaluateError(`${file}, line ${line}: record_id ${record} has another entity_id before`);
    entities.set(entity, known);
    truth[index] = known;
  }
  if (entities.size === 0) throw new EvaluateError(`${file}: no record_id is one of the records'`);
  const without = truth.reduce((count, one) => count + Number(one === 0), 0);
  if (unknown.count > 0)
    err(`${file}: ${unknown.count} ids are no record's and left out, the first ${unknown.first}\n`);
  if (without > 0) err(`${file}: ${without} records are not in it; their links count as false\n`);
  return truth;
}
