import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Caller } from '../caller/types.ts';
import type { Register } from '../register/register.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { type EntryOf, written } from './act.ts';

/** Somebody on a reference, as its own system's log knows them. */
export interface Colleague {
  organisation: string;
  staff: string;
}

/** What is passed on; that it may be has been found by policy, the log and the register. */
export interface NewRelay {
  by: Pick<Caller, 'issuer' | 'sub' | 'staff' | 'name' | 'role' | 'organisation'>;
  purpose: string;
  /** `<agency>:<number>`. */
  reference: string;
  person: string;
  section: string;
  /** A field of the section, never what it says. */
  item: string;
  to: Colleague;
  why: string;
}

/** What was disclosed to one person on a reference and passed on to another, as the rest of the gateway does it. */
export interface Relays {
  /** The agencies that gave this login the section of this person on this reference, whether or not they had anything. */
  givenBy(asked: Pick<NewRelay, 'by' | 'reference' | 'person' | 'section'>): Promise<readonly string[]>;
  /** Whether some agency keeps this member of staff from the person. */
  isKeptFrom(to: Colleague, person: string): Promise<boolean>;
  /** Stands with its entry in the register, or not at all. Rejects while the store is away. */
  record(relay: NewRelay, now: Date, entryOf: EntryOf): Promise<string>;
}

/** @param store the own store, for what is read; relays are written where the register is */
export function createRelays(store: StoreDatabase, register: Pick<Register, 'recordWith'>): Relays {
  return {
    async givenBy({ by, reference, person, section }) {
      const { sub, organisation, issuer } = by;
      const asked = JSON.stringify({ kind: 'DISCLOSURE', sub, organisation, issuer, reference });
      const { rows } = await sql<{ agency: string }>`
        select distinct outcome ->> 'agency' as agency
        from register_entry e cross join lateral jsonb_array_elements(e.entry::jsonb -> 'outcomes') as outcome
        where e.person = ${person} and e.entry::jsonb @> ${asked}::jsonb
          and outcome ->> 'section' = ${section} and outcome ->> 'level' is not null`.execute(store);
      return rows.map(({ agency }) => agency);
    },
    async isKeptFrom({ staff }, person) {
      const { rows } = await sql<{ kept: boolean }>`
        select exists (select from index_record where person = ${person} and ${staff} = any(excluded_staff)) as kept`.execute(
        store,
      );
      return rows[0]?.kept !== false;
    },
    async record(relay, now, entryOf) {
      const id = randomUUID();
      const { by, to, item } = relay;
      const why = written(relay.why);
      const entry = entryOf({ id, ground: null, personsView: null, digest: why.digest, item, to });
      await register.recordWith([entry], async (transaction) => {
        await sql`
          insert into relay (id, issuer, sub, staff, name, role, organisation, purpose, reference, person, section, item,
            to_organisation, to_staff, why, salt, at)
          values (${id}, ${by.issuer}, ${by.sub}, ${by.staff}, ${by.name}, ${by.role}, ${by.organisation}, ${relay.purpose},
            ${relay.reference}, ${relay.person}, ${relay.section}, ${item}, ${to.organisation}, ${to.staff}, ${why.text},
            ${why.salt}, ${now})`.execute(transaction);
      });
      return id;
    },
  };
}
