import { plainWords } from '../letters.ts';

/**
 * What stands in the columns of a name where nobody knew it, in the languages of those who write records. Null, Na, Test and
 * O are names.
 */
const UNKNOWN = new Set(
  `UNKNOWN UNK UNKN NK NOTKNOWN NOTSTATED NOTGIVEN NOTRECORDED NOTAVAILABLE NOTAPPLICABLE NOTDISCLOSED NONAME NOFORENAME NOSURNAME
  NOGIVENNAME NOFAMILYNAME NAMEUNKNOWN UNKNOWNNAME TBC TBA TOBECONFIRMED NONE ANON ANONYMOUS ANONYM ANONYME ANONIMO FNU LNU NFN NLN NMN
  FIRSTNAMEUNKNOWN LASTNAMEUNKNOWN UNIDENTIFIED UNNAMED NAMELESS UNDISCLOSED UNBEKANNT UNBEK INCONNU INCONNUE DESCONOCIDO
  DESCONOCIDA DESCONHECIDO DESCONHECIDA SCONOSCIUTO SCONOSCIUTA IGNOTO IGNOTA NIEZNANY NIEZNANA NIEZNANE NN NEZNAMY NEZNAMA NEPOZNAT
  NEPOZNATO NEIZVESTNO NEIZVESTNY NEIZVESTNYI NEIZVESTNAYA NEIZVESTNAIA NEVIDOMO NEVIDOMYI NEVIDOMYY ONBEKEND ONBEKENDE OKAND
  OKANT UKJENT UKENDT TUNTEMATON ISMERETLEN NECUNOSCUT NECUNOSCUTA BILINMIYOR BILINMEYEN MAJHUL MAJHOL NAMALUM NAMAALUM AGYAT
  AGNOSTOS AGNOSTI NEZINAMAS NEZINAMS TEADMATA IPANJOHUR`
    .trim()
    .split(/\s+/)
    .concat([2, 3, 4].map((times) => 'X'.repeat(times))),
);
const NOT_APPLICABLE = /^\W*n\s*[/.\\]\s*a\W*$/i;

/** A child who has no forename yet: words that only such a child is written with, and which of several it is. */
const CHILD = new Set(
  `BABY BABE BABA BEBE BB INFANT NEWBORN NEWBORNE NEONATE NEONATO NEONATA NEUGEBORENES SAUGLING BEBEK NOWORODEK NOUVEAU NOURRISSON
  TWIN TWINS TRIPLET TRIPLETS BOY GIRL MALE FEMALE MASCULIN FEMININ BABYBOY BABYGIRL BABYMALE BABYFEMALE BABYTWIN CHILD FOETUS FETUS`
    .trim()
    .split(/\s+/),
);
const WHICH =
  /^(\d{1,2}|[A-D]|I{1,3}|IV|ONE|TWO|THREE|FOUR|FIRST|SECOND|THIRD|1ST|2ND|3RD|NE|NO|NR|OF|THE|AND|UNNAMED|UNKNOWN)$/;
/** B/O Fatima, Baby of Smith, son of …; T1 and T2 of twins. */
const CHILD_OF =
  /^\W*(b\s*\/\s*o|s\s*\/\s*o|d\s*\/\s*o|(baby|son|daughter|infant|child|boy|girl|twin)\b.*\bof)\b/i;
const NUMBERED = /^(T|TW|TWN|TWIN|TRIPLET|BABY|BB|INFANT|BOY|GIRL)\d{1,2}$/;

/** Words that say who somebody is beside a name that is unknown: Unknown Male, Patient Unknown, Mr X. */
const SOMEBODY = new Set(
  `MALE FEMALE MAN WOMAN PERSON PATIENT ADULT CHILD BOY GIRL MR MRS MS MISS MX X Y Z A B MANN FRAU HERR HOMME FEMME HOMBRE MUJER
  UOMO DONNA PACIENTE PATIENTIN PAZIENTE PACJENT PACJENTKA`
    .trim()
    .split(/\s+/),
);
/** Who stands for anybody. */
const ANYBODY = new Set(
  `JOHN|DOE JANE|DOE JON|DOE JOHNNY|DOE JOHN|ROE JANE|ROE RICHARD|ROE JOE|BLOGGS JOE|BLOGS FRED|BLOGGS JO|BLOGGS JOE|PUBLIC
  JOHNQ|PUBLIC JANE|PUBLIC MAX|MUSTERMANN ERIKA|MUSTERMANN MAX|MUSTER AN|OTHER ANOTHER|PERSON JOHN|SMITHTEST`
    .trim()
    .split(/\s+/),
);

/** Whether a word or words of one column are no name. */
export function isUnknownName(written: string, words: readonly string[]): boolean {
  const text = words.join('');
  return (
    UNKNOWN.has(text) ||
    NOT_APPLICABLE.test(written) ||
    (text.length > 0 && text.length < 4 && /^X+$/.test(text)) ||
    (words.length > 1 && words.every((word) => UNKNOWN.has(word) || SOMEBODY.has(word) || WHICH.test(word)))
  );
}

/** Whether a forename is that of a child who has none yet. */
export function isUnnamedChild(written: string): boolean {
  if (CHILD_OF.test(written)) return true;
  const words = plainWords(written).split(' ');
  return (
    words.some((word) => CHILD.has(word) || NUMBERED.test(word)) &&
    words.every((word) => CHILD.has(word) || NUMBERED.test(word) || WHICH.test(word))
  );
}

/** Whether forename and surname together are nobody's: John Doe, Patient Unknown, Mr X. */
export function isNobody(given: string, family: string): boolean {
  const [first, last] = [plainWords(given).replaceAll(' ', ''), plainWords(family).replaceAll(' ', '')];
  if (ANYBODY.has(`${first}|${last}`)) return true;
  const none = (text: string, written: string) => text !== '' && isUnknownName(written, [text]);
  const [noFirst, noLast] = [none(first, given), none(last, family)];
  // A name that is unknown beside a word that is none: Mann and Child are surnames of people who have a forename.
  return (noFirst && (noLast || SOMEBODY.has(last))) || (noLast && SOMEBODY.has(first));
}
