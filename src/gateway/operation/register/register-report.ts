import type { GraphQLFieldResolver } from 'graphql';
import { requestError } from '../../../errors.ts';
import type { RegisterEntry, RegisterOutcome } from '../../../register/entry.ts';
import { entryKinds, type RegisterKind, registerKind } from '../../../register/entry.ts';
import { LongPeriodError } from '../../../register/proof/statement.ts';
import { ANY_ENTRY, type EntryFilter } from '../../../register/reading/find-entries.ts';
import type { EntryCursor, EntryPlace, StoredEntry } from '../../../register/reading/stored-entry.ts';
import { ANSWER_STATES, WITHHELD_REASONS } from '../../../states.ts';
import type { GatewayContext } from '../../request/context.ts';
import { publicAgency } from '../../request/directory.ts';
import { withOutageRefusals } from '../acts/acts.ts';
import { reportEntry } from '../register-entries.ts';
import { requestFailure } from '../store-guard.ts';

/** `RegisterFilter` of the public schema. */
interface Filter {
  from?: string | null;
  to?: string | null;
  sub?: string | null;
  kind?: RegisterKind | null;
  section?: string | null;
  role?: string | null;
  organisation?: string | null;
  ownRecord?: string | null;
  breakGlass?: boolean | null;
}
interface Arguments {
  by: Filter;
  first: number;
  after?: string | null;
}

const MOST_SHOWN = 100;

/** The register as an officer's own agency may read it. Reading it is registered before it is answered. */
export const register: GraphQLFieldResolver<unknown, GatewayContext, Arguments> = async (
  _root,
  { by, first, after = null },
  context,
  info,
) => {
  const { agencies, caller, now } = context;
  if (first < 1 || first > MOST_SHOWN)
    throw requestError('QUERY_REFUSED', `register takes first from 1 to ${MOST_SHOWN}; ${first} was given`);
  try {
    const scope = { agency: caller.organisation, hidden: await context.subjects.hiddenInRegister() };
    const page = { first, after: cursorOf(after) };
    const { entries, next } = await context.register.find(scope, filterOf(by), page);
    const { policyVersion } = await context.decisionsAt('NONE');
    const filters = Object.entries(by).flatMap(([name, value]) => (value == null ? [] : [name]));
    const records = by.ownRecord && entries.length > 0 ? [by.ownRecord] : [];
    await context.record([reportEntry(context, policyVersion, 'register', { filters, records })]);
    context.ledger.addActs(info.path);
    return { items: entries.map((entry) => publicItem(entry, context)), next: next && cursorText(next) };
  } catch (error) {
    throw requestFailure(error, agencies, now);
  }
};

function filterOf({ from, to, kind, ...by }: Filter): EntryFilter {
  return {
    ...ANY_ENTRY,
    from: moment('from', from),
    to: moment('to', to),
    sub: by.sub ?? null,
    role: by.role ?? null,
    organisation: by.organisation ?? null,
    section: by.section ?? null,
    ownRecord: by.ownRecord ?? null,
    breakGlass: by.breakGlass ?? null,
    kinds: kind ? entryKinds(kind) : null,
  };
}

function moment(name: string, text: string | null | undefined): Date | null {
  if (text == null) return null;
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw requestError('BAD_USER_INPUT', `${name} is no moment that there is`);
  return at;
}

const placeText = ({ chain, seq }: EntryPlace): string => `${chain}:${seq}`;

const cursorText = ({ at, ...place }: EntryCursor): string => `${at.toISOString()} ${placeText(place)}`;

function cursorOf(text: string | null): EntryCursor | null {
  if (text === null) return null;
  const [, time = '', chain = '', seq = ''] =
    /^(\S{24}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,18})$/.exec(text) ?? [];
  const at = new Date(time);
  if (Number.isNaN(at.getTime()))
    throw requestError('BAD_USER_INPUT', 'after must be what `next` of the page before said');
  return { at, chain, seq };
}

/** `RegisterItem` of the public schema, as an officer of this agency may read it. */
function publicItem({ chain, seq, hash, entry }: StoredEntry, context: GatewayContext) {
  const { agencies, caller } = context;
  const ownAgency = caller.organisation;
  const askedByOwn = entry.organisation === ownAgency;
  const outcomes = entry.outcomes.filter(
    ({ agency }) => agencies.has(agency) && (askedByOwn || agency === ownAgency),
  );
  const records = entry.outcomes.flatMap(({ agency, records = [] }) => (agency === ownAgency ? records : []));
  const { sub, name, role, organisation, site, purpose, reference, relationship, policyVersion } = entry;
  return {
    ...{ at: entry.at, purpose, reference, relationship, policyVersion, hash },
    kind: registerKind(entry.kind),
    asker: { sub, name, site, role: role ?? 'none', organisation: organisation ?? 'none' },
    ownRecord: records.length > 0 ? [...new Set(records)].join(', ') : null,
    outcomes: outcomes.map((outcome) => publicOutcome(outcome, entry, outcome.agency === ownAgency, context)),
    sequence: placeText({ chain, seq }),
  };
}

/** How it stood is for the agency whose outcome it is; anybody else is told what its policy said, and nothing that data decided. */
function publicOutcome(
  { section, agency, state, level, reason, gateways = [] }: RegisterOutcome,
  { kind }: RegisterEntry,
  isOwnAgency: boolean,
  context: GatewayContext,
) {
  const byPolicy = WITHHELD_REASONS.some((one) => one === reason);
  const answered = kind === 'DISCLOSURE' && state in ANSWER_STATES;
  return {
    ...{ section, level, gateways },
    agency: publicAgency(agency, context),
    given: level !== null,
    state: isOwnAgency && answered ? state : null,
    reason: byPolicy || (isOwnAgency && answered) ? reason : null,
  };
}

interface Interval {
  from?: string | null;
  to?: string | null;
}

/** That the register is whole in a period. Asking is registered before it is answered. */
export const registerStatement: GraphQLFieldResolver<unknown, GatewayContext, Interval> = (
  _root,
  { from, to },
  context,
  info,
) =>
  withOutageRefusals(context, async () => {
    const period = { from: moment('from', from), to: moment('to', to) };
    const statement = await context.registerStatement(period).catch((error) => {
      throw error instanceof LongPeriodError ? tooLong(error) : error;
    });
    const { policyVersion } = await context.decisionsAt('NONE');
    const filters = Object.entries(period).flatMap(([name, at]) => (at === null ? [] : [name]));
    await context.record([reportEntry(context, policyVersion, 'registerStatement', { filters })]);
    context.ledger.addActs(info.path);
    return statement;
  });

function tooLong({ entries, most }: LongPeriodError) {
  return requestError(
    'QUERY_REFUSED',
    `registerStatement checks at most ${most.toLocaleString('en')} entries, and this period has ${entries.toLocaleString('en')}. Ask for a shorter one, or ask the operator for \`sightline register verify --statement\`.`,
  );
}
