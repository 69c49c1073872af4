import { GraphQLError, type GraphQLFieldResolver } from 'graphql';
import type { Colleague } from '../../../acts/relays.ts';
import { requestError } from '../../../errors.ts';
import type { Subject } from '../../../person-index/records/types.ts';
import type { GatewayContext } from '../../request/context.ts';
import { rolesAt } from '../../request/who-may-know.ts';
import { actEntry, decidingRule, refusedAct } from '../register-entries.ts';
import { checkAccount, outcome, referenceOf, withOutageRefusals } from './acts.ts';

interface RelayArguments {
  person: string;
  section: string;
  item: string;
  to: string;
  why: string;
}

export const recordRelay: GraphQLFieldResolver<unknown, GatewayContext, RelayArguments> = (
  _root,
  args,
  context,
  info,
) =>
  withOutageRefusals(context, async () => {
    const why = checkAccount('why', args.why);
    const { section, item } = args;
    checkItem(section, item, context);
    const [subject = null] = await context.subjects.byIds([args.person]);
    const { beside } = await context.subjects.standing();
    const named = beside.filter(({ staff }) => staff === args.to.trim());
    const [to] = named.length === 1 ? named : [];
    const owners = subject && to ? await ownersOf(subject, section, item, to, context) : [];
    const { policyVersion } = await context.decisionsAt('NONE');
    if (!subject || !to || owners.length === 0) {
      await context.record([refusedAct(context, policyVersion, section, 'NOT_RELAYED', subject)]);
      return notRelayed(context);
    }
    const outcomes = owners.map((agency) => {
      const { level, rule } = subject.decisions(agency).section(agency, section);
      const records = subject.links.get(agency) ?? [];
      const given = { level, gateways: rule?.gateways ?? [], rule: decidingRule(rule), records };
      return { ...outcome(section, agency, 'RELAYED'), ...given };
    });
    const conditions = owners.flatMap(
      (agency) => subject.decisions(agency).section(agency, section).rule?.conditions ?? [],
    );
    const { caller, purpose, now } = context;
    const id = await context.relays.record(
      {
        ...{ by: caller, purpose: purpose ?? '', reference: referenceOf(context), person: subject.person },
        ...{ section, item, to, why },
      },
      now,
      (act) => actEntry(context, policyVersion, 'RELAY', subject, outcomes, act, conditions),
    );
    context.ledger.addActs(info.path);
    return { id, at: now.toISOString() };
  });

/** From the schema alone. What an item says is nobody's to write here. */
function checkItem(section: string, item: string, { catalogue }: GatewayContext): void {
  const fields = catalogue.sections.get(section)?.fields;
  if (!fields) throw requestError('BAD_USER_INPUT', 'section names no section of a person');
  if (!fields.has(item))
    throw requestError(
      'BAD_USER_INPUT',
      `item names no field of ${section}: it says which one was passed on, and never what it says`,
    );
}

/**
 * The agencies whose item it is: they gave it to the caller on this reference, and give it now; and none of them seals it from
 * any role that the colleague may have. None where some agency keeps the colleague from the person.
 */
async function ownersOf(
  subject: Subject,
  section: string,
  item: string,
  to: Colleague,
  context: GatewayContext,
): Promise<readonly string[]> {
  const { caller, relays, agencies, purpose } = context;
  const { standing } = await context.subjects.standing();
  const asked = { by: caller, reference: referenceOf(context), person: subject.person, section };
  const [given, kept] = await Promise.all([relays.givenBy(asked), relays.isKeptFrom(to, subject.person)]);
  const gives = (agency: string) =>
    given.includes(agency) && subject.decisions(agency).withholds(agency, section, item) === null;
  const owners = agencies.ids.filter(gives);
  const seals = (agency: string) =>
    rolesAt(to.organisation, context).some((role) => {
      const receiver = { role, organisation: to.organisation, site: null };
      const question = {
        caller: receiver,
        purpose: purpose ?? '',
        relationship: 'VERIFIED' as const,
        standing,
      };
      return context.decisionsOf(question).section(agency, section).reason === 'NOT_OFFERED';
    });
  return kept || owners.some(seals) ? [] : owners;
}

/** One refusal, whatever stands against it. */
function notRelayed({ agencies, caller, now }: GatewayContext): GraphQLError {
  const desk = agencies.has(caller.organisation) ? caller.organisation : agencies.ids[0];
  return new GraphQLError(
    'It cannot be passed on like this: only what was disclosed to you on this reference, to a colleague who is on its log now, and nothing that is sealed.',
    {
      extensions: {
        ...{ code: 'NOT_AVAILABLE', reason: null, agency: null, section: null },
        contact: desk ? agencies.contact(desk, null, now) : null,
      },
    },
  );
}
