import {
  type CodeList,
  codesMeaning,
  type Decoder,
  isYes,
  kinds,
  meaning,
  minuteDigits,
  type Predicate,
  telling,
  within,
  yesNo,
} from '../contract.ts';
import { EVENT_CATEGORIES, EVENT_TYPES, type EventCategory } from './codes.ts';

const DA = 'T_OCCURRENCE.DA_FLG';
const MH = 'T_OCCURRENCE.MH_FLG';
const TYPE = 'T_OCCURRENCE.OCC_TYPE';
type Column = typeof DA | typeof MH | typeof TYPE;

/** What the category is made from, in the order that `eventCategory` takes. */
export const CATEGORY_COLUMNS = [DA, MH, TYPE] as const;

const byType = meaning(EVENT_TYPES as CodeList<EventCategory>);
const isSet = (cell: unknown, context: Parameters<Decoder<unknown>>[1]) => yesNo(cell, context) === true;

/** One category for each event: a flag says more than the type of offence, and domestic abuse more than mental health. */
export const eventCategory: Decoder<EventCategory | null> = telling(
  { as: 'domestic abuse or mental health by its flag, else the type of offence', codes: EVENT_TYPES },
  (cells, context) => {
    const [domesticAbuse, mentalHealth, type] = cells as readonly unknown[];
    if (isSet(domesticAbuse, context)) return 'DOMESTIC_ABUSE';
    if (isSet(mentalHealth, context)) return 'MENTAL_HEALTH';
    return byType(type, context);
  },
);

/** Row conditions that agree with the category shown. */
export const eventConditions = {
  category: kinds('Only events of these categories.', EVENT_CATEGORIES, rowsOf),
  within: within('T_OCCURRENCE.RPT_DTTM', minuteDigits),
};

function rowsOf(category: EventCategory): Predicate<Column> {
  const typed: Predicate<Column> = { column: TYPE, in: codesMeaning(EVENT_TYPES, [category]) };
  if (category === 'DOMESTIC_ABUSE') return { any: [isYes(DA), all(typed, isNotYes(MH))] };
  if (category === 'MENTAL_HEALTH') return all(isNotYes(DA), { any: [isYes(MH), typed] });
  return all(isNotYes(DA), isNotYes(MH), typed);
}

const all = (...parts: Predicate<Column>[]): Predicate<Column> => ({ all: parts });

/** A flag that cannot be read decides nothing, as in `eventCategory`. */
function isNotYes(column: typeof DA | typeof MH): Predicate<Column> {
  const yes = isYes<Column>(column);
  return { any: [{ column, isNull: true }, ...('in' in yes ? [{ column, notIn: yes.in }] : [])] };
}
