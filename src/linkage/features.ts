/** A name as it is compared: capital letters without accents, and what is derived from them once. */
export interface NameValue {
  /** Without spaces. */
  readonly text: string;
  /** The words that hyphen or space part; one for most. */
  readonly words: readonly string[];
  /** Key of the sound of the whole, see `soundOf`. */
  readonly sound: string;
}

/** A person's name; null where it is missing. */
export interface PersonName {
  readonly given: NameValue | null;
  readonly family: NameValue | null;
  /** True for a child who had no forename yet: Baby, Twin 1. */
  readonly unnamed?: boolean;
}

/** A date of birth as written, even if no calendar has it: 17 00 1916 is a slip of the hand for some day of 1916. */
export interface BirthDate {
  /** YYYYMMDD; `0` for what is unknown. */
  readonly digits: string;
  readonly year: number;
  /** 0 if unknown. */
  readonly month: number;
  /** 0 if unknown. */
  readonly day: number;
  /** Year, month and day are all written. */
  readonly full: boolean;
}

/** One address, current or former. Each part is in plain capitals without spaces, null if missing. */
export interface Address {
  readonly postcode: string | null;
  /** A unique property reference number, or a keyed hash of it. */
  readonly place: string | null;
  readonly number: string | null;
  readonly street: string | null;
  readonly locality: string | null;
  readonly suburb: string | null;
  readonly state: string | null;
}

/**
 * CHECKED: its check character is right, or its issuer has verified it. VALID: its check character is right, and it is
 * known that nobody has verified whose it is. PLAIN: of a kind that carries no check.
 * FORMED: of a system whose numbers have a form and no check. INVALID: mistyped or against the form. GENERIC: a filler, or one that different people carry; it says nothing.
 */
export type Trust = 'CHECKED' | 'VALID' | 'FORMED' | 'PLAIN' | 'INVALID' | 'GENERIC';

/** An identifier: the value, or a keyed hash of its one canonical form. Trust is judged before hashing. */
export interface Identifier {
  readonly type: string;
  readonly value: string;
  readonly trust: Trust;
  /** True for a hash: such values are the same or not, never nearly the same. */
  readonly hashed: boolean;
}

export type Sex = 'M' | 'F';

/** All that the model sees of one record. What is missing is null or an empty list. */
export interface Features {
  /** Current name first, then former names and aliases. */
  readonly names: readonly PersonName[];
  readonly born: BirthDate | null;
  readonly sex: Sex | null;
  readonly addresses: readonly Address[];
  /** Digits only, without prefix of country or trunk. */
  readonly phones: readonly string[];
  readonly identifiers: readonly Identifier[];
}

/** A record to be linked. `key` is unique and stands for the record everywhere; it also breaks ties. */
export interface LinkRecord {
  readonly key: string;
  readonly features: Features;
}
