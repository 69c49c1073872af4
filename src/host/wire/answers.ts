/** What comes back from an agency's own host, checked in form before anything of it is used. */
import { z } from 'zod';
import type { HostOperation } from './question.ts';

const text = z.string();
const path = z.array(z.union([z.string(), z.int()]));

const indexRecord = z.strictObject({
  record: text,
  mergedInto: text.nullable(),
  names: z.array(
    z.strictObject({
      ...{ givenName: text.nullable(), familyName: text.nullable() },
      kind: z.enum(['CURRENT', 'ALIAS', 'FORMER', 'PREFERRED']),
    }),
  ),
  dateOfBirth: text.nullable(),
  sex: z.enum(['FEMALE', 'MALE', 'INDETERMINATE', 'UNKNOWN']).nullable(),
  postcode: text.nullable(),
  place: text.nullable(),
  identifiers: z.array(z.strictObject({ system: text, value: text, verified: z.boolean() })),
  protections: z.array(z.enum(['PROTECTED', 'PLACE_SHIELD'])),
  related: z.array(z.strictObject({ record: text, sameHousehold: z.boolean() })),
  adverse: z.array(text),
  excludedStaff: z.array(text),
});
const problems = z.array(text).max(1_000);

export const ANSWER_BODIES = {
  policy: z.strictObject({
    instance: text,
    policy: text,
    version: text,
    /** Path of each policy file from the project's root → its text. */
    texts: z.record(text, text),
    withdrawn: z.array(text),
  }),
  answer: z.strictObject({
    results: z.array(
      z.strictObject({
        data: z.record(text, z.unknown()),
        unreadable: z.array(path),
      }),
    ),
    problems,
  }),
  reference: z
    .strictObject({
      live: z.boolean(),
      place: z.enum(['PUBLIC', 'DWELLING']).nullable(),
      consent: z.boolean().nullable(),
      staff: z.array(z.strictObject({ organisation: text, staff: text })),
      people: z.array(text),
    })
    .nullable(),
  caseload: z.array(text),
  staff: z.strictObject({ known: z.boolean() }),
  'feed/mark': z.strictObject({ mark: text }),
  'feed/since': z.strictObject({ records: z.array(text), mark: text }),
  'feed/page': z.strictObject({ records: z.array(indexRecord), problems }),
  'feed/records': z.strictObject({ records: z.array(indexRecord), problems }),
} as const satisfies Record<HostOperation, z.ZodType>;
export type HostAnswer<Op extends HostOperation> = z.infer<(typeof ANSWER_BODIES)[Op]>;
