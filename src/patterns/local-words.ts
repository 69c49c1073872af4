import { BODIES } from '../sharing/policy/law.ts';
import type { Policies } from '../sharing/policy/policies.ts';
import type { Catalogue } from '../sharing/policy/types.ts';

/** Words in which names of agencies and of kinds of body are alike in every place. */
const COMMON =
  'council county borough city district unitary homes foundation partnership department the for and of';

/**
 * A word of a text that leads to this place: part of an agency's or a controller's name, a telephone number, an address of
 * the web or of mail, or a postcode. Null where there is none.
 */
export function localWord(text: string, policy: Policies, catalogue: Catalogue): string | null {
  const everywhere = new Set(wordsOf([COMMON, ...Object.values(BODIES)].join(' ')));
  const names = [
    ...[...catalogue.agencies.values()].map(({ name }) => name),
    ...[...policy.agencies.values()].map(({ controller }) => controller),
  ];
  const local = new Set(names.flatMap(wordsOf).filter((word) => !everywhere.has(word)));
  const named = wordsOf(text).find((word) => local.has(word));
  return (
    named ?? LEADING.map((pattern) => pattern.exec(text)?.[0]).find((found) => found !== undefined) ?? null
  );
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[a-z]{2,}/g) ?? [];

const LEADING: readonly RegExp[] = [
  /\b0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}\b/,
  /[\w.]+@[\w.]+/,
  /https?:\/\/\S+/,
  /\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b/,
];
