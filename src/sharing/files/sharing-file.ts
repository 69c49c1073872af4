/** One agency's `sharing.yaml`: its agreement, what it gives the person index, and its grants. */
import { z } from 'zod';
import { type Level, rank } from '../../states.ts';
import { unknownWord } from '../../yaml/finding.ts';
import type { YamlFile, YamlResult } from '../../yaml/read-yaml.ts';
import {
  ACCESS_WORDS,
  type Access,
  type AgencyPolicy,
  CONSENT_WORDS,
  type ConsentWord,
  GOVERNANCE,
  INDEX_FEATURES,
  type LegalGateway,
  levelOf,
  NEVER_BY_CONSENT,
  PERSON_DIMENSIONS,
  type PersonDimension,
  type ShareEntry,
} from '../policy/policies.ts';
import {
  type Catalogue,
  type CatalogueAgency,
  GROUNDS,
  type ReviewOffer,
  type RowConditions,
  type RowConditionValue,
} from '../policy/types.ts';
import { aggregatesSchema } from './aggregates.ts';
import { type PurposesFile, partiesOf } from './purposes-file.ts';
import {
  crossCheck,
  date,
  duration,
  flag,
  hours,
  inForm,
  legalGateway,
  listOf,
  mapOf,
  oneOrMore,
  openMap,
  shapeName,
  text,
  wholeNumber,
  word,
} from './words.ts';

/** Anything wrong in the file is a finding: it is taken whole or not at all. */
export function readSharing(
  file: string,
  yaml: YamlFile,
  agency: CatalogueAgency,
  catalogue: Catalogue,
  law: PurposesFile,
): YamlResult<AgencyPolicy> {
  const all = [...catalogue.sections.values()];
  const words: Vocabulary = {
    ...{ agency, law },
    fieldsOf: (section) =>
      [...(catalogue.sections.get(section)?.fields ?? [])]
        .filter(([, { suppliers }]) => suppliers.includes(agency.id))
        .map(([path]) => path),
    sections: all.map(({ name }) => name),
    supplied: all.filter(({ suppliers }) => suppliers.includes(agency.id)).map(({ name }) => name),
    parties: partiesOf(law.organisations, catalogue),
  };
  const read = yaml.check(sharingSchema(words, yaml));
  if (!read.ok) return read;
  const { agreement, index, aggregates, grants, ...rest } = read.value;
  const { lineOf } = yaml;
  return {
    ok: true,
    value: {
      ...{ ...rest, agency: agency.id, file, line: lineOf(['grants']) },
      agreement: { ...agreement, line: lineOf(['agreement']) },
      index: { share: index.share, gateways: index.gateway.map(({ cite }) => cite), retain: index.retain },
      aggregates: aggregates && { ...aggregates, line: lineOf(['aggregates']) },
      grants: grants.map(({ gateway: cited, share, unverified, ...grant }, at) => ({
        ...grant,
        gateways: cited.map((one) => asLawful(one, law.purposes.get(grant.purpose)?.gateways ?? [])),
        unverified: new Map(Object.entries(unverified)),
        share: new Map(
          Object.entries(share).map(([section, entry]) => [
            section,
            { ...entry, line: lineOf(['grants', at, 'share', section]) },
          ]),
        ),
        line: lineOf(['grants', at]),
        gatewayLine: lineOf(['grants', at, 'gateway']),
      })),
    },
  };
}

/** The words one agency's file may use. */
interface Vocabulary {
  agency: CatalogueAgency;
  law: PurposesFile;
  /** Every section of the schema. */
  sections: readonly string[];
  /** Those this agency supplies, in the order of the schema. */
  supplied: readonly string[];
  /** The fields of a section that this agency supplies, as dotted paths. */
  fieldsOf(section: string): readonly string[];
  parties: readonly string[];
}

function sharingSchema(words: Vocabulary, { lineOf }: YamlFile) {
  const { agency, law, sections, supplied, parties } = words;
  const index = mapOf('index', {
    share: oneOrMore(word('feature of the index', INDEX_FEATURES)),
    gateway: oneOrMore(legalGateway, 'the index needs at least one gateway of law'),
    retain: duration('retain'),
  });
  const whole = mapOf(
    'sharing.yaml',
    {
      controller: text('controller'),
      characteristic: word('section', sections).refine(
        (section) => supplied.includes(section) || !sections.includes(section),
        { error: ({ input }) => unknownWord('section of this agency', String(input), supplied) },
      ),
      agreement: agreementSchema(parties),
      index: crossCheck(index, ['gateway'], (value, report) =>
        checkCited(value.gateway, 'gateway of the index', law.indexGateways, report),
      ),
      register: mapOf('register', { retain: duration('retain') })
        .nullable()
        .default(null)
        .transform((register) => register ?? { retain: null }),
      aggregates: aggregatesSchema(agency, sections, law),
      grants: listOf('grants', grantSchema(words)).superRefine((grants, ctx) => {
        // Two grants for one role at one purpose would disagree sooner or later: each pair stands once.
        for (const [at, { role, purpose }] of grants.entries()) {
          const first = grants.findIndex((other) => other.role === role && other.purpose === purpose);
          const line = lineOf(['grants', first]);
          const message = `a second grant to ${role} at ${purpose}: the first is at line ${line}. Make them one`;
          if (first < at) ctx.addIssue({ code: 'custom', path: [at], message });
        }
      }),
    },
    'the file',
  );
  return crossCheck(whole, ['index', 'aggregates'], ({ index: { share }, aggregates }, report) => {
    for (const [at, name] of (aggregates?.share ?? []).entries()) {
      const feature = isPersonDimension(name) ? PERSON_DIMENSIONS[name] : null;
      if (feature !== null && !share.includes(feature))
        report(
          ['aggregates', 'share', at],
          `${name} is counted from ${feature}, which this file does not give the person index`,
        );
    }
  });
}

const isPersonDimension = (name: string): name is PersonDimension => Object.hasOwn(PERSON_DIMENSIONS, name);

function agreementSchema(parties: readonly string[]) {
  const agreement = mapOf('agreement', {
    id: text('the id of the agreement'),
    version: wholeNumber('version'),
    parties: oneOrMore(word('party', parties), 'the agreement names no party'),
    from: date('from'),
    review: date('review'),
    end: date('end').nullable().default(null),
  });
  const reviewed = crossCheck(agreement, ['from', 'review'], ({ from, review }, report) => {
    if (review < from)
      report(['review'], `the review (${review}) comes before the agreement begins (${from})`);
  });
  return crossCheck(reviewed, ['from', 'end'], ({ from, end }, report) => {
    if (end && end < from) report(['end'], `the agreement ends (${end}) before it begins (${from})`);
  });
}

function grantSchema(words: Vocabulary) {
  const { agency, law, supplied } = words;
  const schema = mapOf('a grant', {
    role: word('role', [...law.roles.keys()]),
    purpose: word('purpose', [...law.purposes.keys()]),
    gateway: oneOrMore(legalGateway, 'a grant needs at least one gateway of law'),
    conditions: conditionsSchema(),
    claim: choice('claim', 'allowed', 'refused'),
    unverified: unverifiedSchema(supplied).default({}),
    discloseSource: flag('discloseSource').default(false),
    consent: consentWord().default(null),
    share: shareSchemaOf(words),
  });
  const excluding = crossCheck(schema, ['purpose'], ({ purpose }, report) => {
    const excludes = law.purposes.get(purpose)?.excludes;
    const nhs = excludes?.nhsBodies && agency.nhsBody;
    if (nhs || excludes?.agencies.includes(agency.id)) {
      const whom = nhs ? 'NHS bodies' : agency.id;
      report(['purpose'], `${purpose} excludes ${whom}: ${agency.name} cannot grant it`);
    }
  });
  const asserted = crossCheck(excluding, ['role', 'purpose'], ({ role, purpose }, report) => {
    const roles = law.purposes.get(purpose)?.roles ?? [];
    const may = roles.length > 0 ? roles.join(', ') : 'nobody yet';
    if (!roles.includes(role)) report(['purpose'], `${role} may not assert ${purpose}. Who may: ${may}`);
  });
  const lawful = crossCheck(asserted, ['purpose', 'gateway'], (grant, report) => {
    const known = law.purposes.get(grant.purpose)?.gateways ?? [];
    checkCited(grant.gateway, `gateway for ${grant.purpose}`, known, report);
  });
  const held = [...law.roles].filter(([, { organisations }]) => organisations.includes(agency.id));
  const deciders = [...new Set([GOVERNANCE.role, ...held.map(([role]) => role)])];
  const decided = crossCheck(lawful, ['share'], ({ share }, report) => {
    for (const [section, { review }] of Object.entries(share))
      if (review && !deciders.includes(review.decides)) {
        const message = unknownWord(`role held at ${agency.name}`, review.decides, deciders);
        report(['share', section, 'decides'], message);
      }
  });
  return crossCheck(decided, ['unverified', 'share'], ({ unverified, share }, report) => {
    for (const [section, level] of Object.entries(unverified)) {
      const access = share[section]?.access;
      if (rank(level) > rank(access === undefined ? null : levelOf(access))) {
        const message = `${section} cannot be ${level.toLowerCase()} while unverified: it is ${access ?? 'not'} in share`;
        report(['unverified', section], message);
      }
    }
  });
}

const consentWord = () =>
  word('consent', [...CONSENT_WORDS, 'not required']).transform(
    (written): ConsentWord | null => CONSENT_WORDS.find((one) => one === written) ?? null,
  );

const choice = (what: string, yes: string, no: string) =>
  word(what, [yes, no])
    .transform((written) => written === yes)
    .default(false);

/** Part 2 rests on Article 6 (and 9), law enforcement under Part 3 on Schedule 8 of the Data Protection Act 2018. */
function conditionsSchema() {
  const schema = mapOf('conditions', {
    article6: text('article6').optional(),
    article9: text('article9').optional(),
    schedule8: text('schedule8').optional(),
    regime: word('regime', ['PART2', 'PART3']),
  });
  return crossCheck(schema, ['article6', 'schedule8'], ({ article6, schedule8 }, report) => {
    if (!article6 && !schedule8) report(['article6'], 'conditions lacks "article6"');
  }).transform(({ article6, article9, schedule8, regime }): readonly string[] => [
    ...(article6 ? [`Article 6: ${article6}`] : []),
    ...(article9 ? [`Article 9: ${article9}`] : []),
    ...(schedule8 ? [`Schedule 8: ${schedule8}`] : []),
    regime,
  ]);
}

/** What a grant lists for the time the issuing system cannot be asked. */
function unverifiedSchema(supplied: readonly string[]): z.ZodType<Readonly<Record<string, Level>>> {
  const level = word('level', ['full', 'summary', 'exists']).transform(
    (written) => written.toUpperCase() as Level,
  );
  const levels = Object.fromEntries(supplied.map((section) => [section, level]));
  return openMap('unverified', levels, (name, known) => unknownWord('section', name, known));
}

/** Depends on the agency's tables alone, so it is made once, however often its file changes. */
const SHARES = new WeakMap<CatalogueAgency, ReturnType<typeof shareSchema>>();
function shareSchemaOf(words: Vocabulary) {
  const schema = SHARES.get(words.agency) ?? shareSchema(words);
  SHARES.set(words.agency, schema);
  return schema;
}

/** Every section the agency supplies is classified in every grant, so that a new section is never shared, or kept, unseen. */
function shareSchema(words: Vocabulary) {
  const { agency, sections, supplied } = words;
  const entries = supplied.map(
    (section) => [section, entrySchema(section, agency, words.fieldsOf(section))] as const,
  );
  return openMap(
    'share',
    Object.fromEntries(entries),
    (name) =>
      sections.includes(name)
        ? `${agency.name} does not supply ${name}. It supplies: ${supplied.join(', ')}`
        : unknownWord('section', name, supplied),
    (written) => {
      const missing = supplied.filter((section) => !written.has(section)).join(', ');
      const message = `this grant does not say what becomes of ${missing}: give a level, or withheld`;
      return missing === '' ? [] : [{ message }];
    },
  );
}

type WrittenEntry = Omit<ShareEntry, 'line'>;
const BARE: Omit<WrittenEntry, 'access'> = {
  ...{ rows: {}, scope: null, message: null, desk: null },
  ...{ discloseSource: false, consent: null, breakGlass: null, review: null },
};
/** Who decides where the file says `review` and no more, and by when. */
const REVIEW: ReviewOffer = { decides: GOVERNANCE.role, answerWithinHours: 4 };

/** What a grant says of one section: a level alone, `{ level, … }` or `{ sealed: message, … }`. */
function entrySchema(
  section: string,
  agency: CatalogueAgency,
  fields: readonly string[],
): z.ZodType<WrittenEntry> {
  const level = word('level', ACCESS_WORDS).refine(
    (access) => access !== 'sealed',
    'sealed needs a message: { sealed: <message>, call: <desk> }',
  );
  const call = word(`desk of ${agency.name}`, agency.desks).nullable().default(null);
  const alone = level
    .refine(
      (access) => access !== 'break-glass',
      'break-glass needs what it opens and when: { level: break-glass, opens: [<field>], grounds: [<ground>] }',
    )
    .transform((access): WrittenEntry => ({ ...BARE, access, review: access === 'review' ? REVIEW : null }));
  const withLevel = levelSchema(section, agency, fields, level, call);
  const sealed = mapOf('a sealed section', {
    sealed: text('the message of a sealed section'),
    call,
  }).transform(
    ({ sealed: message, call: desk }): WrittenEntry => ({ ...BARE, access: 'sealed', message, desk }),
  );
  return inForm<WrittenEntry>((input) => {
    if (typeof input === 'string') return alone;
    return shapeName(input) === 'a map' && 'sealed' in (input as object) ? sealed : withLevel;
  });
}

function levelSchema(
  section: string,
  agency: CatalogueAgency,
  fields: readonly string[],
  level: z.ZodType<Access>,
  call: z.ZodType<string | null>,
): z.ZodType<WrittenEntry> {
  const what = `the share of ${section}`;
  const schema = mapOf(what, {
    level: level.optional(),
    rows: rowsSchema(section, agency).optional(),
    scope: text('scope').nullable().default(null),
    discloseSource: flag('discloseSource').default(false),
    consent: consentWord()
      .refine(
        (consent) => consent === null || section !== NEVER_BY_CONSENT,
        `${what} cannot hang on consent: the safety of a visit never does`,
      )
      .default(null),
    call,
    opens: oneOrMore(word(`field of ${section}`, fields), `${what} opens no field: name one`).optional(),
    grounds: oneOrMore(word('ground', GROUNDS), `${what} can be opened on no ground: name one`).optional(),
    decides: text('decides').optional(),
    answerBy: hours('answerBy').optional(),
    sealed: z.never().optional(),
  });
  const released = crossCheck(schema, ['level'], (entry, report) => {
    if (!entry.level) report(['level'], `${what} lacks "level" (or "sealed")`);
    else if (entry.rows && levelOf(entry.level) === null)
      report(['rows'], `${section} is ${entry.level}: there are no rows to narrow`);
  });
  const opening = crossCheck(released, ['level', 'opens', 'grounds'], (entry, report) => {
    for (const key of ['opens', 'grounds'] as const) {
      if (entry.level === 'break-glass' && !entry[key])
        report(['level'], `${what} is break-glass, and lacks "${key}"`);
      if (entry.level !== 'break-glass' && entry[key])
        report([key], `${section} is ${entry.level}: "${key}" goes with break-glass alone`);
    }
  });
  const reviewed = crossCheck(opening, ['level', 'decides', 'answerBy'], (entry, report) => {
    for (const key of ['decides', 'answerBy'] as const)
      if (entry.level !== 'review' && entry[key] !== undefined)
        report([key], `${section} is ${entry.level}: "${key}" goes with review alone`);
  });
  return crossCheck(reviewed, ['scope'], ({ rows, scope }, report) => {
    if (rows && scope === null)
      report(['rows'], `${section} is narrowed by rows: say in "scope" what people are shown`);
  }).transform((entry) => {
    const { level: access = 'withheld', rows = {}, scope, discloseSource, consent, call: desk } = entry;
    const { opens, grounds, decides = REVIEW.decides, answerBy = REVIEW.answerWithinHours } = entry;
    const breakGlass = opens && grounds ? { opens, grounds } : null;
    const review = access === 'review' ? { decides, answerWithinHours: answerBy } : null;
    return { ...BARE, access, rows, scope, discloseSource, consent, desk, breakGlass, review };
  });
}

/** `rows:` of one section, in the words that the agency's tables know. */
function rowsSchema(section: string, agency: CatalogueAgency): z.ZodType<RowConditions> {
  const conditions = agency.rowConditions.get(section) ?? new Map<string, never>();
  const values = [...conditions].map(
    ([name, { takes }]) => [name, rowValue(`${section} ${name}`, takes)] as const,
  );
  const message = `the rows of ${section} name no condition, so all are shown: name one, or leave rows out`;
  return openMap(
    `the rows of ${section}`,
    Object.fromEntries(values),
    (name, known) => unknownWord(`row condition of ${section}`, name, known),
    (names) => (names.size === 0 ? [{ message }] : []),
  );
}

function rowValue(
  what: string,
  takes: 'duration' | 'flag' | { values: readonly string[] },
): z.ZodType<RowConditionValue> {
  if (takes === 'duration') return duration(what);
  if (takes === 'flag')
    return flag(what).refine((isSet) => isSet, `${what} takes true alone: leave it out instead`);
  return oneOrMore(word(`value of ${what}`, takes.values), `${what} names no value: say withheld instead`);
}

/** Each gateway cited must be one that the law allows here, at a place where the law lets it carry information. */
function checkCited(
  cited: readonly LegalGateway[],
  what: string,
  known: readonly LegalGateway[],
  report: (path: readonly PropertyKey[], message: string) => void,
): void {
  for (const [at, { cite, place }] of cited.entries()) {
    const lawful = known.find((one) => one.cite === cite);
    if (!lawful) {
      const citations = known.map((one) => one.cite);
      report(['gateway', at], unknownWord(what, cite, citations));
    } else if (lawful.place !== null && place !== null && place !== lawful.place)
      report(['gateway', at], `${cite} carries information at a ${lawful.place} place only, not ${place}`);
  }
}

/** A place the law fixes need not be written again. */
const asLawful = ({ cite, place }: LegalGateway, known: readonly LegalGateway[]): LegalGateway => ({
  cite,
  place: known.find((lawful) => lawful.cite === cite)?.place ?? place,
});
