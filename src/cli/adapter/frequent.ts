/** Of a row's values only this may be told: what is so short and stands in so many rows. A rare or a long one may be a name. */
export const FREQUENT = { rows: 10, characters: 12 } as const;

/** How a value is written, and not what: each digit a 9, each letter an A. */
export const formOf = (cell: unknown): string =>
  String(cell).trim().replace(/\d/g, '9').replace(/\p{L}/gu, 'A');
