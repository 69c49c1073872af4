/** What stands in a policy file, piece by piece; each with what is said where something else stands there. */
import { z } from 'zod';
import { readDuration } from '../../../adapters/contract/durations.ts';
import { unknownWord } from '../../yaml/finding.ts';
import { inForm, mapOf, shapeName } from '../../yaml/map.ts';
import type { LegalGateway } from '../policy/policies.ts';
import { PLACES } from '../policy/types.ts';

const noText = (what: string, input: unknown): string =>
  `${what} must be a word or sentence, not ${input === '' ? 'nothing' : shapeName(input)}`;

/** A text for which `mistake` says nothing. */
const textThat = (what: string, mistake: (text: string) => string | null): z.ZodType<string> =>
  z.string({ error: ({ input }) => noText(what, input) }).superRefine((written, ctx) => {
    const message = written === '' ? noText(what, '') : mistake(written);
    if (message !== null) ctx.addIssue({ code: 'custom', message });
  });

export const text = (what: string): z.ZodType<string> => textThat(what, () => null);

export const word = <Known extends string>(what: string, known: readonly Known[]): z.ZodType<Known> =>
  textThat(what, (written) =>
    known.some((candidate) => candidate === written) ? null : unknownWord(what, written, known),
  ) as unknown as z.ZodType<Known>;

export const flag = (what: string): z.ZodType<boolean> =>
  word(what, ['true', 'false']).transform((written) => written === 'true');

/** A day that exists, `YYYY-MM-DD`. */
export const date = (what: string): z.ZodType<string> =>
  textThat(what, (written) => {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(written) ? Date.parse(`${written}T00:00:00Z`) : Number.NaN;
    const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(written);
    return exists ? null : `${what} "${written}" is not a date; write it as YYYY-MM-DD`;
  });

/** An ISO 8601 duration of whole days, such as P12M. */
export const duration = (what: string): z.ZodType<string> =>
  textThat(what, (written) =>
    readDuration(written) === null
      ? `${what} "${written}" is not a duration of whole days; write it as P12M, P2W or P90D`
      : null,
  );

/** Hours in which somebody is to answer, as PT4H: at most a week. */
export const hours = (what: string): z.ZodType<number> =>
  textThat(what, (written) =>
    hoursIn(written) === null
      ? `${what} "${written}" is not a number of hours up to a week; write it as PT4H`
      : null,
  ).transform((written) => hoursIn(written) ?? 0);

const A_WEEK = 168;
function hoursIn(written: string): number | null {
  const number = Number(/^PT([1-9]\d{0,2})H$/.exec(written)?.[1]);
  return number <= A_WEEK ? number : null;
}

/** A whole number from 1 up. */
export const wholeNumber = (what: string): z.ZodType<number> =>
  textThat(what, (written) =>
    /^[1-9]\d{0,8}$/.test(written) ? null : `${what} "${written}" is not a whole number from 1 up`,
  ).transform(Number);

/** A list, or one thing alone; `ifEmpty` is what is said of a list with nothing in it, where that is a mistake. */
export const oneOrMore = <Item>(item: z.ZodType<Item>, ifEmpty?: string): z.ZodType<readonly Item[]> =>
  z.preprocess(
    (input) => (input === undefined || Array.isArray(input) ? input : [input]),
    z.array(item).min(ifEmpty === undefined ? 0 : 1, ifEmpty),
  );

export const listOf = <Item>(what: string, item: z.ZodType<Item>): z.ZodType<readonly Item[]> =>
  z.array(item, { error: ({ input }) => `${what} must be a list, not ${shapeName(input)}` });

const cited = text('a gateway').transform((cite): LegalGateway => ({ cite, place: null }));
const citedAtPlace = mapOf('a gateway', {
  cite: text('cite'),
  place: word('place', PLACES).nullable().default(null),
});

/** A gateway of law: a citation, or `{ cite, place }`. */
export const legalGateway = inForm<LegalGateway>((input) =>
  shapeName(input) === 'a map' ? citedAtPlace : cited,
);
