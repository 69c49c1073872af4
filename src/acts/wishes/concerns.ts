import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { RegisteredAct } from '../../register/entry.ts';
import type { Register } from '../../register/register.ts';
import type { Relationship } from '../../sharing/policy/types.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { Actor } from '../act.ts';
import { ActRefused, type EntryOf, written } from '../act.ts';
import { alert } from '../alerts.ts';
import { type KeptFrom, type ListPage, visiblePage } from '../page.ts';
import { endOfMonthAfter } from '../working-days.ts';

/** What somebody raises with the agency whose data it is about: the person's objection to a section, or a mistake in a record. */
export type ConcernKind = 'OBJECTION' | 'MISTAKE';

export interface NewConcern {
  kind: ConcernKind;
  raisedBy: Actor;
  /** From the login of the person themselves: it changes nothing until the agency has spoken to them. */
  bySubject: boolean;
  relationship: Relationship;
  purpose: string;
  reference: string;
  person: string;
  agency: AgencyId;
  section: string;
  /** Of a mistake: a dotted path within the section. */
  field: string | null;
  /** Of a mistake: the row that it is in, as the agency names it: table and key. */
  row: string | null;
  /** The agency's records of the person that are linked now. */
  records: readonly RecordId[];
  why: string;
}

/** One concern as it stands. */
export interface Concern extends NewConcern {
  id: string;
  at: Date;
  answerBy: Date;
  /** Whether the agency upheld the objection, or corrected the mistake; null until it answers. */
  agreed: boolean | null;
  answeredAt: Date | null;
}

/** Objections and mistakes as the rest of the gateway does them: each act stands with its entry and its alert, or not at all. */
export interface Concerns {
  raise(concern: NewConcern, now: Date, entryOf: EntryOf): Promise<string>;
  answer(
    concern: Concern,
    word: { by: Actor; agreed: boolean; why: string },
    now: Date,
    entryOf: EntryOf,
  ): Promise<void>;
  find(kind: ConcernKind, id: string): Promise<Concern | null>;
  /** Of an agency, newest first. `agreed`: those answered so, null those that wait, undefined all. */
  list(
    of: { kind: ConcernKind; agency: AgencyId; agreed: boolean | null | undefined },
    page: ListPage,
    keptFrom: KeptFrom,
  ): ReturnType<typeof visiblePage<Concern>>;
}

const ALERTS = { OBJECTION: 'OBJECTION_TO_DECIDE', MISTAKE: 'MISTAKE_TO_ANSWER' } as const;

/** @param store the own store, for what is read; acts are written where the register is */
export function createConcerns(store: StoreDatabase, register: Pick<Register, 'recordWith'>): Concerns {
  return {
    async raise(concern, now, entryOf) {
      const id = randomUUID();
      const { salt, digest } = written(concern.why);
      const answerBy = await endOfMonthAfter(now);
      await register.recordWith([entryOf(actOf(id, digest))], async (transaction) => {
        await refuseAgain(transaction, concern);
        await insert(transaction, { ...concern, id, at: now, answerBy }, salt);
        await alert(transaction, ALERTS[concern.kind], concern.agency, { act: id }, now);
      });
      return id;
    },
    answer({ id }, { by, agreed, why }, now, entryOf) {
      const { text, salt, digest } = written(why);
      return register.recordWith([entryOf(actOf(id, digest))], async (transaction) => {
        const { rows } = await sql`
          update concern set agreed = ${agreed}, answer_why = ${text}, answer_salt = ${salt}, answer_sub = ${by.sub},
            answer_name = ${by.name}, answered_at = ${now}
          where id = ${id} and agreed is null returning id`.execute(transaction);
        if (rows.length === 0) throw new ActRefused('ALREADY_SAID', 'Your agency has answered it already');
      });
    },
    async find(kind, id) {
      const [concern] = await select(store, sql<boolean>`kind = ${kind} and id = ${id}`);
      return concern ?? null;
    },
    list: ({ kind, agency, agreed }, page, keptFrom) => {
      const state =
        agreed === undefined
          ? sql<boolean>`true`
          : sql<boolean>`agreed is not distinct from ${agreed}::boolean`;
      const only = sql<boolean>`kind = ${kind} and agency = ${agency} and ${state}`;
      return visiblePage((after, first) => select(store, only, after, first), page, keptFrom);
    },
  };
}

const actOf = (id: string, digest: string): RegisteredAct => ({
  ...{ id, ground: null, personsView: null, digest },
});

/** One login raises the same once, while it waits; two at once come one after the other. */
async function refuseAgain(store: StoreDatabase, concern: NewConcern): Promise<void> {
  const { kind, person, agency, section, field, row, raisedBy } = concern;
  const { organisation, sub, issuer } = raisedBy;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`concern ${organisation} ${sub}`}, 0))`.execute(
    store,
  );
  const { rows } = await sql<{ id: string }>`
    select id from concern
    where kind = ${kind} and person = ${person} and agency = ${agency} and section = ${section} and agreed is null
      and field is not distinct from ${field}::text and "row" is not distinct from ${row}::text
      and organisation = ${organisation} and sub = ${sub} and issuer is not distinct from ${issuer}::text`.execute(
    store,
  );
  if (rows[0])
    throw new ActRefused(
      'ALREADY_SAID',
      `You have said so already, as ${rows[0].id}: the agency is to answer it`,
    );
}

async function insert(
  store: StoreDatabase,
  concern: Omit<Concern, 'agreed' | 'answeredAt'>,
  salt: string,
): Promise<void> {
  const { raisedBy: by } = concern;
  await sql`
    insert into concern (id, kind, issuer, sub, staff, name, role, organisation, site, by_subject, relationship, purpose,
      reference, person, agency, section, field, "row", records, why, salt, at, answer_by)
    values (${concern.id}, ${concern.kind}, ${by.issuer}, ${by.sub}, ${by.staff}, ${by.name}, ${by.role}, ${by.organisation},
      ${by.site}, ${concern.bySubject}, ${concern.relationship}, ${concern.purpose}, ${concern.reference}, ${concern.person},
      ${concern.agency}, ${concern.section}, ${concern.field}, ${concern.row}, ${[...concern.records].sort()}::text[], ${concern.why}, ${salt},
      ${concern.at}, ${concern.answerBy})`.execute(store);
}

async function select(
  store: StoreDatabase,
  only: ReturnType<typeof sql<boolean>>,
  after: string | null = null,
  first: number | null = null,
): Promise<readonly Concern[]> {
  const { rows } = await sql<Omit<Concern, 'raisedBy'> & Actor>`
    select id, kind, issuer, sub, staff, name, role, organisation, site, by_subject as "bySubject", relationship, purpose,
      reference, person, agency, section, field, "row", records, why, at, answer_by as "answerBy", agreed,
      answered_at as "answeredAt"
    from concern
    where ${only} and (${after}::text is null or (at, id) < (select b.at, b.id from concern b where b.id = ${after}))
    order by at desc, id desc limit ${first}`.execute(store);
  return rows.map(({ issuer, sub, staff, name, role, organisation, site, ...row }) => ({
    ...row,
    raisedBy: { issuer, sub, staff, name, role, organisation, site },
  }));
}
