import { z } from 'zod';
import { unknownWord } from './finding.ts';

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

/** A map with these keys and no others, which messages call by the way to it. */
export function mapAtPath<S extends Shape>(shape: S, message = 'must be a map') {
  const knownKeys = Object.keys(shape);
  return z.looseObject(shape, message).superRefine(
    (value, ctx) => {
      for (const key of Object.keys(value)) {
        if (!knownKeys.includes(key)) ctx.addIssue({ code: 'custom', path: [key], params: { knownKeys } });
      }
    },
    { when: ({ value }) => isRecord(value) },
  ) as unknown as z.ZodObject<S, z.core.$strict>;
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
