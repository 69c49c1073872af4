/** As much of an involvement as says whether to call there first. */
export interface Callable {
  service: string | null;
  status: string | null;
  contact: { phone: string | null; staffedNow: boolean | null } | null;
  lead: { phone: string | null } | null;
  source: { agency: { id: string } };
}

/** Purpose → the kinds of service that are asked about what it is for, the first of them first. */
const FOR_PURPOSE: Readonly<Record<string, readonly string[]>> = {
  'mental-health-crisis': ['MENTAL_HEALTH_CRISIS', 'MENTAL_HEALTH_COMMUNITY', 'GENERAL_PRACTICE'],
  'child-protection': ['CHILDRENS_SOCIAL_CARE', 'SCHOOL', 'HEALTH_VISITING', 'SCHOOL_NURSING'],
  'early-help': ['EARLY_HELP', 'CHILDRENS_SOCIAL_CARE', 'SCHOOL'],
  'multiple-disadvantage': ['EARLY_HELP', 'CHILDRENS_SOCIAL_CARE'],
  'domestic-abuse': ['DOMESTIC_ABUSE_SUPPORT', 'POLICE'],
  'direct-care': ['GENERAL_PRACTICE', 'MENTAL_HEALTH_CRISIS', 'MENTAL_HEALTH_COMMUNITY', 'HEALTH_VISITING'],
  'adult-safeguarding': ['ADULT_SOCIAL_CARE'],
  'homelessness-referral': ['HOMELESSNESS', 'HOUSING_TENANCY'],
  'welfare-support': ['EMPLOYMENT_AND_BENEFITS', 'HOUSING_TENANCY'],
};

const STATUSES = ['OPEN', 'KNOWN', 'CLOSED'];

/**
 * In the order in which to call. Whoever is involved now before those who were; another organisation before one's own; who
 * has a number; where nobody is known to be closed at this hour; whoever the purpose is about; then where somebody is known to
 * answer. Otherwise the order stays.
 * Takes the purpose asserted and the organisation of whoever asks.
 */
export function callFirst<Item extends Callable>(
  items: readonly Item[],
  purpose: string,
  organisation: string | null,
): Item[] {
  const kinds = FOR_PURPOSE[purpose] ?? [];
  const rank = ({ service, status, contact, lead, source }: Item): number[] => [
    position(STATUSES, status),
    source.agency.id === organisation ? 1 : 0,
    contact?.phone || lead?.phone ? 0 : 1,
    contact?.staffedNow === false ? 1 : 0,
    position(kinds, service),
    contact?.staffedNow === true ? 0 : 1,
  ];
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .sort((one, other) => differenceOf(one.rank, other.rank))
    .map(({ item }) => item);
}

const position = (order: readonly string[], value: string | null) => {
  const at = value === null ? -1 : order.indexOf(value);
  return at === -1 ? order.length : at;
};

function differenceOf(one: readonly number[], other: readonly number[]): number {
  for (const [at, value] of one.entries()) {
    const difference = value - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
