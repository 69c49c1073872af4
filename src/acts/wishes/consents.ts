import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { RegisteredAct } from '../../register/entry.ts';
import type { Register } from '../../register/register.ts';
import { londonDay } from '../../sharing/rules/agreement.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { Actor } from '../act.ts';
import { ActRefused, type EntryOf, written } from '../act.ts';
import { alert } from '../alerts.ts';
import { type KeptFrom, type ListPage, visiblePage } from '../page.ts';
import { endOfWorkingDay } from '../working-days.ts';

/** A consent that is to be recorded: who may, and whose data it is about, has been decided by policy. */
export interface NewConsent {
  recordedBy: Actor;
  person: string;
  purpose: string;
  /** The authority that the person chose. */
  to: AgencyId;
  reference: string;
  evidence: string;
  /** YYYY-MM-DD, the last day on which it holds, in London; null until it is withdrawn. */
  until: string | null;
  policyVersion: string;
  /** Whose data it is about, with their records of the person that are linked now. */
  agencies: ReadonlyMap<AgencyId, readonly RecordId[]>;
}

export interface ConsentAgency {
  agency: AgencyId;
  records: readonly RecordId[];
  /** Its own staff asked the person, or its officer confirmed it. */
  confirmed: boolean;
}

/** One consent as it stands. */
export interface Consent extends Omit<NewConsent, 'agencies'> {
  id: string;
  recordedAt: Date;
  confirmBy: Date;
  withdrawnAt: Date | null;
  agencies: readonly ConsentAgency[];
}

/** Consents as the rest of the gateway does them: each act stands with its entry and its alerts, or not at all. */
export interface Consents {
  record(consent: NewConsent, now: Date, entryOf: EntryOf): Promise<string>;
  confirm(
    consent: Consent,
    word: { by: Actor; agency: AgencyId },
    now: Date,
    entryOf: EntryOf,
  ): Promise<void>;
  withdraw(consent: Consent, word: { by: Actor; why: string }, now: Date, entryOf: EntryOf): Promise<void>;
  find(id: string): Promise<Consent | null>;
  /** Of one person, newest first: those that this organisation recorded, or all. */
  of(person: string, organisation: AgencyId | null): Promise<readonly Consent[]>;
  toConfirm(
    agency: AgencyId,
    page: ListPage,
    now: Date,
    keptFrom: KeptFrom,
  ): ReturnType<typeof visiblePage<Consent>>;
}

/** @param store the own store, for what is read; acts are written where the register is */
export function createConsents(store: StoreDatabase, register: Pick<Register, 'recordWith'>): Consents {
  return {
    async record(consent, now, entryOf) {
      const id = randomUUID();
      const evidence = written(consent.evidence);
      const confirmBy = await endOfWorkingDay(now, 1);
      await register.recordWith([entryOf(actOf(id, evidence.digest))], (transaction) =>
        insert(transaction, { ...consent, id, confirmBy }, evidence.salt, now),
      );
      return id;
    },
    confirm({ id }, { by, agency }, now, entryOf) {
      return register.recordWith([entryOf(actOf(id, null))], async (transaction) => {
        await refuseWhatIsOver(transaction, id, now);
        const { rows } = await sql`
          update consent_agency set confirmed_at = ${now}, confirmed_sub = ${by.sub}, confirmed_name = ${by.name}
          where consent = ${id} and agency = ${agency} and confirmed_at is null returning agency`.execute(
          transaction,
        );
        if (rows.length === 0) throw new ActRefused('ALREADY_SAID', 'Your agency has confirmed it already');
      });
    },
    withdraw({ id, to, agencies }, { by, why }, now, entryOf) {
      const { text, salt, digest } = written(why);
      return register.recordWith([entryOf(actOf(id, digest))], async (transaction) => {
        const { rows } = await sql`
          update consent set withdrawn_at = ${now}, withdrawn_sub = ${by.sub}, withdrawn_why = ${text},
            withdrawn_salt = ${salt}
          where id = ${id} and withdrawn_at is null returning id`.execute(transaction);
        if (rows.length === 0) throw new ActRefused('ALREADY_SAID', 'It has been withdrawn already');
        for (const organisation of new Set([to, ...agencies.map(({ agency }) => agency)]))
          await alert(transaction, 'CONSENT_WITHDRAWN', organisation, { act: id }, now);
      });
    },
    async find(id) {
      const [consent] = await select(store, sql<boolean>`c.id = ${id}`);
      return consent ?? null;
    },
    of: (person, organisation) =>
      select(
        store,
        sql<boolean>`c.person = ${person} and (${organisation}::text is null or c.organisation = ${organisation})`,
      ),
    toConfirm: (agency, page, now, keptFrom) =>
      visiblePage((after, first) => select(store, waiting(agency, now), after, first), page, keptFrom),
  };
}

const actOf = (id: string, digest: string | null): RegisteredAct => ({
  ...{ id, ground: null, personsView: null, digest },
});

const waiting = (agency: AgencyId, now: Date) => sql<boolean>`(c.withdrawn_at is null
  and (c.until is null or c.until >= ${londonDay(now)})
  and exists (select from consent_agency a where a.consent = c.id and a.agency = ${agency} and a.confirmed_at is null))`;

async function insert(
  store: StoreDatabase,
  consent: NewConsent & { id: string; confirmBy: Date },
  salt: string,
  now: Date,
): Promise<void> {
  const { id, recordedBy: by, person, purpose, to, reference } = consent;
  // Two of one organisation at once: the second finds what the first has recorded.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`consent ${by.organisation} ${person}`}, 0))`.execute(
    store,
  );
  const { rows: before } = await sql<{ id: string }>`
    select id from consent
    where organisation = ${by.organisation} and person = ${person} and purpose = ${purpose} and receiver = ${to}
      and reference = ${reference} and withdrawn_at is null and (until is null or until >= ${londonDay(now)})`.execute(
    store,
  );
  if (before[0])
    throw new ActRefused(
      'ALREADY_SAID',
      `It is recorded already, as ${before[0].id}: withdraw that one first`,
    );
  await sql`
    insert into consent (id, issuer, sub, staff, name, role, organisation, site, person, purpose, receiver, reference,
      evidence, salt, policy_version, recorded_at, until, confirm_by)
    values (${id}, ${by.issuer}, ${by.sub}, ${by.staff}, ${by.name}, ${by.role}, ${by.organisation}, ${by.site}, ${person},
      ${purpose}, ${to}, ${reference}, ${consent.evidence}, ${salt}, ${consent.policyVersion}, ${now}, ${consent.until},
      ${consent.confirmBy})`.execute(store);
  // Row by row, as many as policy names: the same statements whoever has a record.
  for (const [agency, records] of consent.agencies) {
    const own = agency === by.organisation;
    await sql`
      insert into consent_agency (consent, agency, records, confirmed_at)
      values (${id}, ${agency}, ${[...records].sort()}::text[], ${own ? now : null})`.execute(store);
    if (!own) await alert(store, 'CONSENT_TO_CONFIRM', agency, { act: id }, now);
  }
}

async function refuseWhatIsOver(store: StoreDatabase, id: string, now: Date): Promise<void> {
  const { rows } = await sql`
    select id from consent where id = ${id} and withdrawn_at is null
      and (until is null or until >= ${londonDay(now)}) for update`.execute(store);
  if (rows.length === 0) throw new ActRefused('ALREADY_SAID', 'It has been withdrawn, or is over');
}

type Row = Omit<Consent, 'recordedBy' | 'agencies'> & Actor & { agencies: ConsentAgency[] };

async function select(
  store: StoreDatabase,
  only: RawBuilder<boolean>,
  after: string | null = null,
  first: number | null = null,
): Promise<readonly Consent[]> {
  const { rows } = await sql<Row>`
    select c.id, c.issuer, c.sub, c.staff, c.name, c.role, c.organisation, c.site, c.person, c.purpose, c.receiver as "to",
      c.reference, c.evidence, c.until, c.policy_version as "policyVersion", c.recorded_at as "recordedAt",
      c.confirm_by as "confirmBy", c.withdrawn_at as "withdrawnAt",
      (select jsonb_agg(jsonb_build_object('agency', a.agency, 'records', a.records, 'confirmed', a.confirmed_at is not null)
        order by a.agency) from consent_agency a where a.consent = c.id) as agencies
    from consent c
    where ${only} and (${after}::text is null or (c.recorded_at, c.id) <
      (select b.recorded_at, b.id from consent b where b.id = ${after}))
    order by c.recorded_at desc, c.id desc limit ${first}`.execute(store);
  return rows.map(({ issuer, sub, staff, name, role, organisation, site, agencies, ...row }) => ({
    ...row,
    agencies: agencies ?? [],
    recordedBy: { issuer, sub, staff, name, role, organisation, site },
  }));
}
