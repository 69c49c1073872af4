import { type Body, reachStops } from '../sharing/policy/law.ts';
import {
  type AgencyPolicy,
  GOVERNANCE,
  type LegalGateway,
  levelOf,
  type Policies,
} from '../sharing/policy/policies.ts';
import type { Catalogue, CatalogueAgency } from '../sharing/policy/types.ts';
import { type Level, rank } from '../states.ts';
import type { Pattern, PatternGiver, PatternGrant, PatternShare } from './pattern.ts';
import { reviewYaml, termsYaml } from './pattern-yaml.ts';
import { scopeWords } from './scope-words.ts';

/** A place that takes a pattern up. */
export interface AdoptingPlace {
  policy: Policies;
  catalogue: Catalogue;
  /** Which agency stands for a kind of body, where somebody said so. */
  as: ReadonlyMap<Body, string>;
  /** Day of Europe/London. */
  today: string;
}

/** What an agency's file would say in addition. */
export interface Proposal {
  agency: string;
  body: Body;
  grants: readonly ProposedGrant[];
}

export interface ProposedGrant {
  role: string;
  purpose: string;
  gateways: readonly LegalGateway[];
  /** As the sharing file has it. */
  yaml: Readonly<Record<string, unknown>>;
  /** Sections that it gives something of, or opens a way to. */
  sections: readonly string[];
}

/** Something of the pattern that is not proposed here, and so stays withheld. */
export interface NotExtended {
  body: Body;
  role: string;
  purpose: string;
  /** The section, or the gateway of law; null for the grant as a whole. */
  what: string | null;
  why: string;
}

export interface Proposed {
  proposals: readonly Proposal[];
  notExtended: readonly NotExtended[];
  /** What an agency's file says already: it is left as it is. */
  standing: readonly { agency: string; role: string; purpose: string; file: string; line: number }[];
  /** What has to be seen to before it is signed. */
  notes: readonly string[];
}

/**
 * What a pattern comes to in this place. Wherever something is other than it was where the pattern comes from, it is left
 * out and named: nothing is given here that was not given there, on a gateway of law that reaches this place and body.
 */
export function propose(pattern: Pattern, place: AdoptingPlace): Proposed {
  const notExtended: NotExtended[] = [];
  const standing: Proposed['standing'][number][] = [];
  const byAgency = new Map<string, { body: Body; grants: ProposedGrant[] }>();
  // What gives nothing there is nothing to take up.
  const giving = pattern.grants.filter(({ share }) =>
    [...share.values()].some(({ access }) => access !== 'withheld'),
  );
  for (const grant of giving) {
    const { body, role, purpose } = grant;
    const leave = (what: string | null, why: string) => notExtended.push({ body, role, purpose, what, why });
    const agency = agencyFor(body, place);
    if ('why' in agency) {
      leave(null, agency.why);
      continue;
    }
    const policy = place.policy.agencies.get(agency.id);
    const giver = pattern.givers.find((one) => one.body === body);
    if (policy === undefined || giver === undefined) {
      leave(null, `${agency.id} has no sharing file here`);
      continue;
    }
    const same = policy.grants.find((one) => one.role === role && one.purpose === purpose);
    if (same) {
      standing.push({ agency: agency.id, role, purpose, file: policy.file, line: same.line });
      continue;
    }
    const stops = stopsGrant(grant, giver, policy, place);
    if (stops !== null) {
      leave(null, stops);
      continue;
    }
    const proposed = proposedGrant({ pattern, grant, giver, policy, place, leave });
    if (proposed === null) continue;
    const before = byAgency.get(agency.id) ?? { body, grants: [] };
    byAgency.set(agency.id, { body, grants: [...before.grants, proposed] });
  }
  const proposals = [...byAgency].map(([agency, { body, grants }]) => ({ agency, body, grants }));
  return { proposals, notExtended, standing, notes: notesOf(pattern, proposals, place) };
}

/** The agency that is meant, or why nobody is. */
function agencyFor(body: Body, { policy, as }: AdoptingPlace): { id: string } | { why: string } {
  const said = as.get(body);
  if (said !== undefined) return { id: said };
  const all = [...policy.agencies.keys()].filter((agency) => policy.bodies.get(agency) === body);
  const [only, second] = all;
  if (only === undefined) return { why: `no agency here is of the kind ${body}` };
  if (second !== undefined)
    return { why: `${all.join(' and ')} are of the kind ${body}: say which with --as ${body}=${only}` };
  return { id: only };
}

/** Why the grant as a whole cannot be made by this agency, in words; null where it can. */
function stopsGrant(
  { role, purpose, heldBy, betweenParties, objection, body }: PatternGrant,
  { characteristic }: PatternGiver,
  policy: AgencyPolicy,
  { policy: policies, catalogue }: AdoptingPlace,
): string | null {
  const lawful = policies.purposes.get(purpose);
  const known = policies.roles.get(role);
  if (lawful === undefined) return 'there is no such purpose here';
  if (known === undefined) return 'there is no such role here';
  if (!lawful.roles.includes(role)) return `${role} may not assert ${purpose} here`;
  const others = known.organisations.filter(
    (one) => !heldBy.some((kind) => kind === policies.bodies.get(one)),
  );
  if (others.length > 0) return `the role is held here by ${others.join(', ')}, whose kind it was not for`;
  if (objection !== null && lawful.objection !== objection && lawful.objection !== 'stops')
    return `what the person objects to ${objection === 'stops' ? 'is not stopped' : 'is not told'} at ${purpose} here`;
  if (betweenParties && !lawful.betweenParties) return `${purpose} is not between parties here`;
  const nhs = lawful.excludes.nhsBodies && (catalogue.agencies.get(policy.agency)?.nhsBody ?? true);
  if (nhs || lawful.excludes.agencies.includes(policy.agency)) return `${purpose} excludes the ${body} here`;
  if (policy.characteristic !== characteristic)
    return `what gives the agency away is ${policy.characteristic} here, and was ${characteristic} there`;
  return null;
}

interface Taking {
  pattern: Pattern;
  grant: PatternGrant;
  giver: PatternGiver;
  policy: AgencyPolicy;
  place: AdoptingPlace;
  leave(what: string | null, why: string): void;
}

/** The grant as this agency could make it; null, with the reason told, where nothing of it is left. */
function proposedGrant(taking: Taking): ProposedGrant | null {
  const { grant, policy, place, leave } = taking;
  const gateways = grant.gateways.filter((gateway) => carries(taking, gateway));
  if (gateways.length === 0) {
    leave(null, 'no gateway of law of it reaches this body in this place');
    return null;
  }
  const agency = place.catalogue.agencies.get(policy.agency);
  const supplied = [...place.catalogue.sections.values()].filter(({ suppliers }) =>
    suppliers.includes(policy.agency),
  );
  const share = new Map<string, PatternShare>();
  for (const { name, fields } of supplied) {
    const own = [...fields].flatMap(([path, { suppliers }]) =>
      suppliers.includes(policy.agency) ? [path] : [],
    );
    share.set(name, sectionShare(taking, agency, name, own));
  }
  for (const section of grant.share.keys())
    if (!share.has(section)) leave(section, `${policy.agency} does not supply it`);
  const sections = [...share].flatMap(([section, { access }]) => (access === 'withheld' ? [] : [section]));
  if (sections.length === 0) {
    leave(null, 'nothing of it is left here');
    return null;
  }
  const unverified = new Map(
    [...grant.unverified].filter(([section, level]) => atLeast(share.get(section), level)),
  );
  return {
    ...{ role: grant.role, purpose: grant.purpose, gateways, sections },
    yaml: {
      ...{ role: grant.role, purpose: grant.purpose },
      ...termsYaml({ ...grant, gateways, unverified }),
      share: Object.fromEntries([...share].map(([section, one]) => [section, entryYaml(one)])),
    },
  };
}

const atLeast = (share: PatternShare | undefined, level: Level): boolean =>
  share !== undefined && rank(level) <= rank(levelOf(share.access));

/** Whether a gateway reaches this body and place, by what the pattern says of it and by what this place says. */
function carries({ pattern, grant, place, leave }: Taking, { cite, place: kind }: LegalGateway): boolean {
  const { policy, today } = place;
  const lawful = policy.purposes.get(grant.purpose)?.gateways.find((one) => one.cite === cite);
  const own = policy.law.get(cite);
  const theirs = pattern.gateways.find((one) => one.cite === cite);
  if (lawful === undefined || own === undefined || theirs === undefined) {
    leave(cite, `${grant.purpose} does not rest on it here`);
    return false;
  }
  if (lawful.place !== null && kind !== null && lawful.place !== kind) {
    leave(cite, `it carries information at a ${lawful.place} place here, and did at a ${kind} place there`);
    return false;
  }
  const stops =
    reachStops(theirs, grant.body, policy.nation, today) ?? reachStops(own, grant.body, policy.nation, today);
  if (stops !== null) leave(cite, `it ${stops}`);
  return stops === null;
}

const WITHHELD: PatternShare = {
  ...{ access: 'withheld', rows: {}, discloseSource: false, consent: null, breakGlass: null, review: null },
};

/** What becomes of one section that the agency supplies: as in the pattern, or withheld. */
function sectionShare(
  taking: Taking,
  agency: CatalogueAgency | undefined,
  section: string,
  fields: readonly string[],
): PatternShare {
  const { grant, leave } = taking;
  const share = grant.share.get(section);
  const withhold = (why: string): PatternShare => {
    leave(section, why);
    return WITHHELD;
  };
  if (share === undefined) return withhold('the pattern says nothing of it');
  const unreadable = unknownRow(share, agency?.rowConditions.get(section) ?? new Map());
  if (unreadable !== null) return withhold(`its rows cannot be told apart by ${unreadable} here`);
  if (section === 'involvements' && levelOf(share.access) !== null) {
    const other = otherService(taking, agency);
    if (other !== null)
      return withhold(`its services of the kind ${other} were held to something else there`);
  }
  if (share.review !== null && !decidesHere(share.review.decides, taking))
    return withhold(`${share.review.decides}, who decides there, is nobody of this agency here`);
  if (share.breakGlass === null) return share;
  const opens = share.breakGlass.opens.filter((field) => fields.includes(field));
  for (const field of share.breakGlass.opens)
    if (!opens.includes(field)) leave(`${section}.${field}`, 'it is not supplied here');
  return opens.length === 0
    ? withhold('nothing that could be opened is supplied here')
    : { ...share, breakGlass: { ...share.breakGlass, opens } };
}

/** Whether the role that decides is one of the agency's own. */
const decidesHere = (role: string, { policy, place }: Taking): boolean =>
  role === GOVERNANCE.role || (place.policy.roles.get(role)?.organisations.includes(policy.agency) ?? false);

/** The condition on rows that this agency's tables do not know, or know by other values; null where they know all. */
function unknownRow(
  { rows }: PatternShare,
  conditions: NonNullable<ReturnType<CatalogueAgency['rowConditions']['get']>>,
): string | null {
  for (const [name, value] of Object.entries(rows)) {
    const takes = conditions.get(name)?.takes;
    const known =
      takes === 'flag'
        ? value === true
        : takes === 'duration'
          ? typeof value === 'string' && /^P\d+[DWMY]$/.test(value)
          : takes !== undefined && [value].flat().every((one) => takes.values.includes(String(one)));
    if (!known) return name;
  }
  return null;
}

/**
 * A kind of service of the agency that is not held to the section to which it was held there: its involvements would be shown
 * where they were not. Null where all are held as they were.
 */
function otherService(
  { grant, giver, policy, place }: Taking,
  agency: CatalogueAgency | undefined,
): string | null {
  for (const kind of agency?.serviceKinds ?? []) {
    const section = place.policy.services.get(kind);
    if (section === undefined) continue;
    if (giver.services.get(kind) !== section) return kind;
    const supplied = place.catalogue.sections.get(section)?.suppliers.includes(policy.agency) ?? false;
    if (!supplied && grant.share.has(section)) return kind;
  }
  return null;
}

function entryYaml({ access, rows, discloseSource, consent, breakGlass, review }: PatternShare) {
  if (access === 'sealed') return { sealed: 'Not offered here.' };
  const scope = scopeWords(rows);
  const more = {
    ...(scope !== null && { rows, scope }),
    ...(discloseSource && { discloseSource }),
    ...(consent && { consent }),
    ...breakGlass,
    ...reviewYaml(review),
  };
  return Object.keys(more).length === 0 ? access : { level: access, ...more };
}

function notesOf(
  { gateways, reviewAfterMonths }: Pattern,
  proposals: readonly Proposal[],
  { policy }: AdoptingPlace,
): readonly string[] {
  const parties = proposals.flatMap(({ agency, grants }) => {
    const agreement = policy.agencies.get(agency)?.agreement;
    const asking = grants.flatMap(({ role }) => policy.roles.get(role)?.organisations ?? []);
    const missing = [...new Set(asking)].filter((one) => !agreement?.parties.includes(one));
    return missing.length === 0
      ? []
      : [
          `${agreement?.id} of ${agency} is not between ${missing.join(', ')}: they are given nothing until they sign it`,
        ];
  });
  const cited = new Set(
    proposals.flatMap(({ grants }) => grants.flatMap((one) => one.gateways.map(({ cite }) => cite))),
  );
  const unread = gateways.filter(({ cite, checkedOn }) => cited.has(cite) && checkedOn === null);
  return [
    ...parties,
    ...unread.map(({ cite }) => `nobody has said when they last read ${cite} itself`),
    ...(proposals.length > 0
      ? [`where it comes from, the agreements are reviewed after ${reviewAfterMonths} months`]
      : []),
  ];
}
