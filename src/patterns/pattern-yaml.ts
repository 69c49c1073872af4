import type { LegalGateway } from '../sharing/policy/policies.ts';
import { yamlText } from '../yaml/write-yaml.ts';
import type { Pattern, PatternConditions, PatternGrant, PatternShare } from './pattern.ts';

/** The only form of a pattern file that is read, so that one which says something new is not misread. */
export const PATTERN_FORMAT = '1';

/** A pattern as the file that `readPattern` reads: no comment, and nothing that `Pattern` does not list. */
export function patternYaml(pattern: Pattern): string {
  const { name, parties, reviewAfterMonths, gateways, givers, grants, reasons, barriers } = pattern;
  return yamlText({
    pattern: name,
    format: Number(PATTERN_FORMAT),
    parties,
    reviewAfter: `P${reviewAfterMonths}M`,
    gateways: Object.fromEntries(
      gateways.map(({ cite, extent, bodies, from, checkedOn }) => [
        cite,
        { extent, bodies, ...(from && { from }), ...(checkedOn && { checkedOn }) },
      ]),
    ),
    givers: Object.fromEntries(
      givers.map(({ body, characteristic, services }) => [
        body,
        { characteristic, ...(services.size > 0 && { services: Object.fromEntries(services) }) },
      ]),
    ),
    grants: grants.map(grantYaml),
    reasons,
    barriers,
  });
}

const grantYaml = (grant: PatternGrant) => ({
  body: grant.body,
  role: grant.role,
  heldBy: grant.heldBy,
  purpose: grant.purpose,
  ...(!grant.betweenParties && { betweenParties: false }),
  ...(grant.objection && { objection: grant.objection }),
  ...termsYaml(grant),
  share: Object.fromEntries([...grant.share].map(([section, share]) => [section, shareYaml(share)])),
});

/** What a grant says besides whose it is and what is shared, in the words of a sharing file. */
export const termsYaml = (
  grant: Pick<
    PatternGrant,
    'gateways' | 'conditions' | 'claim' | 'consent' | 'discloseSource' | 'unverified'
  >,
) => ({
  gateway: grant.gateways.map(gatewayYaml),
  conditions: conditionsYaml(grant.conditions),
  ...(grant.claim && { claim: 'allowed' }),
  ...(grant.unverified.size > 0 && {
    unverified: Object.fromEntries(
      [...grant.unverified].map(([section, level]) => [section, level.toLowerCase()]),
    ),
  }),
  ...(grant.discloseSource && { discloseSource: true }),
  ...(grant.consent && { consent: grant.consent }),
});

const gatewayYaml = ({ cite, place }: LegalGateway) => (place === null ? cite : { cite, place });

const conditionsYaml = ({ article6, article9, schedule8, regime }: PatternConditions) => ({
  ...(article6 && { article6 }),
  ...(article9 && { article9 }),
  ...(schedule8 && { schedule8 }),
  regime,
});

/** Who decides, and by when. */
export const reviewYaml = (review: PatternShare['review']) =>
  review && { decides: review.decides, answerBy: `PT${review.answerWithinHours}H` };

function shareYaml({ access, rows, discloseSource, consent, breakGlass, review }: PatternShare) {
  const more = {
    ...(Object.keys(rows).length > 0 && { rows }),
    ...(discloseSource && { discloseSource }),
    ...(consent && { consent }),
    ...breakGlass,
    ...reviewYaml(review),
  };
  return Object.keys(more).length === 0 ? access : { level: access, ...more };
}
