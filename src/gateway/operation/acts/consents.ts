import type { GraphQLError, GraphQLFieldResolver } from 'graphql';
import type { Consent } from '../../../acts/wishes/consents.ts';
import { requestError } from '../../../errors.ts';
import type { Subject } from '../../../person-index/records/types.ts';
import { GOVERNANCE } from '../../../sharing/policy/policies.ts';
import { londonDay } from '../../../sharing/rules/agreement.ts';
import { authoritiesAt, openedByConsent, referralPurposes } from '../../../sharing/rules/referral.ts';
import type { GatewayContext } from '../../request/context.ts';
import type { InfoPath } from '../../request/ledger.ts';
import { notAvailable } from '../finding.ts';
import { actEntry } from '../register-entries.ts';
import {
  checkFirst,
  checkWords,
  isThemselves,
  noSuchAct,
  outcome,
  referenceOf,
  refusedAsInput,
  withOutageRefusals,
} from './acts.ts';
import { isSubject, listedFor, publicConsent, tiedPerson } from './wishes.ts';

type Resolver<Args> = GraphQLFieldResolver<unknown, GatewayContext, Args>;
interface RecordArguments {
  person: string;
  purpose: string;
  to: string;
  evidence: string;
  until?: string | null;
}

export const recordConsent: Resolver<RecordArguments> = (_root, args, context, info) =>
  withOutageRefusals(context, async () => {
    const { person, purpose, to, until = null } = args;
    const evidence = checkEvidence(args.evidence);
    if (until !== null) checkUntil(until, context.now);
    const agencies = agenciesAskedOf(purpose, to, context);
    const subject = await tiedPerson(person, 'consent', context);
    if (!subject) return notAvailable(context);
    const { caller, now, policies } = context;
    const { version: policyVersion } = policies;
    let id = '';
    await refusedAsInput(async () => {
      id = await context.consents.record(
        {
          ...{ recordedBy: caller, person: subject.person, purpose, to, reference: referenceOf(context) },
          ...{ evidence, until, policyVersion },
          agencies: new Map(agencies.map((agency) => [agency, linksOf(subject, agency)])),
        },
        now,
        (act) =>
          actEntry(context, policyVersion, 'CONSENT', subject, outcomesOf(agencies, 'RECORDED', args), act),
      );
    });
    return shown(id, context, info.path);
  });

export const confirmConsent: Resolver<{ id: string }> = (_root, { id }, context, info) =>
  withOutageRefusals(context, async () => {
    const { caller, now, policies } = context;
    const agency = caller.organisation;
    const consent = await visible(id, context);
    if (!consent?.agencies.some((one) => one.agency === agency)) return noSuchAct('consent', context);
    if (isThemselves(consent.recordedBy, caller))
      throw requestError('QUERY_REFUSED', 'You recorded it yourself: another officer confirms it.');
    const of = { person: consent.person, relationship: 'VERIFIED' as const };
    await refusedAsInput(() =>
      context.consents.confirm(consent, { by: caller, agency }, now, (act) =>
        actEntry(context, policies.version, 'CONSENT', of, outcomesOf([agency], 'CONFIRMED', consent), act),
      ),
    );
    return shown(id, context, info.path);
  });

export const withdrawConsent: Resolver<{ id: string; why: string }> = (_root, { id, why }, context, info) =>
  withOutageRefusals(context, async () => {
    const { caller, now, policies } = context;
    const text = checkWords('why', why);
    const consent = await visible(id, context);
    if (!consent) return noSuchAct('consent', context);
    const of = { person: consent.person, relationship: 'VERIFIED' as const };
    const agencies = consent.agencies.map(({ agency }) => agency);
    await refusedAsInput(() =>
      context.consents.withdraw(consent, { by: caller, why: text }, now, (act) =>
        actEntry(context, policies.version, 'CONSENT', of, outcomesOf(agencies, 'WITHDRAWN', consent), act),
      ),
    );
    return shown(id, context, info.path);
  });

export const consents: Resolver<{ person: string }> = (_root, { person }, context, info) =>
  withOutageRefusals(context, async () => {
    const [subject] = await context.subjects.byIds([person]);
    if (!subject) {
      context.ledger.refusals += 1;
      return notAvailable(context);
    }
    const own = isSubject(context) && (await context.subjects.self()).has(subject.person);
    const found = await context.consents.of(subject.person, own ? null : context.caller.organisation);
    context.ledger.addActs(info.path);
    return found.map((consent) => publicConsent(consent, context));
  });

export const consentsToConfirm: Resolver<{ first: number; after?: string | null }> = (
  _root,
  { first, after = null },
  context,
  info,
) =>
  withOutageRefusals(context, async () => {
    checkFirst('consentsToConfirm', first);
    const { caller, now } = context;
    const page = await context.consents.toConfirm(
      caller.organisation,
      { first, after },
      now,
      listedFor(context),
    );
    context.ledger.addActs(info.path);
    return { items: page.items.map((consent) => publicConsent(consent, context)), next: page.next };
  });

/** Throws BAD_USER_INPUT for what evidences nothing. */
function checkEvidence(evidence: string): string {
  if (!/[\p{L}\p{N}]/u.test(evidence))
    throw requestError(
      'BAD_USER_INPUT',
      'evidence must say how the person’s consent is evidenced: a form and where it is kept, or what was asked and said',
    );
  return checkWords('evidence', evidence);
}

function checkUntil(until: string, now: Date): void {
  if (until < (londonDay(now) ?? until))
    throw requestError(
      'BAD_USER_INPUT',
      'until is in the past: name the last day on which the consent holds',
    );
}

/**
 * Whose data the consent is about, from policy alone: the caller's own organisation's, where it refers the person to another;
 * where somebody records one for a request of their own organisation, those of all who are to confirm it.
 */
function agenciesAskedOf(
  purpose: string,
  to: string,
  { policies, caller }: GatewayContext,
): readonly string[] {
  const purposes = referralPurposes(policies, caller.role);
  if (!purposes.includes(purpose))
    throw requestError(
      'BAD_USER_INPUT',
      `Your role records no consent for ${purpose.slice(0, 100)}. It does for: ${purposes.join(', ') || 'nothing'}.`,
    );
  const authorities = authoritiesAt(policies, purpose);
  if (!authorities.includes(to))
    throw requestError(
      'BAD_USER_INPUT',
      `to must be the authority that the person chose. At ${purpose}: ${authorities.join(', ')}.`,
    );
  const opened = openedByConsent(policies, purpose, to);
  if (caller.organisation === to) return opened;
  if (opened.includes(caller.organisation)) return [caller.organisation];
  throw requestError(
    'BAD_USER_INPUT',
    `Your organisation shares nothing by consent with ${to} at ${purpose}: whoever does asks the person.`,
  );
}

const linksOf = ({ links }: Subject, agency: string) => links.get(agency) ?? [];

const outcomesOf = (
  agencies: readonly string[],
  state: string,
  { purpose, to }: Pick<Consent, 'purpose' | 'to'>,
) => agencies.map((agency) => ({ ...outcome('consent', agency, state), reason: `${purpose}, to ${to}` }));

/**
 * A consent that the caller may speak of: of their own organisation's record, as an officer of one whose data it is about, or
 * their own. Null else, whatever the cause.
 */
async function visible(id: string, context: GatewayContext): Promise<Consent | null> {
  const { caller, subjects } = context;
  const consent = await context.consents.find(id);
  // Asked whether or not there is one: what is not there costs as much as what is not the caller's.
  const [own, kept] = await Promise.all([
    subjects.self(),
    subjects.keptFrom(consent ? [consent.person] : []),
  ]);
  if (!consent) return null;
  if (isSubject(context)) return own.has(consent.person) ? consent : null;
  if (kept.has(consent.person)) return null;
  if (consent.recordedBy.organisation === caller.organisation) return consent;
  const officer = caller.role === GOVERNANCE.role;
  return officer && consent.agencies.some(({ agency }) => agency === caller.organisation) ? consent : null;
}

async function shown(
  id: string,
  context: GatewayContext,
  path: InfoPath,
): Promise<ReturnType<typeof publicConsent> | GraphQLError> {
  const consent = await context.consents.find(id);
  if (!consent) return noSuchAct('consent', context);
  context.ledger.addActs(path);
  return publicConsent(consent, context);
}
