/** What stands in a policy file, piece by piece; each with what is said where something else stands there. */
import { z } from 'zod';
import { readDuration } from '../../../adapters/contract/durations.ts';
import { unknownWord } from '../../yaml/finding.ts';
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

type Shape = Readonly<Record<string, z.ZodType>>;
type MapOf<S extends Shape> = z.ZodType<z.output<z.ZodObject<S, z.core.$strip>>>;

/** What a thing of a file is called where something else was expected. */
export function shapeName(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  return 'a word';
}

const isRecord = (value: unknown): value is Record<string, unknown> => shapeName(value) === 'a map';

/**
 * A map with some of these keys and no others, of which none has to be there. `unknownKey` is said of another key, and
 * `lacks` of what is not there: it is asked whatever else is wrong, so that every mistake is told at once.
 */
export function openMap<Value>(
  what: string,
  shape: Readonly<Record<string, z.ZodType<Value>>>,
  unknownKey: (key: string, known: readonly string[]) => string,
  lacks: (keys: ReadonlySet<string>) => readonly { path?: [string]; message: string }[] = () => [],
): z.ZodType<Readonly<Record<string, Value>>> {
  const known = Object.keys(shape);
  const mistakesIn = (keys: readonly string[]) => [
    ...keys
      .filter((key) => !known.includes(key))
      .map((key) => ({ path: [key], message: unknownKey(key, known) })),
    ...lacks(new Set(keys)),
  ];
  return z
    .looseObject(shape, { error: ({ input }) => `${what} must be a map, not ${shapeName(input)}` })
    .partial()
    .superRefine(
      (value, ctx) => {
        for (const mistake of mistakesIn(Object.keys(value))) ctx.addIssue({ code: 'custom', ...mistake });
      },
      { when: ({ value }) => isRecord(value) },
    ) as unknown as z.ZodType<Readonly<Record<string, Value>>>;
}

/** A map with these keys and no others, which messages call `what`: "a grant lacks …". `file` where it is a whole file. */
export function mapOf<S extends Shape>(what: string, shape: S, file?: 'the file'): MapOf<S> {
  const needed = Object.keys(shape).filter((key) => !shape[key]?.isOptional());
  return openMap(
    file ?? what,
    shape,
    (key, known) => unknownWord(`key in ${what}`, key, known),
    (keys) =>
      needed
        .filter((key) => !keys.has(key))
        .map((key) => ({ path: [key], message: `${what} lacks "${key}"` })),
  ) as unknown as MapOf<S>;
}

/**
 * A check of keys against each other, asked as soon as these keys are sound, whatever else is wrong in the map.
 * `report` takes the way from the map to what is wrong.
 */
export function crossCheck<Value>(
  schema: z.ZodType<Value>,
  keys: readonly (keyof Value & string)[],
  check: (value: Value, report: (path: readonly PropertyKey[], message: string) => void) => void,
): z.ZodType<Value> {
  return schema.superRefine(
    (value, ctx) =>
      check(value, (path, message) => ctx.addIssue({ code: 'custom', path: [...path], message })),
    {
      when: ({ value, issues }) =>
        isRecord(value) && issues.every(({ path }) => !keys.some((key) => key === path?.[0])),
    },
  );
}

/** What is read by another schema in each of its forms: a word, or a map. */
export function inForm<Value>(formOf: (input: unknown) => z.ZodType<Value>): z.ZodType<Value> {
  return z.unknown().transform((input, ctx) => {
    const result = formOf(input).safeParse(input, { jitless: true });
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues) ctx.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  });
}

const cited = text('a gateway').transform((cite): LegalGateway => ({ cite, place: null }));
const citedAtPlace = mapOf('a gateway', {
  cite: text('cite'),
  place: word('place', PLACES).nullable().default(null),
});

/** A gateway of law: a citation, or `{ cite, place }`. */
export const legalGateway = inForm<LegalGateway>((input) =>
  shapeName(input) === 'a map' ? citedAtPlace : cited,
);
