import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { IDENTIFIER_SYSTEMS } from '../../adapters/contract.ts';
import {
  type ClaimSource,
  ISSUER_DEFAULTS,
  ISSUER_FORM,
  type Issuer,
  isIssuerUrl,
} from '../caller/issuers.ts';
import { findingText } from '../yaml/finding.ts';
import { mapAtPath, readYaml } from '../yaml/read-yaml.ts';
import { SettingError } from './setting-error.ts';

const word = z.string('must be text').min(1, 'must not be empty').max(500);
const duration = z
  .string('must be a duration such as PT1H')
  .regex(
    /^PT(?:\d{1,4}H)?(?:\d{1,5}M)?(?:\d{1,6}S)?$/,
    'must be a duration in hours, minutes or seconds, such as PT1H',
  )
  .refine((text) => text !== 'PT', 'must be a duration such as PT1H')
  .transform((text) => {
    const [, hours = 0, minutes = 0, seconds = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text) ?? [];
    return Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  });
/** `realm_access.roles`, or a list of keys where a key has a dot in it. */
const path = z.union(
  [word.transform((text) => text.split('.')), z.array(word).min(1)],
  'must be a way to a claim: text with dots, or a list of keys',
);
const source = z
  .union(
    [
      path.transform((found): ClaimSource => ({ path: found })),
      mapAtPath({ always: word }),
      mapAtPath({ list: path, where: z.record(z.string(), path), take: path }).transform(
        ({ list, where, take }): ClaimSource => ({ list, where: new Map(Object.entries(where)), take }),
      ),
    ],
    'must be a way to a claim, { always: … } or { list: …, where: { field: claim }, take: … }',
  )
  .optional();
const names = z.array(word, 'must be a list').min(1, 'must not be empty');
const map = z.record(z.string(), word, 'must be a map').optional();

const client = mapAtPath({
  actsFor: mapAtPath(
    { roles: names, organisations: names },
    'must be a map of roles and organisations',
  ).optional(),
  asItself: z.boolean('must be true or false').optional(),
});

const entry = mapAtPath({
  issuer: z.string('is missing').refine(isIssuerUrl, ISSUER_FORM),
  audiences: names,
  organisations: names.optional(),
  clientId: word.optional(),
  scope: word.optional(),
  resource: word.optional(),
  maxAge: duration.optional(),
  maxTokenAge: duration.optional(),
  claims: mapAtPath(
    {
      subject: source,
      staff: source,
      organisation: source,
      roles: source,
      name: source,
      site: source,
      person: source,
      personSystem: z.enum(IDENTIFIER_SYSTEMS, `must be one of ${IDENTIFIER_SYSTEMS.join(', ')}`).optional(),
    },
    'must be a map',
  ).optional(),
  values: mapAtPath({ roles: map, organisations: map }, 'must be a map').optional(),
  require: z.record(z.string(), z.union([word.transform((one) => [one]), names]), 'must be a map').optional(),
  clients: z.record(z.string(), client, 'must be a map').optional(),
});

const file = mapAtPath(
  {
    issuers: z
      .array(entry, 'must be a list')
      .min(1, 'must not be empty')
      .refine((all) => new Set(all.map(({ issuer }) => issuer)).size === all.length, 'names an issuer twice'),
  },
  'must be a map with issuers',
);

/**
 * The issuers of a text in YAML, as ISSUERS_FILE names a file of it (docs/sign-in.md). `name` is how mistakes call it.
 * @throws SettingError with every mistake, file and line
 */
export function issuersOf(text: string, name: string): readonly Issuer[] {
  const read = readYaml(text, name, { values: 'typed' }).check(file);
  if (!read.ok)
    throw new SettingError('ISSUERS_FILE', `has mistakes:\n${read.findings.map(findingText).join('\n')}`);
  return read.value.issuers.map(issuerOf);
}

/** @throws SettingError also where the file cannot be read */
export function readIssuersFile(path: string): readonly Issuer[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new SettingError('ISSUERS_FILE', `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return issuersOf(text, path);
}

function issuerOf(written: z.output<typeof entry>): Issuer {
  const { claims = {}, values = {}, require = {}, clients = {} } = written;
  const { personSystem, ...sources } = claims;
  const said = Object.fromEntries(Object.entries(sources).filter(([, one]) => one !== undefined));
  return {
    issuer: written.issuer,
    audiences: written.audiences,
    organisations: written.organisations ?? null,
    signIn:
      written.clientId === undefined
        ? null
        : {
            clientId: written.clientId,
            scope: written.scope ?? 'openid',
            resource: written.resource ?? null,
            maxAgeSeconds: written.maxAge ?? null,
          },
    claims: {
      ...ISSUER_DEFAULTS.claims,
      // Unless the entry says where the staff number is, it is the subject.
      ...(sources.subject && { staff: sources.subject }),
      ...said,
      personSystem: personSystem ?? null,
    },
    values: { roles: mapOf(values.roles), organisations: mapOf(values.organisations) },
    require: Object.entries(require).map(([claim, oneOf]) => ({ path: claim.split('.'), oneOf })),
    clients: new Map(
      Object.entries(clients).map(([id, { actsFor, asItself }]) => [
        id,
        { actsFor: actsFor ?? null, asItself: asItself ?? false },
      ]),
    ),
    maxTokenAgeSeconds: written.maxTokenAge ?? null,
  };
}

const mapOf = (written: Readonly<Record<string, string>> = {}) => new Map(Object.entries(written));
