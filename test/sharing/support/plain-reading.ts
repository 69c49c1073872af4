/**
 * What each agency's file and the law's list say, read once more and as plainly as a governance officer would: YAML and
 * a handful of rules, nothing of the code that decides. The generated tests compare the two.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Catalogue } from '../../../src/sharing/policy/types.ts';

interface Entry {
  level: string;
  consent?: string;
  discloseSource?: boolean;
}
interface WrittenGrant {
  role: string;
  purpose: string;
  discloseSource?: boolean;
  consent?: string;
  share: Record<string, string | Entry>;
}
interface WrittenPolicy {
  characteristic: string;
  agreement: { parties: string[] };
  grants: WrittenGrant[];
}
interface WrittenPurpose {
  roles: string[];
  excludes?: { nhsBodies?: boolean; agencies?: string[] };
  betweenParties?: boolean;
}
export interface Law {
  roles: Record<string, { title: string; organisations: string[] | 'all' }>;
  purposes: Record<string, WrittenPurpose>;
  services: Record<string, string>;
}
export interface Asked {
  role: string;
  organisation: string;
  purpose: string;
  /** False where nobody recorded a consent here, whatever the reference’s own system says. */
  recorded?: boolean;
}

const RANKS: Readonly<Record<string, number>> = { exists: 1, summary: 2, full: 3, own: 3 };
export const LEVEL_RANKS = { EXISTS: 1, SUMMARY: 2, FULL: 3 } as const;

export class PlainReading {
  readonly law: Law;
  readonly #policies: ReadonlyMap<string, WrittenPolicy>;
  readonly #catalogue: Catalogue;

  constructor(root: string, catalogue: Catalogue) {
    const read = (file: string) => parse(readFileSync(join(root, file), 'utf8'));
    this.law = read('schema/purposes.yaml') as Law;
    this.#catalogue = catalogue;
    this.#policies = new Map(
      [...catalogue.agencies.keys()].map((agency) => [agency, read(`adapters/${agency}/sharing.yaml`)]),
    );
  }

  /**
   * How much an agency's file gives of a section to a caller whose relationship is proven, with consent recorded:
   * 0 nothing, 1 exists, 2 summary, 3 full.
   */
  section(agency: string, section: string, asked: Asked): number {
    const written = this.#written(agency, section, asked);
    if (section !== 'involvements' || written === 0) return written;
    const kinds = this.#catalogue.agencies.get(agency)?.serviceKinds ?? [];
    const held = kinds.map((kind) => this.#heldTo(agency, this.law.services[kind] ?? '', asked));
    const left = held.filter((rank) => rank > 0);
    return left.length === 0 ? 0 : Math.min(written, ...left);
  }

  /** Whether a field of the section is given: its agency supplies it, and the section's level reaches it. */
  field(agency: string, section: string, path: string, asked: Asked): boolean {
    const field = this.#catalogue.sections.get(section)?.fields.get(path);
    if (!field?.suppliers.includes(agency)) return false;
    return this.section(agency, section, asked) >= LEVEL_RANKS[field.level];
  }

  #heldTo(agency: string, section: string, asked: Asked): number {
    const supplied = this.#catalogue.sections.get(section)?.suppliers.includes(agency) ?? false;
    const { characteristic, grants = [] } = this.#policies.get(agency) ?? {};
    const grant = grants.find((one) => one.role === asked.role && one.purpose === asked.purpose);
    // Who agreed to be referred by an agency agreed to its being named.
    if (section === characteristic && consentIn(grant, 'involvements') === 'recorded') return 3;
    return section === 'involvements' || !supplied ? 3 : this.#written(agency, section, asked);
  }

  #written(agency: string, section: string, { role, organisation, purpose, recorded }: Asked): number {
    const policy = this.#policies.get(agency);
    const lawful = this.law.purposes[purpose];
    const grant = policy?.grants.find((one) => one.role === role && one.purpose === purpose);
    if (!policy || !lawful || !grant || !lawful.roles.includes(role) || this.#excluded(agency, lawful))
      return 0;
    if (lawful.betweenParties !== false && !policy.agreement.parties.includes(organisation)) return 0;
    if (!this.#catalogue.sections.get(section)?.suppliers.includes(agency)) return 0;
    if (recorded === false && consentIn(grant, section) === 'recorded') return 0;
    const entry = grant.share[section] ?? 'withheld';
    const level = typeof entry === 'string' ? entry : entry.level;
    if (level === 'own' && organisation !== agency) return 0;
    const openly = grant.discloseSource || (typeof entry !== 'string' && entry.discloseSource);
    if (section !== policy.characteristic && !openly && !this.#maySee(policy, grant, organisation === agency))
      return 0;
    return RANKS[level] ?? 0;
  }

  #maySee(policy: WrittenPolicy, grant: WrittenGrant, ownStaff: boolean): boolean {
    const entry = grant.share[policy.characteristic] ?? 'withheld';
    const level = typeof entry === 'string' ? entry : entry.level;
    return level === 'own' ? ownStaff : (RANKS[level] ?? 0) > 0;
  }

  #excluded(agency: string, { excludes }: WrittenPurpose): boolean {
    if (excludes?.agencies?.includes(agency)) return true;
    return (excludes?.nhsBodies ?? false) && this.#catalogue.agencies.get(agency)?.nhsBody === true;
  }
}

function consentIn(grant: WrittenGrant | undefined, section: string): string | undefined {
  const entry = grant?.share[section];
  return (typeof entry === 'object' ? entry.consent : undefined) ?? grant?.consent;
}
