import type { FoundColumn } from './catalogue.ts';

/** What a column seems to hold. */
export type Meaning =
  | 'GIVEN_NAME'
  | 'FAMILY_NAME'
  | 'PREFERRED_NAME'
  | 'BORN'
  | 'SEX'
  | 'DECEASED'
  | 'NHS_NUMBER'
  | 'NINO'
  | 'UPN'
  | 'CRN'
  | 'PHONE'
  | 'EMAIL'
  | 'RESTRICTION'
  | 'MERGED'
  | 'STAFF_NUMBER'
  | 'STAFF_NAME'
  | 'PLACE'
  | 'AS_OF'
  | 'FROM'
  | 'TO'
  | 'STATUS'
  | 'FREE_TEXT';

export type Confidence = 'HIGH' | 'MEDIUM' | 'LOW';

export interface Guess {
  meaning: Meaning;
  confidence: Confidence;
  /** Why, in words. */
  reason: string;
}

/** Names that say what a column holds, the surest first. A name is looked at in small letters, its words divided by `_`. */
const NAMES: readonly (readonly [RegExp, Meaning, Confidence])[] = [
  [/^(fore_?names?\d?|first_?names?|given_?names?|f_?name)$/, 'GIVEN_NAME', 'HIGH'],
  [/(fore|first|given)_?name/, 'GIVEN_NAME', 'MEDIUM'],
  [/^(surname|last_?name|family_?name|l_?name|s_?name)$/, 'FAMILY_NAME', 'HIGH'],
  [/(surname|last_?name|family_?name)/, 'FAMILY_NAME', 'MEDIUM'],
  [/(known_?as|preferred_?name|nick_?name|alias)/, 'PREFERRED_NAME', 'MEDIUM'],
  [/(dob|birth)(?!.*(est|place|verif))/, 'BORN', 'HIGH'],
  [/^(sex|gender)(_cd|_code)?$/, 'SEX', 'HIGH'],
  [/(sex|gender)/, 'SEX', 'LOW'],
  [/(deceased|died|dead)/, 'DECEASED', 'MEDIUM'],
  [/^nhs(_?(no|num|number))?$/, 'NHS_NUMBER', 'HIGH'],
  [/^(nino|ni_?no|ni_?number|nat_?ins)/, 'NINO', 'HIGH'],
  [/^upn$/, 'UPN', 'HIGH'],
  [/^crn$/, 'CRN', 'HIGH'],
  [/(e_?mail)/, 'EMAIL', 'HIGH'],
  [/(mobile|phone|^mob|^tel|_tel$)/, 'PHONE', 'MEDIUM'],
  [/(restrict|protect|hidden|shield|conf(idential)?_?(f|yn|ind|cd)|sens(itive)?_)/, 'RESTRICTION', 'MEDIUM'],
  [/merged?(_|$)/, 'MERGED', 'MEDIUM'],
  [
    /(addr|street|town|city|county|post_?co?de?|pcode|uprn|locality|ward|venue|site|pharmacy)/,
    'PLACE',
    'MEDIUM',
  ],
  [
    /^(key_?)?(worker|staff|officer|case_?holder|keyworker|practitioner)(_?(no|id|ref|cd|num))$/,
    'STAFF_NUMBER',
    'MEDIUM',
  ],
  [/^(key_?)?(worker|staff|officer|case_?holder|keyworker|practitioner)(_?name)?$/, 'STAFF_NAME', 'LOW'],
  [/(last_?upd|updated|changed|modified|amended|last_?mod|upd_(ts|dt))/, 'AS_OF', 'MEDIUM'],
  [
    /^(start|from|open|opened|begin|ref(er(ral|red)?)?|adm(it|itted)?)(_?(dt|date|on|dttm))?$/,
    'FROM',
    'MEDIUM',
  ],
  [/^(end|to|close|closed|disch(arge|arged)?|left|leave|exit)(_?(dt|date|on|dttm))?$/, 'TO', 'MEDIUM'],
  [/(^|_)(status|state|stat)(_cd|_code)?$/, 'STATUS', 'MEDIUM'],
  [/(notes?|text|txt|comments?|detail|narrative|remarks?)$/, 'FREE_TEXT', 'MEDIUM'],
];

/** `ClientID` and `CLIENT_ID` are one: `client_id`. */
export const plainName = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toLowerCase();

/** What a column seems to hold, by its name and type; null where neither says. */
export function guessOf({ name, dataType }: FoundColumn): Guess | null {
  const plain = plainName(name);
  for (const [form, meaning, confidence] of NAMES) {
    if (!form.test(plain)) continue;
    if (TIMED.has(meaning) && !isTime(dataType) && !isText(dataType)) continue;
    return { meaning, confidence, reason: `its name, ${name}` };
  }
  return null;
}

const TIMED: ReadonlySet<Meaning> = new Set(['AS_OF', 'FROM', 'TO', 'BORN']);

export const isTime = (type: string): boolean => /^(date|timestamp|timestamptz)$/.test(type);
export const isText = (type: string): boolean => /^(varchar|bpchar|text|citext)$/.test(type);
export const isNumber = (type: string): boolean => /^(int2|int4|int8|numeric)$/.test(type);
