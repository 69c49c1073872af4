/** Who asks, why, and on which reference. An answer is good for these alone: make a client of its own for each. */
export interface Sharing {
  url: string;
  token: string;
  purpose: string;
  reference: string;
}

export function sharingHeaders({ token, purpose, reference }: Sharing): Record<string, string> {
  return {
    authorization: `Bearer ${token}`,
    'sharing-purpose': purpose,
    'sharing-reference': reference,
  };
}

/** One thing that an answer does not say: an entry of `extensions.holes`. */
export interface Hole {
  /** `*` stands for every entry of a list, where many people were asked for at once. */
  path: readonly (string | number)[];
  section: string | null;
  agency: string | null;
  state: string;
  reason: string | null;
  contact: { desk: string; phone: string | null } | null;
}

/** What is open at a place of the answer, or around it. Only where this is empty does null there mean "none". */
export function holesAt(holes: readonly Hole[], place: readonly (string | number)[]): readonly Hole[] {
  const covers = ({ path }: Hole) => path.every((key, at) => key === '*' || key === place[at]);
  return holes.filter((hole) => hole.path.length <= place.length && covers(hole));
}

/** What stands in the place of a value that is null. */
export function words(holes: readonly Hole[]): string {
  const [hole] = holes;
  if (!hole) return 'None.';
  const who = hole.agency ?? 'No agency';
  const call = hole.contact ? ` Call ${hole.contact.desk}, ${hole.contact.phone ?? 'no number'}.` : '';
  if (hole.state === 'UNAVAILABLE') return `${who} cannot be asked now. It may hold something.${call}`;
  if (hole.state === 'NOT_COVERED') return `${who} supplies this.`;
  if (hole.state === 'NOT_HELD') return `${who} has nobody linked. That is no proof.${call}`;
  if (hole.state === 'POSSIBLE_MATCH_ONLY') return `There may be a record at ${who}.${call}`;
  return `Not shown: ${who} does not share this here.${call}`;
}
