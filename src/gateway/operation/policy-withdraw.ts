import type { GraphQLFieldResolver } from 'graphql';
import { requestError } from '../../errors.ts';
import { ofOwnController } from '../../sharing/policy/policies.ts';
import { londonDay } from '../../sharing/rules/agreement.ts';
import type { GatewayContext } from '../request/context.ts';
import { checkAccount, guarded, noSuchAct, outcome } from './acts.ts';
import { policyEntry } from './register-entries.ts';

/**
 * An officer withdraws an agreement of their own controller, or sees what would lose something by it. Another's, one that has
 * ended or nobody knows is one refusal.
 */
export const withdrawAgreement: GraphQLFieldResolver<
  unknown,
  GatewayContext,
  { id: string; why: string; dryRun: boolean }
> = (_root, { id, why, dryRun }, context, info) =>
  guarded(context, async () => {
    const { policies, policyActs, caller, record, now, withdrawn } = context;
    const text = checkAccount('why', why);
    const own = ofOwnController(policies, caller.organisation);
    const found = policyActs.agreement(policies, id);
    const hasEnded = found?.end != null && found.end < (londonDay(now) ?? '');
    if (!found || hasEnded || !found.agencies.some((agency) => own.includes(agency))) {
      const refused = { ...outcome('agreement', caller.organisation, 'WITHHELD'), reason: 'NOT_LISTED' };
      await record([policyEntry(context, 'REFUSAL', policies.version, [refused])]);
      return noSuchAct('agreement', context);
    }
    const { agencies, parties, version } = found;
    if (withdrawn.has(id))
      throw requestError('BAD_USER_INPUT', `${id} is withdrawn already, up to version ${version}.`);
    const references = await policyActs.liveReferences(agencies, caller.organisation, now);
    if (!dryRun) {
      const outcomes = agencies.map((agency) => ({
        ...outcome('agreement', agency, 'WITHDRAWN'),
        reason: `${id} version ${version}`,
      }));
      await policyActs.withdraw(
        { agreement: id, version, at: now, by: caller.name, why: text },
        parties,
        policyEntry(context, 'WITHDRAWAL', policies.version, outcomes),
      );
    }
    context.ledger.addActs(info.path);
    const done = dryRun ? { at: null, by: null } : { at: now.toISOString(), by: caller.name };
    return { agreement: id, version, ...done, why: text, references };
  });
