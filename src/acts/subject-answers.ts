import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { AgencyId, RecordId } from '../../adapters/contract.ts';
import type { Act } from '../register/chain-writer.ts';
import type { RegisteredAct } from '../register/entry.ts';
import { written } from './act.ts';

/** What an agency decided of one entry that it may tell the person of. */
export interface EntryDecision {
  /** The entry's hash in the register. */
  entry: string;
  give: boolean;
  /** Empty only where it was given as the person is shown it anyway. */
  reason: string;
}

export interface SubjectAnswer {
  agency: AgencyId;
  /** The agency's own number of the record. */
  record: RecordId;
  /** The login of the officer who decided. */
  by: string;
  decisions: readonly EntryDecision[];
}

/** An answer in writing: what the register keeps of it, and how it is kept beside the register, which stand together or not at all. */
export function subjectAnswer(
  { agency, record, by, decisions }: SubjectAnswer,
  now: Date,
): { act: RegisteredAct; keep: Act } {
  const id = randomUUID();
  const { text, salt, digest } = written(
    JSON.stringify(decisions.map(({ entry, give, reason }) => ({ entry, give, reason }))),
  );
  return {
    act: { id, ground: null, personsView: null, digest },
    async keep(transaction) {
      await sql`
        insert into subject_answer (id, agency, record, by_whom, at, decisions, salt)
        values (${id}, ${agency}, ${record}, ${by}, ${now}, ${text}, ${salt})`.execute(transaction);
    },
  };
}
