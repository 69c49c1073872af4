/** What one agency says of one field, beside the agency. */
export interface Said {
  agency: string;
  value: unknown;
}

/**
 * The written rules by which a field that several suppliers answer gets one value. `said` is in the fixed order of
 * agencies and holds answers only; `complete` says whether every supplier answered. `undefined` means that it is
 * not known: not even that there is nothing.
 */
export type Rule = (
  said: readonly Said[],
  complete: boolean,
) => { value: unknown; agency: string | null } | undefined;

/** One `true` is enough for true; `false` only where everybody answered. */
export const anyTrue: Rule = (said, complete) => {
  const yes = said.find(({ value }) => value === true);
  if (yes) return yes;
  if (!complete) return undefined;
  return { value: said.some(({ value }) => value === false) ? false : null, agency: null };
};

/** The first agency's that has one. */
export const firstGiven: Rule = (said, complete) => {
  const given = said.find(({ value }) => value !== null && value !== undefined);
  if (given) return given;
  return complete ? { value: null, agency: null } : undefined;
};

/** The value that most agencies give; on a tie, the first agency's. */
export const mostGiven: Rule = (said, complete) => {
  const given = said.filter(({ value }) => value !== null && value !== undefined);
  const votes = (one: Said) => given.filter(({ value }) => value === one.value).length;
  const best = given.reduce<Said | undefined>(
    (leader, one) => (!leader || votes(one) > votes(leader) ? one : leader),
    undefined,
  );
  return best ?? firstGiven([], complete);
};

/** Among one agency's several records of a person: true if any says true, else the first given. */
export function ofRecords(values: readonly unknown[]): unknown {
  if (values.includes(true)) return true;
  return values.find((value) => value !== null && value !== undefined) ?? null;
}
