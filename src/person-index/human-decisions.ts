import { sql } from 'kysely';
import type { AgencyId, RecordId } from '../../adapters/contract.ts';
import { recordKey } from './features.ts';
import type { Comparison, Decided } from './matcher.ts';
import type { Store } from './tables.ts';

export const LINK_VERDICTS = ['SAME', 'DIFFERENT', 'UNSURE'] as const;
export type LinkVerdict = (typeof LINK_VERDICTS)[number];

export interface RecordPointer {
  agency: AgencyId;
  record: RecordId;
}
/** Two records in the one order in which a pair is kept. */
export type Pair = readonly [RecordPointer, RecordPointer];

/** A row of `index_decision`. */
export interface HumanDecision {
  /** Ascending in the order of decisions; a bigint, so the driver hands it out as text. */
  id: string;
  agency: AgencyId;
  record: RecordId;
  other_agency: AgencyId;
  other_record: RecordId;
  verdict: LinkVerdict;
  effective: boolean;
  confirms: string | null;
  undoes: string | null;
  sub: string;
  name: string | null;
  organisation: AgencyId;
  role: string;
  purpose: string | null;
  reference: string | null;
  why: string;
  at: Date;
  shown: readonly Comparison[];
  weight_bits: number | null;
  model: string;
}

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
export async function loadDecided(store: Store): Promise<Decided> {
  const { rows } = await sql<
    Pick<HumanDecision, 'agency' | 'record' | 'other_agency' | 'other_record' | 'verdict'>
  >`
    select agency, record, other_agency, other_record, verdict from index_decision_standing
    where verdict <> 'UNSURE'`.execute(store);
  const pairs = (verdict: LinkVerdict) =>
    rows
      .filter((row) => row.verdict === verdict)
      .map(
        (row) => [recordKey(row.agency, row.record), recordKey(row.other_agency, row.other_record)] as const,
      );
  return { same: pairs('SAME'), different: pairs('DIFFERENT') };
}

/** All that was ever decided of these pairs, newest first. */
export async function loadHistory(store: Store, pairs: readonly Pair[]): Promise<HumanDecision[]> {
  const asked = pairs.map(([one, other]) => ({
    ...one,
    other_agency: other.agency,
    other_record: other.record,
  }));
  const { rows } = await sql<HumanDecision>`
    select d.* from index_decision d
    join jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      as a (agency text, record text, other_agency text, other_record text)
      using (agency, record, other_agency, other_record)
    order by d.id desc`.execute(store);
  return rows;
}

/** What stands on one pair: the decision in force, and the one that waits for a second person. `history` newest first. */
export function standingOf(history: readonly HumanDecision[]): {
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
export async function insertDecision(store: Store, decision: NewDecision): Promise<void> {
  const { pair, ...one } = decision;
  const [first, second] = pair;
  await sql`
    insert into index_decision (agency, record, other_agency, other_record, verdict, effective, confirms, undoes,
      sub, name, organisation, role, purpose, reference, why, at, shown, weight_bits, model)
    values (${first.agency}, ${first.record}, ${second.agency}, ${second.record}, ${one.verdict}, ${one.effective},
      ${one.confirms}, ${one.undoes}, ${one.sub}, ${one.name}, ${one.organisation}, ${one.role}, ${one.purpose},
      ${one.reference}, ${one.why}, ${one.at}, ${JSON.stringify(one.shown)}::jsonb, ${one.weight_bits}, ${one.model})`.execute(
    store,
  );
}
