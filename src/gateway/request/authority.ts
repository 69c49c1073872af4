import type { Authority, RecordAuthority } from '../../compile/plan/authority.ts';
import type { RequestSubjects, Subject } from '../../person-index/records/types.ts';
import type { CallerRequest } from './context.ts';

/**
 * What one request may read, record by record: the inner lock asks it before any SQL is made. Only people that the
 * person index has resolved and gated for this very request are in it, whatever keys a document carries.
 */
export class SubjectAuthority implements Authority {
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly requestId: string;
  readonly note: Authority['note'];
  readonly #subjects: RequestSubjects;
  readonly #hidden = new Map<string, Set<string>>();
  readonly #records = new Map<string, RecordAuthority>();
  readonly #standIns = new Map<string, Subject>();
  #read = 0;

  constructor(
    { signal, requestId }: CallerRequest,
    subjects: RequestSubjects,
    now: Date,
    note: Authority['note'],
  ) {
    this.now = now;
    this.signal = signal;
    this.requestId = requestId;
    this.note = note;
    this.#subjects = subjects;
  }

  of(agency: string, record: string): RecordAuthority | null {
    const resolved = this.#subjects.resolved();
    for (; this.#read < resolved.length; this.#read += 1) this.#add(resolved[this.#read] as Subject);
    const subject = this.#standIns.get(`${agency}\n${record}`);
    if (subject)
      return { decisions: subject.decisions(agency), placeShield: subject.placeShield, standIn: true };
    return this.#records.get(`${agency}\n${record}`) ?? null;
  }

  /** The key under which an agency is asked about somebody it has no record of, so that the question is the same. */
  standIn(agency: string, subject: Subject): string {
    const key = `nobody ${subject.id}`;
    this.#standIns.set(`${agency}\n${key}`, subject);
    return key;
  }

  /** Called before an agency is asked for rows that are about other people too. */
  hide(agency: string, records: readonly string[]): void {
    const known = this.#hidden.get(agency) ?? new Set();
    for (const record of records) known.add(record);
    this.#hidden.set(agency, known);
  }

  hidden(agency: string): readonly string[] {
    return [...(this.#hidden.get(agency) ?? [])].sort();
  }

  #add(subject: Subject): void {
    for (const [agency, records] of subject.links) {
      const authority = { decisions: subject.decisions(agency), placeShield: subject.placeShield };
      for (const record of records) this.#records.set(`${agency}\n${record}`, authority);
    }
  }
}
