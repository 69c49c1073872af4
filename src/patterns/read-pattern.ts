/** A pattern file, read strictly: it comes from another place, and nothing of it is taken that is not understood. */
import { z } from 'zod';
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
  word,
} from '../sharing/files/words.ts';
import { BODY_WORDS, type LegalReach, NATIONS } from '../sharing/policy/law.ts';
import {
  ACCESS_WORDS,
  CONSENT_WORDS,
  levelOf,
  NEVER_BY_CONSENT,
  OBJECTION_EFFECTS,
} from '../sharing/policy/policies.ts';
import { GROUNDS, type RowConditionValue } from '../sharing/policy/types.ts';
import { LEVELS, rank, WITHHELD_REASONS } from '../states.ts';
import { type Finding, findingText } from '../yaml/finding.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { citationIn, type Pattern, type PatternGrant, type PatternShare, WAYS, type Way } from './pattern.ts';
import { PATTERN_FORMAT } from './pattern-yaml.ts';

/** A file that is no pattern; `message` names each mistake by file and line. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
  readonly code = 'PATTERN_REFUSED';

  constructor(findings: readonly Finding[]) {
    super(`The pattern is refused:\n${findings.map(findingText).join('\n')}`);
  }
}

/** @throws PatternError */
export function readPattern(file: string, written: string): Pattern {
  const read = readYaml(written, file, { values: 'text' }).check(patternSchema);
  if (!read.ok) throw new PatternError(read.findings);
  const { pattern, parties, reviewAfter, gateways, givers, grants, reasons, barriers } = read.value;
  return {
    ...{ name: pattern, parties, reasons, barriers },
    reviewAfterMonths: Number(reviewAfter.slice(1, -1)),
    gateways: Object.entries(gateways).map(([cite, reach]): LegalReach => ({ ...reach, cite })),
    givers: Object.entries(givers).map(([body, { characteristic, services }]) => ({
      ...{ body: body as PatternGrant['body'], characteristic },
      services: new Map(Object.entries(services)),
    })),
    grants: grants.map(({ gateway, unverified, share, ...grant }) => ({
      ...grant,
      gateways: gateway,
      unverified: new Map(Object.entries(unverified)),
      share: new Map(Object.entries(share)),
    })),
  };
}

/** A name of the product's own vocabulary, known here or not: letters, digits and what joins them. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_.-]{0,59}$/;
const plain = (what: string) =>
  text(what).refine((one) => one === '' || PLAIN.test(one), {
    error: ({ input }) => `${what} "${shortened(input)}" is not a plain word`,
  });
const CITE = /^[A-Za-z0-9 .,()&’'-]{1,80}$/;
const shortened = (input: unknown) =>
  String(input)
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .slice(0, 40);

/** A map that names its own keys. */
const entries = <Value>(
  what: string,
  key: { is: (name: string) => boolean; should: string },
  schema: z.ZodType<Value>,
): z.ZodType<Readonly<Record<string, Value>>> =>
  inForm((input) => {
    const names = shapeName(input) === 'a map' ? Object.keys(input as object).filter(key.is) : [];
    return openMap(
      what,
      Object.fromEntries(names.map((name) => [name, schema])),
      (name) => `${what}: "${shortened(name)}" is not ${key.should}`,
    );
  });
const PLAIN_KEY = { is: (name: string) => PLAIN.test(name), should: 'a plain word' };
const CITE_KEY = { is: (name: string) => CITE.test(name), should: 'a citation' };
const BODY_KEY = {
  is: (name: string) => BODY_WORDS.some((body) => body === name),
  should: `a kind of body. Known: ${BODY_WORDS.join(', ')}`,
};

const body = word('kind of body', BODY_WORDS);
const citation = (what: string) =>
  text(what)
    .refine(
      (one) => one === '' || citationIn(one),
      `${what} must say which paragraph of the law, and no more`,
    )
    .nullable()
    .default(null);

const reach = mapOf('a gateway', {
  extent: oneOrMore(word('nation', NATIONS), 'a gateway extends to no nation: name one'),
  bodies: inForm<LegalReach['bodies']>((input) =>
    input === 'any' ? z.literal('any') : oneOrMore(body, 'a gateway is open to no body: name one, or any'),
  ),
  from: date('from').nullable().default(null),
  checkedOn: date('checkedOn').nullable().default(null),
});

const row = inForm<RowConditionValue>((input) =>
  Array.isArray(input)
    ? oneOrMore(plain('a value of rows'), 'rows name no value: say withheld instead')
    : plain('a value of rows').transform((one) => (one === 'true' ? true : one)),
);
const consentWord = word('consent', CONSENT_WORDS).nullable().default(null);
const BARE: Omit<PatternShare, 'access'> = {
  ...{ rows: {}, discloseSource: false, consent: null, breakGlass: null, review: null },
};
const access = word('level', ACCESS_WORDS);
const shareInFull = crossCheck(
  mapOf('a share', {
    level: access,
    rows: entries('rows', PLAIN_KEY, row).default({}),
    discloseSource: flag('discloseSource').default(false),
    consent: consentWord,
    opens: oneOrMore(plain('a field'), 'a share opens no field: name one').optional(),
    grounds: oneOrMore(word('ground', GROUNDS), 'a share opens on no ground: name one').optional(),
    decides: plain('decides').optional(),
    answerBy: hours('answerBy').optional(),
  }),
  ['level', 'rows', 'opens', 'grounds', 'decides', 'answerBy'],
  ({ level, rows, opens, grounds, decides, answerBy }, report) => {
    if (Object.keys(rows).length > 0 && levelOf(level) === null)
      report(['rows'], `a share is ${level}: there are no rows to narrow`);
    if ((level === 'break-glass') !== Boolean(opens && grounds))
      report(['level'], '"opens" and "grounds" go with break-glass, and with nothing else');
    if ((level === 'review') !== (decides !== undefined && answerBy !== undefined))
      report(['level'], '"decides" and "answerBy" go with review, and with nothing else');
  },
).transform(
  ({ level, rows, discloseSource, consent, opens, grounds, decides, answerBy }): PatternShare => ({
    ...{ access: level, rows, discloseSource, consent },
    breakGlass: opens && grounds ? { opens, grounds } : null,
    review: decides && answerBy ? { decides, answerWithinHours: answerBy } : null,
  }),
);
const share = inForm<PatternShare>((input) =>
  typeof input === 'string'
    ? access
        .refine((one) => one !== 'break-glass', 'break-glass needs what it opens, and on which ground')
        .refine((one) => one !== 'review', 'review needs who decides, and by when')
        .transform((one) => ({ ...BARE, access: one }))
    : shareInFull,
);

const yes = (what: string, said: string) =>
  word(what, [said])
    .transform(() => true)
    .default(false);

const grant = crossCheck(
  mapOf('a grant', {
    body,
    role: plain('role'),
    heldBy: oneOrMore(body).default([]),
    purpose: plain('purpose'),
    betweenParties: flag('betweenParties').default(true),
    gateway: oneOrMore(legalGateway, 'a grant needs at least one gateway of law'),
    conditions: mapOf('conditions', {
      article6: citation('article6'),
      article9: citation('article9'),
      schedule8: citation('schedule8'),
      regime: word('regime', ['PART2', 'PART3']),
    }),
    claim: yes('claim', 'allowed'),
    consent: consentWord,
    objection: word('objection', OBJECTION_EFFECTS).nullable().default(null),
    discloseSource: flag('discloseSource').default(false),
    unverified: entries(
      'unverified',
      PLAIN_KEY,
      word(
        'level',
        LEVELS.map((level) => level.toLowerCase()),
      ).transform((level) => LEVELS.find((one) => one.toLowerCase() === level) ?? 'EXISTS'),
    ).default({}),
    share: entries('share', PLAIN_KEY, share),
  }),
  ['unverified', 'share', 'conditions'],
  ({ unverified, share: shares, conditions }, report) => {
    for (const [section, level] of Object.entries(unverified)) {
      const given = Object.hasOwn(shares, section) ? shares[section] : undefined;
      if (given === undefined || rank(level) > rank(levelOf(given.access)))
        report(['unverified', section], `${section} is more while unverified than it is in share`);
    }
    if (Object.hasOwn(shares, NEVER_BY_CONSENT) && shares[NEVER_BY_CONSENT]?.consent)
      report(['share', NEVER_BY_CONSENT], `${NEVER_BY_CONSENT} cannot hang on consent`);
    if (conditions.article6 === null && conditions.schedule8 === null)
      report(['conditions'], 'conditions lack "article6"');
  },
);

const refused = {
  body,
  role: plain('role'),
  purpose: plain('purpose'),
  reason: word('reason', WITHHELD_REASONS),
  sections: oneOrMore(plain('section')),
};

const whole = mapOf(
  'a pattern',
  {
    pattern: text('pattern').refine(
      (name) => isPatternName(name),
      'pattern must be a name such as street-triage',
    ),
    format: word('format', [PATTERN_FORMAT]),
    parties: oneOrMore(body, 'the pattern names no party'),
    reviewAfter: duration('reviewAfter').refine(
      (one) => /^P\d+M$/.test(one),
      'reviewAfter must be in months, such as P12M',
    ),
    gateways: entries('gateways', CITE_KEY, reach),
    givers: entries(
      'givers',
      BODY_KEY,
      mapOf('a giver', {
        characteristic: plain('characteristic'),
        services: entries('services', PLAIN_KEY, plain('section')).default({}),
      }),
    ),
    grants: listOf('grants', grant),
    reasons: listOf('reasons', mapOf('a reason', refused)).default([]),
    barriers: listOf(
      'barriers',
      mapOf('a barrier', { ...refused, way: word('way', Object.keys(WAYS) as Way[]) }),
    ).default([]),
  },
  'the file',
);

const patternSchema = crossCheck(
  whole,
  ['gateways', 'givers', 'grants'],
  ({ gateways, givers, grants }, report) => {
    for (const [at, { body: giver, role, purpose, gateway }] of grants.entries()) {
      if (!Object.hasOwn(givers, giver)) report(['grants', at, 'body'], `givers say nothing of ${giver}`);
      for (const [cited, { cite }] of gateway.entries())
        if (!Object.hasOwn(gateways, cite))
          report(['grants', at, 'gateway', cited], `gateways say nothing of ${shortened(cite)}`);
      const same = (one: (typeof grants)[number]) =>
        one.body === giver && one.role === role && one.purpose === purpose;
      if (grants.findIndex(same) < at)
        report(['grants', at], `a second grant of ${giver} to ${role} at ${purpose}`);
    }
  },
);

/** What a pattern may be called. */
export const isPatternName = (name: string): boolean => /^[a-z][a-z0-9]*(-[a-z0-9]+){0,5}$/.test(name);
