import type { Decoder } from './decoding.ts';

/** Text as it stands in the cell, padding included. */
export const written: Decoder<string | null> = (cell, context) => {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'bigint') return String(cell);
  context.note('not text');
  return null;
};

/** Text without the blanks that pad it; null if there is nothing else. */
export const text: Decoder<string | null> = (cell, context) => written(cell, context)?.trim() || null;

/**
 * The number of a record, exactly as its column holds it: to a column of varchar, `'77001 '`
 * and `'77001'` are two. Null if there is nothing but blanks. Columns of type char come padded from every statement alike.
 */
export const key: Decoder<string | null> = (cell, context) =>
  text(cell, context) === null ? null : String(cell);

/** A member of staff's number where it keeps them out: as written, and without blanks around it, for a slip must let nobody in. */
export const staffNumbers = (cell: string): readonly string[] =>
  [...new Set([cell, cell.trim()])].filter((number) => number.trim() !== '');

/** Text in which blanks mean nothing: identifiers, telephone numbers, postcodes. In capitals. */
export const compact: Decoder<string | null> = (cell, context) =>
  text(cell, context)?.replace(/\s+/g, '').toUpperCase() ?? null;

/** Several pieces of text in one column, divided by semicolons; null where the column is empty. */
export const textList: Decoder<string[] | null> = (cell, context) => {
  const pieces = (text(cell, context) ?? '').split(';').map((piece) => piece.trim());
  const filled = pieces.filter((piece) => piece !== '');
  return filled.length > 0 ? filled : null;
};

/** The parts that are filled, in one line: a full name of forename and surname. Null if none is. */
export const joined: Decoder<string | null> = (cells, context) =>
  (Array.isArray(cells) ? cells : [cells])
    .map((cell) => text(cell, context))
    .filter((part) => part !== null)
    .join(' ') || null;

/** The parts that are filled, each a line: an address. Null if none is. */
export const lines: Decoder<string[] | null> = (cells, context) => {
  const filled = (Array.isArray(cells) ? cells : [cells])
    .map((cell) => text(cell, context))
    .filter((line) => line !== null);
  return filled.length > 0 ? filled : null;
};

/** A telephone number of a mobile, which says nothing of a place; others, with their area codes, become null. */
export const mobileNumber: Decoder<string | null> = (cell, context) => {
  const value = text(cell, context);
  if (value === null || /^(\+44|0044|0)7/.test(value.replace(/[\s()-]/g, ''))) return value;
  context.note('not a mobile number');
  return null;
};

/** An e-mail address. */
export const emailAddress: Decoder<string | null> = (cell, context) => {
  const value = text(cell, context);
  if (value === null || /^[^\s@]+@[^\s@]+$/.test(value)) return value;
  context.note('not an e-mail address');
  return null;
};
