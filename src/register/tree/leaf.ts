import { hash } from 'node:crypto';
import { leafHash } from './merkle.ts';

/**
 * What one agency can be shown of an entry: who asked, when, why, and its own outcomes alone. Not the internal ids of
 * request and person, by which two agencies could put their parts together.
 */
const SHOWN = [
  ...['at', 'kind', 'sub', 'name', 'role', 'organisation', 'site', 'staff'],
  ...['purpose', 'reference', 'regime', 'relationship', 'policyVersion'],
] as const;

/** Of an act; its digest is of words that nobody exports. */
const SHOWN_OF_ACT = ['id', 'ground', 'personsView'] as const;

/** An agency's part of an entry: its own running number in this chain, and a digest of what it can be shown. */
export interface AgencyPart {
  readonly number: number;
  /** Base64. */
  readonly digest: string;
}

/** All that a leaf is made of; it tells no outcome, and stays when the entry is no longer kept. */
export interface Leaf {
  readonly chain: string;
  readonly seq: number;
  /** Hides the entry's hash; base64. */
  readonly entry: string;
  /** Hides who is concerned, and each agency's number from the others; stays. */
  readonly salt: string;
  readonly parts: ReadonlyMap<string, AgencyPart>;
}

/**
 * What each agency that an entry concerns can be shown of it, as text: those whose outcomes it has, and the asker's own.
 * @param only this one's alone
 */
export function shownParts(entry: string, only?: string): ReadonlyMap<string, string> {
  const { outcomes, act, ...all } = JSON.parse(entry) as Record<string, unknown> & {
    outcomes: readonly { agency: string }[];
    act?: Record<string, unknown>;
  };
  const shown = JSON.stringify({ ...pick(all, SHOWN), ...(act && { act: pick(act, SHOWN_OF_ACT) }) });
  const concerned = new Set(outcomes.map(({ agency }) => agency));
  if (typeof all.organisation === 'string') concerned.add(all.organisation);
  return new Map(
    [...concerned]
      .filter((agency) => only === undefined || agency === only)
      .map((agency) => {
        const own = JSON.stringify(outcomes.filter((outcome) => outcome.agency === agency));
        return [agency, `${shown.slice(0, -1)},"outcomes":${own}}`];
      }),
  );
}

const pick = (value: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(names.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]]])));

/** One agency's salt, from one that only the register has: whoever is given it learns nothing of the others'. */
export const agencySalt = (salt: string, agency: string): string => sealed('salt', salt, agency);

/** What stands for a text, and does not tell it without the salt. The parts are JSON, so that no two lists read alike. */
function sealed(kind: string, salt: string, ...parts: readonly (string | number)[]): string {
  return hash('sha256', JSON.stringify([`sightline register ${kind} v1`, salt, ...parts]), 'base64');
}

/** @param salt that agency's */
export const partDigest = (salt: string, shown: string): string => sealed('part', salt, shown);

/** @param salt the leaf's; @param entry the entry's hash in its chain */
export const entryDigest = (salt: string, entry: string): string =>
  sealed('entry', agencySalt(salt, ''), entry);

/** @param salt that agency's, of the leaf */
export const slotOf = (salt: string, agency: string, { number, digest }: AgencyPart): string =>
  sealed('slot', salt, agency, number, digest);

/** @param salt that agency's, of the checkpoint */
export const countDigest = (salt: string, agency: string, count: number): string =>
  sealed('count', salt, agency, count);

/** An agency's slot among those of a leaf, which are in an order that tells nothing. */
export function leafText(
  { chain, seq, entry }: Pick<Leaf, 'chain' | 'seq' | 'entry'>,
  slots: readonly string[],
): string {
  return JSON.stringify(['sightline register leaf v1', chain, seq, entry, ...[...slots].sort()]);
}

export function hashOfLeaf(leaf: Leaf): Buffer {
  const slots = [...leaf.parts].map(([agency, part]) => slotOf(agencySalt(leaf.salt, agency), agency, part));
  return leafHash(leafText(leaf, slots));
}
