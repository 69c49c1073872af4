import type { HoleGroup, HoleKind } from '../../../client/hole.ts';
import * as client from '../../../client/words.ts';
import { ENGLISH_FOR_SUBJECT } from '../../../client/words-for-subject.ts';

export { nameInWords, reasonInWords } from '../../../client/words.ts';

/** The words for a reader of this role, null where it is not known: a data subject reads words of their own. */
const wordsFor = (role: string | null): client.Words =>
  role === 'data-subject' ? ENGLISH_FOR_SUBJECT : client.ENGLISH;

/** Over the gaps of one kind. `count` is how many there are. */
export const kindInWords = (kind: HoleKind, count: number, role: string | null): string =>
  client.kindInWords(kind, count, wordsFor(role));

/** What is missing, whose it is, why, and where in its section, in plain words for a reader of this role. */
export function holeInWords(
  hole: HoleGroup,
  agencies: Readonly<Record<string, string>>,
  role: string | null,
) {
  const { who, why } = client.words(hole, { words: wordsFor(role), agencies });
  return {
    what: hole.section ? client.nameInWords(hole.section) : (hole.paths[0] ?? 'This answer'),
    whose: who,
    why,
    where: placesInWords(hole),
  };
}

/** The fields within the section, each once; nothing where it is the section as a whole. */
function placesInWords({ section, paths }: HoleGroup): string {
  const fields = [...new Set(paths.map((path) => pathInSection(section, path)))];
  const places = paths.length > fields.length ? `${paths.length} places` : '';
  return [fields.filter(Boolean).join(', '), places].filter(Boolean).join(' · ');
}

/** What a path says beyond its section; all of it where the caller gave the section another name. */
function pathInSection(section: string | null, path: string): string {
  const names = path.split('.');
  return names.slice(names.lastIndexOf(section ?? '') + 1).join('.');
}
