import { type Selectable, sql } from 'kysely';
import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { StoreDatabase, StoreTables } from '../../store/tables.ts';
import { recordKey } from '../records/features.ts';
import type { HumanVerdicts } from '../records/matcher.ts';

export const LINK_VERDICTS = ['SAME', 'DIFFERENT', 'UNSURE'] as const;
export type LinkVerdict = (typeof LINK_VERDICTS)[number];

export interface RecordPointer {
  agency: AgencyId;
  record: RecordId;
}
/** Two records in the one order in which a pair is kept. */
export type Pair = readonly [RecordPointer, RecordPointer];

/** A row of `index_decision`. */
export type HumanDecision = Selectable<StoreTables['index_decision']>;

/** Null for a record with itself. */
export function pairOf(one: RecordPointer, other: RecordPointer): Pair | null {
  const [first, second] = [recordKey(one.agency, one.record), recordKey(other.agency, other.record)];
  if (first === second) return null;
  return first < second ? [one, other] : [other, one];
}

export const pairKey = ([one, other]: Pair): string =>
  JSON.stringify([one.agency, one.record, other.agency, other.record]);

export const pairOfDecision = (
  row: Pick<HumanDecision, 'agency' | 'record' | 'other_agency' | 'other_record'>,
): Pair => [
  { agency: row.agency, record: row.record },
  { agency: row.other_agency, record: row.other_record },
];

/** Every pair on which a human's word stands, for the matcher. */
export async function loadDecided(store: StoreDatabase): Promise<HumanVerdicts> {
  const rows = await store
    .selectFrom('index_decision_standing')
    .select(['agency', 'record', 'other_agency', 'other_record', 'verdict'])
    .where('verdict', '<>', 'UNSURE')
    .execute();
  const pairs = (verdict: LinkVerdict) =>
    rows
      .filter((row) => row.verdict === verdict)
      .map(
        (row) => [recordKey(row.agency, row.record), recordKey(row.other_agency, row.other_record)] as const,
      );
  return { same: pairs('SAME'), different: pairs('DIFFERENT') };
}

/** All that was ever decided of these pairs, newest first. */
export async function loadHistory(store: StoreDatabase, pairs: readonly Pair[]): Promise<HumanDecision[]> {
  const pairsAsked = pairs.map(([one, other]) => ({
    ...one,
    other_agency: other.agency,
    other_record: other.record,
  }));
  const { rows } = await sql<HumanDecision>`
    select d.* from index_decision d
    join jsonb_to_recordset(${JSON.stringify(pairsAsked)}::jsonb)
      as a (agency text, record text, other_agency text, other_record text)
      using (agency, record, other_agency, other_record)
    order by d.id desc`.execute(store);
  return rows;
}

/** What stands on one pair: the decision in force, and the one that waits for a second person. `history` newest first. */
export function decisionsOn(history: readonly HumanDecision[]): {
  inForce: HumanDecision | null;
  waiting: HumanDecision | null;
} {
  const [latest] = history;
  return {
    inForce: history.find(({ effective }) => effective) ?? null,
    waiting: latest && !latest.effective ? latest : null,
  };
}

export type NewDecision = Omit<
  HumanDecision,
  'id' | 'agency' | 'record' | 'other_agency' | 'other_record'
> & {
  pair: Pair;
};

/** Adds one row; there is no way to change or take one away. */
export async function insertDecision(store: StoreDatabase, decision: NewDecision): Promise<void> {
  const [{ agency, record }, other] = decision.pair;
  const { verdict, effective, confirms, undoes, awaits, sub, name, organisation, role } = decision;
  const { purpose, reference, why, at, shown, weight_bits, model } = decision;
  await store
    .insertInto('index_decision')
    .values({
      ...{ agency, record, other_agency: other.agency, other_record: other.record },
      ...{ verdict, effective, confirms, undoes, awaits, sub, name, organisation, role },
      ...{ purpose, reference, why, at, shown: JSON.stringify(shown), weight_bits, model },
    })
    .execute();
}
