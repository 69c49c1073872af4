/** `schema/purposes.yaml`: why people may ask, who may say so, and on which gateways of law that may rest. */
import { z } from 'zod';
import { unknownWord } from '../../yaml/finding.ts';
import type { YamlFile, YamlResult } from '../../yaml/read-yaml.ts';
import { BODY_WORDS, type LegalReach, NATIONS } from '../policy/law.ts';
import {
  type LegalGateway,
  OBJECTION_EFFECTS,
  type Policies,
  type Purpose,
  type Role,
} from '../policy/policies.ts';
import type { Catalogue } from '../policy/types.ts';
import {
  crossCheck,
  date,
  flag,
  inForm,
  legalGateway,
  listOf,
  mapOf,
  oneOrMore,
  openMap,
  shapeName,
  text,
  word,
} from './words.ts';

export interface PurposesFile
  extends Pick<
    Policies,
    | 'roles'
    | 'organisations'
    | 'purposes'
    | 'reviewers'
    | 'confirmers'
    | 'services'
    | 'nation'
    | 'law'
    | 'bodies'
  > {
  indexGateways: readonly LegalGateway[];
}

/** purposes.yaml, checked against the sections and kinds of service that the agencies speak of. */
export function readPurposes(file: string, yaml: YamlFile, catalogue: Catalogue): YamlResult<PurposesFile> {
  const read = yaml.check(purposesSchema(yaml.written, catalogue));
  if (!read.ok) return read;
  const { roles, organisations, purposes, index, services, nation, law, bodies } = read.value;
  const parties = partiesOf(organisations, catalogue);
  return {
    ok: true,
    value: {
      organisations,
      roles: mapFrom(
        roles,
        (role): Role =>
          role.organisations === 'all'
            ? { ...role, organisations: parties }
            : { ...role, organisations: role.organisations },
      ),
      purposes: mapFrom(
        purposes,
        (purpose, id): Purpose => ({ ...purpose, id, file, line: yaml.lineOf(['purposes', id]) }),
      ),
      indexGateways: index.gateways,
      reviewers: new Map(index.reviewers.map((reviewer) => [reviewer.role, reviewer.purposes])),
      confirmers: new Map(index.confirmers.map((confirmer) => [confirmer.role, confirmer.purposes])),
      services: mapFrom(services, (section) => section),
      nation,
      law: mapFrom(law, (reach, cite): LegalReach => ({ ...reach, cite })),
      bodies: mapFrom(bodies, (body) => body),
    },
  };
}

/** Who may be a party to an agreement: whom the file names, and every agency. */
export const partiesOf = (organisations: readonly string[], { agencies }: Catalogue): readonly string[] => [
  ...new Set([...organisations, ...agencies.keys()]),
];

const mapFrom = <From, To>(written: Readonly<Record<string, From>>, make: (value: From, key: string) => To) =>
  new Map(Object.entries(written).map(([key, value]) => [key, make(value, key)]));

function purposesSchema(written: unknown, catalogue: Catalogue) {
  const names = namesIn(written);
  const parties = partiesOf(names.organisations, catalogue);
  const schema = mapOf(
    'purposes.yaml',
    {
      roles: entriesOf('roles', names.roles, (role) => roleSchema(role, parties)),
      organisations: listOf('organisations', text('organisation')),
      nation: word('nation', NATIONS),
      bodies: bodiesSchema(parties).default({}),
      law: entriesOf('law', names.law, reachSchema),
      purposes: entriesOf('purposes', names.purposes, (id) => purposeSchema(id, names, parties)),
      index: mapOf('index', {
        gateways: lawOf('the index', names.law),
        reviewers: deciders('reviewer', names).default([]),
        confirmers: deciders('confirmer', names).default([]),
      }),
      services: entriesOf('services', names.services, () => word('section', [...catalogue.sections.keys()])),
    },
    'the file',
  );
  return crossCheck(schema, ['services'], ({ services }, report) => {
    for (const { id, serviceKinds } of catalogue.agencies.values()) {
      for (const kind of serviceKinds.filter((kind) => !(kind in services)))
        report(['services', kind], `services lacks "${kind}", a kind of service of ${id}`);
    }
  });
}

/** The names that the file gives to others in it, before anything is checked. */
function namesIn(written: unknown) {
  const in_ = (value: unknown, key: string): unknown =>
    shapeName(value) === 'a map' ? (value as Record<string, unknown>)[key] : undefined;
  const keys = (value: unknown) => (shapeName(value) === 'a map' ? Object.keys(value as object) : []);
  const texts = (value: unknown) => [value].flat().filter((one) => typeof one === 'string');
  const purposes = in_(written, 'purposes');
  return {
    roles: keys(in_(written, 'roles')),
    organisations: texts(in_(written, 'organisations') ?? []),
    purposes: keys(purposes),
    services: keys(in_(written, 'services')),
    law: keys(in_(written, 'law')),
    purposesOf: (role: string) =>
      keys(purposes).filter((id) => texts(in_(in_(purposes, id), 'roles')).includes(role)),
  };
}

/** A map that names its own keys: none of them is unknown. */
const entriesOf = <Value>(
  what: string,
  keys: readonly string[],
  schemaOf: (key: string) => z.ZodType<Value>,
) => openMap(what, Object.fromEntries(keys.map((key) => [key, schemaOf(key)])), () => '');

const roleSchema = (id: string, known: readonly string[]) =>
  mapOf(`role ${id}`, {
    title: text('title'),
    organisations: inForm<'all' | readonly string[]>((input) =>
      input === 'all'
        ? z.literal('all')
        : oneOrMore(word('organisation', known), `nobody may hold role ${id}: name an organisation, or all`),
    ),
  });

/** What kind of body each organisation is. One that is not there is of no kind that another place would know. */
const bodiesSchema = (known: readonly string[]) =>
  openMap(
    'bodies',
    Object.fromEntries(known.map((organisation) => [organisation, word('kind of body', BODY_WORDS)])),
    (key, all) => unknownWord('organisation', key, all),
  );

const reachSchema = (cite: string) =>
  mapOf(`the law on ${cite}`, {
    extent: oneOrMore(word('nation', NATIONS), `${cite} extends to no nation: name one`),
    bodies: inForm<LegalReach['bodies']>((input) =>
      input === 'any'
        ? z.literal('any')
        : oneOrMore(word('kind of body', BODY_WORDS), `${cite} is open to no body: name one, or any`),
    ),
    from: date('from').nullable().default(null),
    checkedOn: date('checkedOn').nullable().default(null),
  });

const purposeSchema = (id: string, { roles, law }: ReturnType<typeof namesIn>, known: readonly string[]) =>
  mapOf(`purpose ${id}`, {
    title: text('title'),
    gateways: lawOf(`purpose ${id}`, law),
    roles: oneOrMore(word('role', roles)),
    excludes: mapOf('excludes', {
      nhsBodies: flag('nhsBodies').default(false),
      agencies: oneOrMore(word('agency', known)).default([]),
    }).default({ nhsBodies: false, agencies: [] }),
    needsConsent: flag('needsConsent').default(false),
    objection: word('objection', OBJECTION_EFFECTS).nullable().default(null),
    betweenParties: flag('betweenParties').default(true),
  });

/**
 * Gateways of law that something rests on. Each may be cited once: of two with different places one would be ignored;
 * and `law` says how far it reaches.
 */
const lawOf = (what: string, law: readonly string[]) =>
  oneOrMore(legalGateway, `${what} rests on no gateway of law`).superRefine((gateways, ctx) => {
    for (const [at, { cite }] of gateways.entries()) {
      if (!law.includes(cite))
        ctx.addIssue({ code: 'custom', path: [at], message: `law does not say how far ${cite} reaches` });
      if (gateways.findIndex((other) => other.cite === cite) < at)
        ctx.addIssue({ code: 'custom', path: [at], message: `${what} rests on ${cite} twice: say it once` });
    }
  });

/** Who may review links of the person index, or confirm them: each role with purposes that it may assert. */
function deciders(what: 'reviewer' | 'confirmer', names: ReturnType<typeof namesIn>) {
  const decider = inForm((input) => {
    const { role = '' } = (shapeName(input) === 'a map' ? input : {}) as { role?: string };
    return mapOf(`a ${what}`, {
      role: word('role', names.roles),
      purposes: oneOrMore(
        word(`purpose of ${role}`, names.purposesOf(role)),
        `${role} is a ${what} at no purpose: name one, or leave ${role} out`,
      ),
    });
  });
  return listOf(`${what}s`, decider).superRefine((all, ctx) => {
    for (const [at, { role }] of all.entries()) {
      if (all.findIndex((other) => other.role === role) < at)
        ctx.addIssue({ code: 'custom', path: [at], message: `role ${role} is a ${what} twice` });
    }
  });
}
