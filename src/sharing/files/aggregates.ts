/** What a sharing file lets analysts count: `aggregates: { share, gateway, basis }`, or `withheld`. */
import type { z } from 'zod';
import { unknownWord } from '../../yaml/finding.ts';
import {
  type AggregateSharing,
  ANALYST,
  type CountingBasis,
  type LegalGateway,
  PERSON_DIMENSIONS,
} from '../policy/policies.ts';
import type { CatalogueAgency } from '../policy/types.ts';
import type { PurposesFile } from './purposes-file.ts';
import { inForm, legalGateway, mapOf, oneOrMore, text, word } from './words.ts';

type Written = Omit<AggregateSharing, 'line'> | null;

/** Sections of which nothing is counted, whatever their fields are, and why. */
const NEVER_SECTIONS: Readonly<Record<string, string>> = {
  intelligence: 'intelligence is never counted',
  domesticAbuse: 'whose side of an abuse case somebody is on is never counted',
  publicProtection: 'arrangements for public protection are never counted',
  identifiers: 'identifiers are never counted',
  contact: 'how somebody is reached is never counted',
  addresses: 'addresses are never counted: areas are, as person.district',
  identity: 'names and days of birth are never counted: person.ageBand and person.sex are',
};

/** Absent, or `withheld`: nothing may be counted. */
export function aggregatesSchema(
  agency: CatalogueAgency,
  sections: readonly string[],
  law: PurposesFile,
): z.ZodType<Written> {
  const schema = mapOf('aggregates', {
    share: oneOrMore(
      countableField(agency, sections),
      'aggregates lets nothing be counted: name a field, or say withheld',
    ),
    gateway: oneOrMore(citedFor(law), 'aggregates needs at least one gateway of law'),
    basis: basisOf(agency),
  }).transform(
    ({ share, gateway, basis }): Written => ({
      share: [...new Set(share)],
      gateways: gateway.map(({ cite }) => cite),
      basis,
    }),
  );
  const withheld = word('aggregates', ['withheld']).transform((): Written => null);
  return inForm<Written>((input) => (typeof input === 'string' ? withheld : schema))
    .optional()
    .transform((written) => written ?? null) as unknown as z.ZodType<Written>;
}

/** One that its adapter can count and that may be counted; anything else is refused with the reason. */
function countableField(agency: CatalogueAgency, sections: readonly string[]): z.ZodType<string> {
  const countable = [...(agency.counting?.fields.keys() ?? []), ...Object.keys(PERSON_DIMENSIONS)];
  return text('a field that may be counted').superRefine((name, ctx) => {
    const message = whyNot(name);
    if (message !== null) ctx.addIssue({ code: 'custom', message });
  });

  function whyNot(name: string): string | null {
    const [section = ''] = name.split('.');
    const never = NEVER_SECTIONS[section];
    if (never !== undefined) return `${name} cannot be counted: ${never}`;
    if (countable.includes(name)) return null;
    const why = agency.counting?.never.get(name);
    if (why !== undefined) return `${name} cannot be counted: ${why}`;
    if (!sections.includes(section) && section !== 'person') return unknownWord('section', section, sections);
    return unknownWord('field that can be counted', name, countable);
  }
}

const citedFor = (law: PurposesFile): z.ZodType<LegalGateway> => {
  const known = (law.purposes.get(ANALYST.purpose)?.gateways ?? []).map(({ cite }) => cite);
  return legalGateway.superRefine(({ cite }, ctx) => {
    if (!known.includes(cite))
      ctx.addIssue({ code: 'custom', message: unknownWord(`gateway for ${ANALYST.purpose}`, cite, known) });
  });
};

const CAG = /^cag:\S+$/;
const PROCESSOR = /^processor:\S+$/;

/** Health and adult care: section 251 support with opt-outs applied, or a signed finding that this service is a processor only. */
function basisOf(agency: CatalogueAgency): z.ZodType<CountingBasis> {
  return text('basis')
    .superRefine((written, ctx) => {
      const message = mistakeIn(written);
      if (message !== null) ctx.addIssue({ code: 'custom', message });
    })
    .transform((words) => ({ kind: kindOf(words), words }));

  function mistakeIn(written: string): string | null {
    const kind = kindOf(written);
    if (agency.counting?.care !== false && kind === 'STATED')
      return `${agency.name} holds health or adult care: the basis must be cag:<reference> (section 251, national opt-outs applied) or processor:<reference of the signed finding>, not "${written}"`;
    if (kind === 'OPT_OUTS' && !agency.counting?.knowsOptOuts)
      return `${agency.name} rests on cag, which needs national opt-outs applied, and its adapter does not say who has opted out: nothing of it can be counted`;
    return null;
  }
}

const kindOf = (words: string): CountingBasis['kind'] =>
  CAG.test(words) ? 'OPT_OUTS' : PROCESSOR.test(words) ? 'PROCESSOR' : 'STATED';
