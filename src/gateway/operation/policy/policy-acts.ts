import type { GraphQLFieldResolver } from 'graphql';
import type { SignableText } from '../../../acts/policy-signing.ts';
import { requestError } from '../../../errors.ts';
import { ofOwnController } from '../../../sharing/policy/policies.ts';
import { londonDay } from '../../../sharing/rules/agreement.ts';
import type { GatewayContext } from '../../request/context.ts';
import { checkAccount, noSuchAct, outcome, refusedAsInput, withOutageRefusals } from '../acts/acts.ts';
import { policyEntry } from '../register-entries.ts';
import { judgingOf, knownOfPolicies, publicStatus } from './policy.ts';

/** An officer signs a text of their own controller's policy, by its hash. Another's, or one that nobody knows, is one refusal. */
export const signPolicy: GraphQLFieldResolver<unknown, GatewayContext, { hash: string }> = (
  _root,
  { hash },
  context,
  info,
) =>
  withOutageRefusals(context, async () => {
    const { policies, policyActs, caller, record } = context;
    const text = signableTexts(context).find((one) => one.hash === hash);
    if (!text) {
      const refused = { ...outcome('policy', caller.organisation, 'WITHHELD'), reason: 'NOT_LISTED' };
      await record([policyEntry(context, 'REFUSAL', policies.version, [refused])]);
      return noSuchAct('text of a policy', context);
    }
    const { agency } = text;
    const { withdrawals } = await knownOfPolicies(context);
    const signed = { ...outcome('policy', agency, 'SIGNED'), reason: hash };
    const { staff, name, issuer, sub } = caller;
    await refusedAsInput(() =>
      policyActs.sign(
        text,
        { signer: `login ${issuer} ${sub}`, staff, name, signed: null },
        judgingOf(withdrawals, context),
        policyEntry(context, 'POLICY', policies.version, [signed]),
      ),
    );
    context.ledger.addActs(info.path);
    return publicStatus(agency, await knownOfPolicies(context), context);
  });

/** Texts of one's own controller's files that can be signed here: those in force, and those that wait to be signed. */
function signableTexts({ policies, caller, policiesWaiting }: GatewayContext): readonly SignableText[] {
  const own = ofOwnController(policies, caller.organisation);
  const waiting = policiesWaiting().filter(({ agency }) => own.includes(agency));
  const inForce = own.flatMap((agency) => {
    const file = policies.agencies.get(agency)?.file ?? '';
    const [hash, text] = [policies.hashes.get(file), policies.texts.get(file)];
    return hash !== undefined && text !== undefined ? [{ agency, hash, text }] : [];
  });
  return [...inForce, ...waiting];
}

/**
 * An officer withdraws an agreement of their own controller, or sees what would lose something by it. Another's, one that has
 * ended or nobody knows is one refusal.
 */
export const withdrawAgreement: GraphQLFieldResolver<
  unknown,
  GatewayContext,
  { id: string; why: string; dryRun: boolean }
> = (_root, { id, why, dryRun }, context, info) =>
  withOutageRefusals(context, async () => {
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
