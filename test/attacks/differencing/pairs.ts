/** What somebody asks who wants to know one thing about one person, and may ask for counts by any filter. */

/** A value of a field: `person.sex` is `FEMALE`. */
export interface Value {
  readonly field: string;
  readonly value: string;
}
export type AttackFilter =
  | Value
  | { readonly all: readonly AttackFilter[] }
  | { readonly any: readonly AttackFilter[] }
  | { readonly not: AttackFilter };

/** What the attacker knows before: fields that everybody has one value of, hers, and that no one else shares them all. */
export interface Knowledge {
  readonly fields: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly hers: Readonly<Record<string, string>>;
  /** What is to be found out: whether this holds for her. */
  readonly secret: Value;
}

/**
 * Two filters that hold for the same people, but for her: the first for her too, if the secret is true of her. Where the
 * counts are told, what she is follows from whether they are alike.
 */
export interface Pair {
  readonly strategy: string;
  readonly first: AttackFilter;
  readonly second: AttackFilter;
}

export type Chance = () => number;

/** Reproducible chance, from 0 up to 1. */
export function chanceFrom(seed: number): Chance {
  let state = (seed * 2_654_435_761) % 2_147_483_647 || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const all = (...of: AttackFilter[]): AttackFilter => ({ all: of });
const any = (...of: AttackFilter[]): AttackFilter => ({ any: of });
const not = (filter: AttackFilter): AttackFilter => ({ not: filter });

/** Each way to ask for two cohorts that differ by her alone. */
export const STRATEGIES: Readonly<
  Record<string, (known: Knowledge, chance: Chance) => Omit<Pair, 'strategy'>>
> = {
  'all but her': (known, chance) => {
    const [wide, narrow] = split(known, chance);
    return {
      first: all(...wide, known.secret),
      second: all(...wide, known.secret, not(all(...narrow))),
    };
  },
  'each other value of a field': (known, chance) => {
    const { at, others, rest } = aboutOneField(known, chance);
    return {
      first: all(...rest, known.secret, any(at, ...others)),
      second: all(...rest, known.secret, any(...others)),
    };
  },
  'the field not asked, and each other value of it': (known, chance) => {
    const { others, rest } = aboutOneField(known, chance);
    return { first: all(...rest, known.secret), second: all(...rest, known.secret, any(...others)) };
  },
  'one value left out, and the others but hers': (known, chance) => {
    const { others, rest } = aboutOneField(known, chance);
    const [out, ...kept] = shuffled(others, chance);
    return {
      first: all(...rest, known.secret, not(out as Value)),
      second: all(...rest, known.secret, any(...kept)),
    };
  },
  'one of two conditions, the other way round': (known, chance) => {
    const { at, others, rest } = aboutOneField(known, chance);
    const [own = known.secret, ...wide] = shuffled(rest, chance);
    const [other, ...kept] = shuffled(others, chance);
    return {
      first: all(...wide, known.secret, any(own, other as Value)),
      second: all(...wide, known.secret, not(any(at, all(not(own), ...(kept.length ? [any(...kept)] : []))))),
    };
  },
  'every combination written out': (known, chance) => {
    const [one, other, ...more] = shuffled(known.fields, chance);
    if (!one || !other) throw new Error('Two fields are needed.');
    const wide = more.map(({ name }) => hers(known, name));
    const terms = one.values.flatMap((a) =>
      other.values.map((b) => all({ field: one.name, value: a }, { field: other.name, value: b })),
    );
    const her = one.values.indexOf(known.hers[one.name] ?? '') * other.values.length;
    const mine = her + other.values.indexOf(known.hers[other.name] ?? '');
    const kept = terms.filter((_, at) => at !== mine && chance() < 0.7);
    return {
      first: all(...wide, known.secret, any(...kept, terms[mine] as AttackFilter)),
      second: all(...wide, known.secret, any(...kept)),
    };
  },
  'the secret as one of two conditions': (known, chance) => {
    const { others, rest } = aboutOneField(known, chance);
    const wide = any(...others);
    return {
      first: any(all(...rest, known.secret), all(wide, known.secret)),
      second: all(wide, known.secret),
    };
  },
  'without the secret, from everybody': (known, chance) => {
    const [wide, narrow] = split(known, chance);
    return {
      first: all(...wide, not(all(not(known.secret), ...narrow))),
      second: all(...wide, not(all(...narrow))),
    };
  },
};

/** So many pairs, each strategy as often. */
export const pairsAround = (known: Knowledge, many: number, chance: Chance): Pair[] =>
  Array.from({ length: many }, (_, at) => pairAround(known, at, chance));

/** The pair of one turn: each strategy has its turn as often. */
export function pairAround(known: Knowledge, turn: number, chance: Chance): Pair {
  const strategies = Object.entries(STRATEGIES);
  const [strategy = '', make] = strategies[turn % strategies.length] ?? [];
  const made = make?.(known, chance);
  if (!made) throw new Error('No strategy.');
  return { strategy, ...made };
}

/** The same filter in other words: turned round, doubled, negated twice, by De Morgan's laws, distributed. */
export function rephrased(filter: AttackFilter, chance: Chance): AttackFilter {
  const luck = chance();
  if ('not' in filter) {
    const inner = filter.not;
    if (luck < 0.4 && 'all' in inner) return rephrased({ any: inner.all.map(not) }, chance);
    if (luck < 0.4 && 'any' in inner) return rephrased({ all: inner.any.map(not) }, chance);
    return not(rephrased(inner, chance));
  }
  if ('field' in filter) return luck < 0.1 ? not(not(filter)) : luck < 0.2 ? all(filter, filter) : filter;
  const isAll = 'all' in filter;
  const of = shuffled(isAll ? filter.all : filter.any, chance).map((one) => rephrased(one, chance));
  if (luck < 0.15) return not(isAll ? { any: of.map(not) } : { all: of.map(not) });
  const [first, ...rest] = of;
  if (luck < 0.3 && isAll && first && 'any' in first && rest.length > 0 && first.any.length < 4)
    return { any: first.any.map((one) => all(one, ...rest)) };
  if (luck < 0.4 && first) of.push(first);
  return isAll ? { all: of } : { any: of };
}

const hers = (known: Knowledge, field: string): Value => ({ field, value: known.hers[field] ?? '' });

function split(known: Knowledge, chance: Chance): [wide: Value[], narrow: Value[]] {
  const fields = shuffled(known.fields, chance).map(({ name }) => hers(known, name));
  const at = 1 + Math.floor(chance() * (fields.length - 1));
  return [fields.slice(0, at - 1), fields.slice(at - 1)];
}

function aboutOneField(known: Knowledge, chance: Chance) {
  const [field] = shuffled(known.fields, chance);
  if (!field) throw new Error('A field is needed.');
  const others = field.values.filter((value) => value !== known.hers[field.name]);
  return {
    at: hers(known, field.name),
    others: others.map((value): Value => ({ field: field.name, value })),
    rest: known.fields.filter(({ name }) => name !== field.name).map(({ name }) => hers(known, name)),
  };
}

function shuffled<T>(of: readonly T[], chance: Chance): T[] {
  return of
    .map((one) => [chance(), one] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one);
}
