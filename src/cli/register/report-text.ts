import { stringify } from 'csv-stringify/sync';
import type { RegisterOutcome } from '../../register/entry.ts';
import { registerKind } from '../../register/entry.ts';
import { ruleText, type StoredEntry } from '../../register/reading/stored-entry.ts';

/** An entry as a report shows it. */
export interface ShownEntry {
  at: string;
  kind: string;
  sub: string;
  name: string | null;
  role: string | null;
  organisation: string | null;
  purpose: string | null;
  reference: string | null;
  relationship: string | null;
  place: string;
  hash: string;
  /** Of a relay: which field was passed on, and to whom. */
  passedOn: string | null;
  outcomes: readonly ShownOutcome[];
}
interface ShownOutcome {
  section: string;
  agency: string;
  records: readonly string[];
  /** Whether policy gave it. */
  given: boolean;
  /** How it stood, where that is the reader's to know. */
  state: string | null;
  level: string | null;
  reason: string | null;
  rule: string;
  gateways: readonly string[];
}

/**
 * @param agency whose register is read; null for all, of none of which it is told how a section stood
 * @param record only outcomes about this record
 */
export function shownEntry(
  { chain, seq, hash, entry }: StoredEntry,
  agency: string | null,
  record: string | null,
): ShownEntry {
  const { at, kind, sub, name, role, organisation, purpose, reference, relationship } = entry;
  const everybodys = agency === null || organisation === agency;
  const outcomes = entry.outcomes.filter(
    (one) =>
      one.agency !== 'person-index' &&
      (record === null
        ? everybodys || one.agency === agency
        : one.agency === agency && hasRecord(one, record)),
  );
  return {
    ...{ at, sub, name, role, organisation, purpose, reference, relationship, hash },
    kind: registerKind(kind),
    place: `${chain}:${seq}`,
    passedOn: entry.act?.to
      ? `${entry.act.item} to ${entry.act.to.staff} of ${entry.act.to.organisation}`
      : null,
    outcomes: outcomes.map((one) => shownOutcome(one, one.agency === agency)),
  };
}

const hasRecord = ({ records = [] }: RegisterOutcome, record: string): boolean => records.includes(record);

function shownOutcome(outcome: RegisterOutcome, own: boolean): ShownOutcome {
  const { section, agency, state, level, reason, gateways = [], records = [] } = outcome;
  const given = level !== null;
  return {
    ...{ section, agency, given, level, gateways },
    records: own ? records : [],
    state: own ? state : null,
    reason: own || !given ? reason : null,
    rule: ruleText(outcome.rule),
  };
}

/** A page for whoever reads it: newest first, times of London. */
export function reportLines(
  title: string,
  { entries, more }: { entries: readonly ShownEntry[]; more: boolean },
): string {
  const lines = entries.flatMap((entry) => [
    `${LONDON.format(new Date(entry.at)).replace(',', '')}  ${entry.kind}  ${whoOf(entry)}`,
    `    ${[entry.purpose, entry.reference, entry.relationship].filter(Boolean).join(', ') || 'no purpose'}`,
    ...(entry.passedOn === null ? [] : [`    passed on: ${entry.passedOn}`]),
    ...entry.outcomes.map(
      (one) => `    ${one.section.padEnd(20)} ${one.agency.padEnd(22)} ${outcomeOf(one)}`,
    ),
  ]);
  const count = entries.length === 1 ? '1 entry' : `${entries.length} entries`;
  const end = more ? `${count}; there are older ones: say --to, or --csv for all` : count;
  return [title, '', ...lines, ...(entries.length > 0 ? [''] : []), end, ''].join('\n');
}

const LONDON = new Intl.DateTimeFormat('en-CA', {
  ...{ timeZone: 'Europe/London', hourCycle: 'h23' as const },
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
});

const whoOf = ({ sub, name, role, organisation }: ShownEntry): string =>
  [name === null ? sub : `${name} (${sub})`, role, organisation].filter(Boolean).join(', ');

function outcomeOf({ given, level, state, reason, rule, gateways }: ShownOutcome): string {
  const policy = given ? `given at ${level}` : `not given${reason ? `: ${reason}` : ''}`;
  const stood =
    state !== null && given && state !== 'DISCLOSED' ? `, ${state}${reason ? ` (${reason})` : ''}` : '';
  return [`${policy}${stood}`, given ? gateways.join('; ') : '', rule].filter(Boolean).join('  ');
}

/** RFC 4180: a line for each outcome, and one for an entry without any. */
export function csvText(entries: readonly ShownEntry[]): string {
  const rows = entries.flatMap(({ outcomes, ...entry }) =>
    (outcomes.length > 0 ? outcomes : [null]).map((one) => ({
      ...entry,
      section: one?.section,
      agency: one?.agency,
      record: one?.records.join(' '),
      given: one?.given,
      state: one?.state,
      level: one?.level,
      reason: one?.reason,
      rule: one?.rule,
      gateways: one?.gateways.join('; '),
    })),
  );
  return stringify(rows, {
    header: true,
    columns: COLUMNS,
    cast: { boolean: (value) => (value ? 'yes' : 'no'), string: withoutFormula },
  });
}

/** A name that begins like a formula would be run by a spreadsheet. */
const withoutFormula = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const COLUMNS = [
  ...['at', 'kind', 'sub', 'name', 'role', 'organisation', 'purpose', 'reference', 'relationship'],
  'passedOn',
  ...[
    'section',
    'agency',
    'record',
    'given',
    'state',
    'level',
    'reason',
    'rule',
    'gateways',
    'place',
    'hash',
  ],
];
