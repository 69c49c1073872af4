import type { GraphQLFieldResolver } from 'graphql';
import type { SignableText } from '../../acts/policy-signing.ts';
import { ofOwnController } from '../../sharing/policy/policies.ts';
import type { GatewayContext } from '../request/context.ts';
import { guarded, noSuchAct, outcome, said } from './acts.ts';
import { judgingOf, knownOfPolicies, publicStatus } from './policy.ts';
import { policyEntry } from './register-entries.ts';

/** An officer signs a text of their own controller's policy, by its hash. Another's, or one that nobody knows, is one refusal. */
export const signPolicy: GraphQLFieldResolver<unknown, GatewayContext, { hash: string }> = (
  _root,
  { hash },
  context,
  info,
) =>
  guarded(context, async () => {
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
    await said(() =>
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
