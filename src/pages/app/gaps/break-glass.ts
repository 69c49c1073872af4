import { asker } from '../page/ask.ts';
import type { PageCaller } from '../page/caller.ts';
import type { Tokens } from '../page/tokens.ts';
import type { Openable } from './openable.ts';

/** What policy lets the caller open of a section: which fields, and on which grounds. */
export interface GlassOffer {
  section: string;
  fields: readonly string[];
  grounds: readonly string[];
}

interface MayAsk {
  section: string;
  opens: readonly string[] | null;
  grounds: readonly string[] | null;
}

/** What the caller has open. */
export interface OpenGlass {
  id: string;
  name: string | null;
  /** As `clinical.medication`. */
  fields: readonly string[];
  endsAt: string;
}

/** What is said of an emergency, for whoever reviews it. */
export interface Account {
  ground: string;
  personsView: string;
  statement: string;
}

/** Asks the gateway as the caller of the moment; every method throws what it refuses, in its own words. */
export function glassClient(caller: () => PageCaller, tokens: Tokens) {
  const ask = asker(caller, tokens);
  return {
    async offers(): Promise<readonly GlassOffer[]> {
      const { viewer } = await ask<{ viewer: { mayAsk: readonly MayAsk[] } }>(
        /* GraphQL */ `{ viewer { mayAsk { section opens grounds } } }`,
      );
      const offers = new Map<string, { fields: Set<string>; grounds: Set<string> }>();
      for (const { section, opens, grounds } of viewer.mayAsk) {
        if (!opens) continue;
        const offer = offers.get(section) ?? { fields: new Set(), grounds: new Set() };
        for (const field of opens) offer.fields.add(field);
        for (const ground of grounds ?? []) offer.grounds.add(ground);
        offers.set(section, offer);
      }
      return [...offers].map(([section, { fields, grounds }]) => ({
        ...{ section, fields: [...fields], grounds: [...grounds] },
      }));
    },
    async open({ person, name, section }: Openable, account: Account): Promise<OpenGlass> {
      const { breakGlass } = await ask<{ breakGlass: Omit<OpenGlass, 'name'> }>(
        /* GraphQL */ `mutation ($person: ID!, $sections: [String!]!, $ground: BreakGlassGround!, $personsView: PersonsView!,
          $statement: String!) {
          breakGlass(person: $person, sections: $sections, ground: $ground, personsView: $personsView,
            statement: $statement) { id fields endsAt }
        }`,
        { person, sections: [section], ...account },
      );
      return { ...breakGlass, name };
    },
    async end({ id }: OpenGlass): Promise<void> {
      await ask(/* GraphQL */ `mutation ($id: ID!) { endBreakGlass(id: $id) { state } }`, { id });
    },
  };
}
export type GlassClient = ReturnType<typeof glassClient>;
