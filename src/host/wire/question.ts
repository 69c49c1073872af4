/** What a gateway says, under its signature, of every question that it asks an agency's own host. */
import { z } from 'zod';
import { GROUNDS, PLACES } from '../../sharing/policy/types.ts';
import { LEVELS } from '../../states.ts';

const text = z.string().max(2_000);
const texts = z.array(text).max(20_000);
const level = z.enum(LEVELS);

const caller = z.strictObject({
  ...{ sub: text, name: text, staff: text, organisation: text, role: text },
  ...{ site: text.nullable(), issuer: text.nullable(), client: text.nullable(), actor: text.nullable() },
});

const opening = z.union([
  z.strictObject({
    section: text,
    ground: z.enum(GROUNDS),
    personsView: z.enum(['AGREES', 'OBJECTS', 'UNABLE', 'UNSAFE_TO_ASK']),
  }),
  z.strictObject({ section: text, level }),
]);

/** What the gateway decided on a section: the most that it wants of it. */
const released = z.strictObject({
  level,
  rows: z.record(text, z.union([text, z.boolean(), texts])),
  ownSite: text.nullable(),
  opened: texts.nullable(),
});

/** People of whom the same holds. `keys` are the agency's own record numbers. */
const people = z.strictObject({
  relationship: z.enum(['VERIFIED', 'CLAIMED', 'UNVERIFIED', 'NONE']),
  standing: z.strictObject({ place: z.enum(PLACES).nullable(), consent: z.boolean().nullable() }),
  ownCaseload: z.boolean(),
  openings: z.array(opening).max(100),
  wishes: z.strictObject({ consented: z.boolean(), objected: texts }),
  placeShield: z.boolean(),
  keys: texts,
  /** In place of a record of somebody of whom the agency has none, so that both are asked alike. */
  standIns: texts,
  sections: z.record(text, released),
});

/** Whom a question is about, and who asks it. */
const context = z.strictObject({
  requestId: text,
  /** When the request began, ISO 8601. */
  at: z.iso.datetime(),
  policyVersion: text,
  caller: caller.nullable(),
  purpose: text.nullable(),
  reference: text.nullable(),
  people: z.array(people).max(2_000),
  /** The agency's records of people who are hidden from the caller. */
  hidden: texts,
});

export const OPERATIONS = [
  'policy',
  'answer',
  'reference',
  'caseload',
  'staff',
  'feed/mark',
  'feed/since',
  'feed/page',
  'feed/records',
] as const;
export type HostOperation = (typeof OPERATIONS)[number];

/** What is signed besides the registered claims (issuer, audience, times and `jti`, the nonce). */
export const questionClaims = z.object({
  v: z.literal(1),
  op: z.enum(OPERATIONS),
  /** SHA-256 of the body in base64url. */
  digest: text,
  /** What the gateway knows of the host it asks; null before it knows anything, for `policy` alone. */
  host: z.strictObject({ instance: text, policy: text }).nullable(),
  context,
});
export type QuestionClaims = z.infer<typeof questionClaims>;
export type QuestionContext = QuestionClaims['context'];
export type QuestionPeople = QuestionContext['people'][number];
export type Released = z.infer<typeof released>;

/** Bodies of questions. */
export const QUESTION_BODIES = {
  policy: z.strictObject({}),
  answer: z.strictObject({
    requests: z
      .array(
        z.strictObject({ document: z.string().max(200_000), variables: z.record(z.string(), z.unknown()) }),
      )
      .min(1)
      .max(500),
  }),
  reference: z.strictObject({ reference: text }),
  caseload: z.strictObject({ staff: text, people: texts }),
  staff: z.strictObject({ staff: text }),
  'feed/mark': z.strictObject({ statementMs: z.number() }),
  'feed/since': z.strictObject({ statementMs: z.number(), mark: text, limit: z.int().min(1).max(1_000) }),
  'feed/page': z.strictObject({
    statementMs: z.number(),
    after: text.nullable(),
    limit: z.int().min(1).max(1_000),
  }),
  'feed/records': z.strictObject({ statementMs: z.number(), ids: z.array(text).max(1_000) }),
} as const satisfies Record<HostOperation, z.ZodType>;
export type QuestionBody<Op extends HostOperation> = z.infer<(typeof QUESTION_BODIES)[Op]>;
