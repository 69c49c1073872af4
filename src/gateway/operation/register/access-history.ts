import type { GraphQLFieldResolver } from 'graphql';
import { requestError } from '../../../errors.ts';
import { londonDate } from '../../../register/reading/london-date.ts';
import type { ShownLook } from '../../../register/reading/looks.ts';
import { isByBreakGlass } from '../../../register/reading/stored-entry.ts';
import { INFORMATION_COMMISSIONER } from '../../../sharing/shown-to-subject.ts';
import type { GatewayContext } from '../../request/context.ts';
import { publicAgency } from '../../request/directory.ts';
import { reportEntry } from '../register-entries.ts';
import { requestFailure } from '../store-guard.ts';

const MOST_SHOWN = 100;

const NOT_YOURS = 'Only the person themselves, or who represents them, may read who was told what of them.';
/** One answer for everybody who represents somebody, whoever that is and whatever is known of them. */
const IN_WRITING =
  'You ask for somebody else, or your sign-in does not say who you are. Then the answer is given in writing: ask the desk of each agency.';
const OWN =
  'Who asked about you through Sightline, and for what. This is not all that the law gives you: some looks are not in this list, to keep people safe, and each agency also has records of its own. Ask an agency in writing for the whole. The list says what was asked about, not what there is.';
const COMPLAINTS = [
  'Something looks wrong to you? You can complain. It costs nothing.',
  '1. Tell the agency. Its phone and e-mail are in this answer. Say what is wrong. They must answer you.',
  `2. Not happy with the answer? ${INFORMATION_COMMISSIONER}`,
  'Somebody you trust can help you with both.',
].join('\n');

interface History {
  /** Null where nothing is listed. */
  ids: readonly string[] | null;
}

/** `AccessHistory`: the same for every person, whoever asked about them or did not. */
export const accessHistory: GraphQLFieldResolver<unknown, GatewayContext> = async (_root, _args, context) => {
  const { purpose, agencies, now, subjects } = context;
  const common = {
    complaints: COMPLAINTS,
    contacts: agencies.ids.map((agency) => agencies.contact(agency, null, now)),
  };
  if (purpose !== 'subject-access')
    return { ...common, state: 'WITHHELD', reason: 'PURPOSE', message: NOT_YOURS, ids: null };
  const ids = await subjects.ownIds();
  return ids === null
    ? { ...common, state: 'NOT_COVERED', reason: null, message: IN_WRITING, ids }
    : { ...common, state: 'DISCLOSED', reason: null, message: OWN, ids };
};

/** Reading it is registered before it is answered. */
export const accessEntries: GraphQLFieldResolver<
  History,
  GatewayContext,
  { first: number; after?: string | null }
> = async ({ ids }, { first, after = null }, context, info) => {
  if (ids === null) return null;
  if (first < 1 || first > MOST_SHOWN)
    throw requestError('QUERY_REFUSED', `entries takes first from 1 to ${MOST_SHOWN}; ${first} was given`);
  try {
    const { looks, next } = await context.register.looksAt(ids, { first, after });
    const { policyVersion } = await context.decisionsAt('NONE');
    await context.record([reportEntry(context, policyVersion, 'accessHistory', { filters: [] })]);
    context.ledger.addActs(info.path);
    return { items: looks.flatMap((look) => publicLook(look, context)), next };
  } catch (error) {
    throw requestFailure(error, context.agencies, context.now);
  }
};

/** `AccessEntry`: nobody by name, and the day alone. */
function publicLook({ entry }: ShownLook, context: GatewayContext) {
  const { at, organisation, role, purpose, shownToSubject } = entry;
  if (organisation === null || !context.agencies.has(organisation) || role === null || purpose === null)
    return [];
  return [
    {
      date: londonDate(new Date(at)),
      organisation: publicAgency(organisation, context),
      ...{ role, purpose, sections: shownToSubject ?? [] },
      breakGlass: isByBreakGlass(entry),
    },
  ];
}
