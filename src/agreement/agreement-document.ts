import { decide } from '../sharing/decide.ts';
import { anotherParty, fieldsOf } from '../sharing/matrix.ts';
import { BODIES } from '../sharing/policy/law.ts';
import {
  type Access,
  type AgencyPolicy,
  type Grant,
  levelOf,
  type Policies,
  type ShareEntry,
} from '../sharing/policy/policies.ts';
import type { Catalogue, Place } from '../sharing/policy/types.ts';
import { asksConsent } from '../sharing/rules/consent.ts';
import { agreementStops } from '../sharing/rules/grant.ts';
import { type Level, REASON_WORDS, rank, type WithheldReason } from '../states.ts';
import type { Block, Document } from './document.ts';

export interface AgreementSource {
  policy: Policies;
  catalogue: Catalogue;
  /** Agreements that are withdrawn as they stand; null where nobody can say. */
  withdrawn: ReadonlySet<string> | null;
  /** Day of Europe/London. */
  today: string;
}

/** An information-sharing agreement, from the files that the gateway goes by: who, why, what, on which law, and what is kept back. */
export function agreementDocument(source: AgreementSource, id: string): Document {
  const givers = [...source.policy.agencies.values()].filter(({ agreement }) => agreement.id === id);
  const grants = givers.flatMap((giver) => giver.grants.map((grant) => ({ giver, grant })));
  const version = Math.max(...givers.map(({ agreement }) => agreement.version));
  return {
    title: `Information-sharing agreement ${id}, version ${version}`,
    blocks: [
      text(
        `Made on ${source.today} from ${givers.map(({ file }) => file).join(' and ')}, the files by which the gateway decides: what is written here is what is done. Nothing else is shared under this agreement.`,
      ),
      ...standing(source, givers),
      ...parties(source, givers),
      ...purposes(
        source,
        grants.map(({ grant }) => grant),
      ),
      ...law(
        source,
        grants.map(({ grant }) => grant),
      ),
      heading(2, 'What is shared'),
      text(
        'Each part says what one role is given at one purpose, once the case or incident they name ties them to the person. Everybody in the same place is told the same of what is kept back, whether or not anything is held.',
      ),
      ...grants.flatMap(({ giver, grant }) => shared(source, giver, grant)),
      ...counting(givers),
      ...givers.flatMap(index),
      ...RIGHTS,
      ...signatures(source, givers),
    ],
  };
}

const heading = (level: 2 | 3, said: string): Block => ({ kind: 'heading', level, text: said });
const text = (said: string): Block => ({ kind: 'text', text: said });
const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  ...{ kind: 'table', caption, head, rows },
});

const nameOf = ({ catalogue }: AgreementSource, agency: string): string =>
  catalogue.agencies.get(agency)?.name ?? agency;

function standing({ withdrawn, today }: AgreementSource, givers: readonly AgencyPolicy[]): readonly Block[] {
  const rows = givers.map((giver) => {
    const { from, review, end } = giver.agreement;
    const stops = agreementStops(giver, { party: null, day: today, withdrawn: withdrawn ?? new Set() });
    const late = review < today ? ', which is overdue' : '';
    const now =
      stops === 'AGREEMENT_WITHDRAWN'
        ? 'withdrawn: nothing is shared under it'
        : stops === null
          ? `in force${withdrawn === null ? ', unless it was withdrawn: the store cannot be read' : ''}`
          : today < from
            ? 'not yet begun'
            : 'ended';
    return [giver.controller, now, from, `${review}${late}`, end ?? 'none'];
  });
  return [
    heading(2, 'Whether it is in force'),
    table('Standing', ['Controller', 'Today', 'From', 'To be reviewed by', 'End'], rows),
  ];
}

function parties(source: AgreementSource, givers: readonly AgencyPolicy[]): readonly Block[] {
  const all = [...new Set(givers.flatMap(({ agreement }) => agreement.parties))];
  const rows = all.map((party) => {
    const body = source.policy.bodies.get(party);
    const asks = givers.some(({ grants }) =>
      grants.some(
        ({ role, purpose }) =>
          source.policy.purposes.get(purpose)?.betweenParties &&
          source.policy.roles.get(role)?.organisations.includes(party),
      ),
    );
    const gives = givers.find(({ agency }) => agency === party);
    const does = [
      gives && 'gives, and decides as controller',
      asks && (gives ? 'its own staff ask too' : 'its staff ask'),
    ];
    return [nameOf(source, party), body ? BODIES[body] : '', does.filter(Boolean).join('; ') || 'a party'];
  });
  return [heading(2, 'Parties'), table('Parties', ['Organisation', 'Kind of body', 'What it does'], rows)];
}

function purposes({ policy }: AgreementSource, grants: readonly Grant[]): readonly Block[] {
  const rows = [...new Set(grants.map(({ purpose }) => purpose))].map((id) => {
    const roles = [...new Set(grants.filter(({ purpose }) => purpose === id).map(({ role }) => role))];
    const purpose = policy.purposes.get(id);
    const excluded = [
      ...(purpose?.excludes.nhsBodies ? ['NHS bodies'] : []),
      ...(purpose?.excludes.agencies ?? []),
    ];
    return [
      purpose?.title ?? id,
      roles.map((role) => policy.roles.get(role)?.title ?? role).join('; '),
      excluded.length === 0 ? '' : `nothing from ${excluded.join(', ')}`,
    ];
  });
  return [heading(2, 'Purposes'), table('Purposes', ['Purpose', 'Who asks', 'What the law keeps out'], rows)];
}

function law({ policy }: AgreementSource, grants: readonly Grant[]): readonly Block[] {
  const cited = new Map(grants.flatMap(({ gateways }) => gateways.map((one) => [one.cite, one] as const)));
  const rows = [...cited.values()].map(({ cite, place }) => {
    const reach = policy.law.get(cite);
    const bodies =
      reach?.bodies === 'any' ? 'any body' : reach?.bodies.map((body) => BODIES[body]).join(', ');
    return [
      cite,
      place === null ? 'anywhere' : PLACE_WORDS[place],
      reach?.extent.join(', ') ?? '',
      bodies ?? '',
      reach?.from ?? '',
      reach?.checkedOn ?? 'nobody has said',
    ];
  });
  const head = [
    'Gateway of law',
    'At which place',
    'Extends to',
    'Who may give on it',
    'In force from',
    'Law last read',
  ];
  return [heading(2, 'Gateways of law'), table('Gateways of law', head, rows)];
}

const PLACE_WORDS: Readonly<Record<Place, string>> = { PUBLIC: 'a public place', DWELLING: 'a dwelling' };

function shared(source: AgreementSource, giver: AgencyPolicy, grant: Grant): readonly Block[] {
  const { policy } = source;
  const role = policy.roles.get(grant.role)?.title ?? grant.role;
  const purpose = policy.purposes.get(grant.purpose);
  const reasons = reasonsOf(source, giver, grant);
  const rows = [...grant.share].map(([section, entry]) => [
    spaced(section),
    entryWords(policy, entry),
    fieldWords(source, giver, section, entry),
    entry.scope ?? '',
    reasons.get(section) ?? '',
  ]);
  const unverified = [...grant.unverified].map(
    ([section, level]) => `${spaced(section)} (${level.toLowerCase()})`,
  );
  const needsConsent = asksConsent(grant) || purpose?.needsConsent;
  return [
    heading(3, `${giver.controller} to ${role}: ${purpose?.title ?? grant.purpose}`),
    {
      kind: 'list',
      items: [
        `Rests on ${grant.gateways.map(({ cite, place }) => (place === null ? cite : `${cite}, in ${PLACE_WORDS[place]}`)).join('; ')}.`,
        `Conditions of data protection law: ${grant.conditions.map((one) => REGIME_WORDS[one] ?? one).join('; ')}.`,
        grant.claim
          ? 'Where the record of the case does not tie the person yet, the caller’s own word is enough, and is looked at afterwards.'
          : 'The record of the case or incident has to tie the person.',
        ...(needsConsent ? ['Only with the consent of the person, recorded on the case.'] : []),
        ...(unverified.length > 0
          ? [`While the system of the case cannot be asked: ${unverified.join(', ')}.`]
          : []),
      ],
    },
    table(
      `What ${role} is given`,
      ['Section', 'How much', 'Fields', 'Of which records', 'Why it is kept back'],
      rows,
    ),
  ];
}

/** Left out where no controller lets anything be counted: the agreement then says all that is shared. */
function counting(givers: readonly AgencyPolicy[]): readonly Block[] {
  const rows = givers.flatMap(({ controller, aggregates }) =>
    aggregates
      ? [[controller, aggregates.share.join(', '), aggregates.gateways.join('; '), aggregates.basis.words]]
      : [],
  );
  if (rows.length === 0) return [];
  return [
    heading(2, 'What may be counted'),
    text(
      'Analysts are told how many people there are, and never who: counts below ten are kept back, others carry noise, and nobody under protection is in one.',
    ),
    table('What may be counted', ['Controller', 'Fields', 'Rests on', 'Basis'], rows),
  ];
}

const REGIME_WORDS: Readonly<Record<string, string>> = {
  PART2: 'general processing (Part 2 of the Data Protection Act 2018)',
  PART3: 'law enforcement (Part 3 of the Data Protection Act 2018)',
};

const ACCESS_SAID: Readonly<Record<Access, string>> = {
  full: 'in full',
  summary: 'in summary',
  exists: 'that it exists, and whom to call',
  own: 'in full, to the controller’s own staff alone',
  review: 'a person decides each time',
  'break-glass': 'in an emergency, for 30 minutes',
  withheld: 'nothing',
  sealed: 'not offered',
};

function entryWords({ roles }: Policies, { access, breakGlass, review }: ShareEntry): string {
  if (breakGlass) {
    const grounds = breakGlass.grounds.map((ground) => ground.toLowerCase().replaceAll('_', ' '));
    return `${ACCESS_SAID[access]}: ${grounds.join(', ')}`;
  }
  if (review)
    return `${ACCESS_SAID[access]}: ${roles.get(review.decides)?.title ?? review.decides}, within ${review.answerWithinHours} hours`;
  return ACCESS_SAID[access];
}

/** The fields that are given, or can be opened, in words; those within a list or an object in place of it. */
function fieldWords(
  { catalogue }: AgreementSource,
  { agency }: AgencyPolicy,
  section: string,
  { access, breakGlass }: ShareEntry,
): string {
  const level: Level | null = levelOf(access);
  const fields = catalogue.sections.get(section)?.fields;
  const supplied = fieldsOf(catalogue, agency, section).filter((path) => !path.startsWith('_'));
  const given = supplied.filter((path) =>
    breakGlass
      ? breakGlass.opens.some((one) => path === one || path.startsWith(`${one}.`))
      : level !== null && rank(fields?.get(path)?.level ?? 'FULL') <= rank(level),
  );
  const whole = given.filter((path) => !given.some((other) => other.startsWith(`${path}.`)));
  return [...new Set(whole.map((path) => spaced(path.replace(/^items\./, ''))))].join(', ');
}

/** `crisisPlan` → "crisis plan", `team.phone` → "team phone". */
const spaced = (name: string): string =>
  name.replaceAll('.', ' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Why a section is kept from those of other parties, as they are told. */
function reasonsOf(
  { policy, catalogue }: AgreementSource,
  { agency, agreement }: AgencyPolicy,
  { role, purpose, gateways, share }: Grant,
): ReadonlyMap<string, string> {
  const organisation =
    policy.roles.get(role)?.organisations.find((one) => one !== agency && agreement.parties.includes(one)) ??
    anotherParty(policy, agency);
  const decisions = decide({
    ...{ policy, catalogue, purpose, relationship: 'VERIFIED', withdrawn: new Set<string>() },
    caller: { role, organisation, site: null },
    standing: { place: gateways[0]?.place ?? null, consent: true },
    wishes: { consented: true, objected: [] },
    // As on its first day: whether it is over by now stands above.
    now: new Date(`${agreement.from}T12:00:00Z`),
  });
  const told = [...share].flatMap(([section, { access }]): [string, string][] => {
    const { reason } = decisions.section(agency, section);
    return reason === null ? [] : [[section, reasonWords(reason, access)]];
  });
  return new Map(told);
}

function reasonWords(reason: WithheldReason, access: Access): string {
  if (reason !== 'NOT_LISTED') return REASON_WORDS[reason];
  return access === 'withheld'
    ? 'The controller keeps it from this role at this purpose.'
    : 'It would show what kind of service holds it, which this role may not know.';
}

const index = ({ controller, index: { share, gateways, retain } }: AgencyPolicy): readonly Block[] => [
  heading(2, 'What tells who is who'),
  text(
    `So that a person’s records are found, ${controller} lets the gateway hold ${share.map(spaced).join(', ')}, and nothing of what the records say. It rests on ${gateways.join('; ')}. What is no longer fed is kept for ${retain.replace(/^P(\d+)D$/, '$1 days')}.`,
  ),
];

const RIGHTS: readonly Block[] = [
  heading(2, 'What is written down, and the rights of people'),
  text(
    'Before anything is disclosed it is written into a register that shows if it is changed: who asked, in which role, for which purpose and case, of whom, which sections, what was decided, and by which line of these files; never what the records say. Each agency can ask the register for its own disclosures and its own people.',
  ),
  text(
    'A person can ask what is held, ask for it to be put right, object, and withdraw a consent. Each controller answers for its own records.',
  ),
];

const signatures = (source: AgreementSource, givers: readonly AgencyPolicy[]): readonly Block[] => [
  heading(2, 'Signed'),
  table(
    'Signatures',
    ['Organisation', 'Name and office', 'Signature', 'Date'],
    [...new Set(givers.flatMap(({ agreement }) => agreement.parties))].map((party) => [
      nameOf(source, party),
      ...['', '', ''],
    ]),
  ),
  text(
    `The text that is signed has the SHA-256 ${givers.map(({ file }) => source.policy.hashes.get(file) ?? '').join(', ')}.`,
  ),
];
