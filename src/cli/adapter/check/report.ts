/** What a check came to. */
export type Outcome = 'PASSED' | 'WARNED' | 'FAILED' | 'SKIPPED';

export interface CheckResult {
  name: string;
  outcome: Outcome;
  /** In a line. */
  says: string;
  /** What fails it, or should be looked at. */
  findings: readonly string[];
  seconds: number;
}

export interface CheckReport {
  agency: string;
  /** Where it was asked and as whom: no password. */
  at: string;
  results: readonly CheckResult[];
}

export const hasFailed = ({ results }: CheckReport): boolean =>
  results.some(({ outcome }) => outcome === 'FAILED');

const MARKS: Readonly<Record<Outcome, string>> = {
  PASSED: 'ok',
  WARNED: 'look',
  FAILED: 'FAILS',
  SKIPPED: '–',
};

/** For people: a line for each check, and below it what was found. */
export function reportText({ agency, at, results }: CheckReport): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const lines = results.flatMap(({ name, outcome, says, findings }) => [
    `${MARKS[outcome].padEnd(6)}${name.padEnd(width)}  ${says}`.trimEnd(),
    ...findings.map((finding) => `        ${finding}`),
  ]);
  const counts = (['PASSED', 'WARNED', 'FAILED', 'SKIPPED'] as const).map((outcome) => {
    const many = results.filter((one) => one.outcome === outcome).length;
    return many === 0 ? null : `${many} ${WORDS[outcome]}`;
  });
  return [
    `${agency}, ${at}`,
    '',
    ...lines,
    '',
    `${counts.filter((one) => one !== null).join(', ')}.`,
    '',
  ].join('\n');
}
const WORDS: Readonly<Record<Outcome, string>> = {
  PASSED: 'hold',
  WARNED: 'to look at',
  FAILED: 'failing',
  SKIPPED: 'not tried',
};

/** For a build server, as JUnit has it. What is only to be looked at is no failure. */
export function reportJunit({ agency, results }: CheckReport): string {
  const count = (outcome: Outcome) => results.filter((one) => one.outcome === outcome).length;
  const time = results.reduce((sum, { seconds }) => sum + seconds, 0);
  const cases = results.map(({ name, outcome, says, findings, seconds }) => {
    const head = `    <testcase classname="sightline.adapter.${xml(agency)}" name="${xml(name)}" time="${seconds.toFixed(3)}"`;
    const text = xml(findings.join('\n'));
    if (outcome === 'FAILED')
      return `${head}>\n      <failure message="${xml(says)}">${text}</failure>\n    </testcase>`;
    if (outcome === 'SKIPPED') return `${head}>\n      <skipped message="${xml(says)}"/>\n    </testcase>`;
    return text === '' ? `${head}/>` : `${head}>\n      <system-out>${text}</system-out>\n    </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite name="sightline adapter check ${xml(agency)}" tests="${results.length}" failures="${count('FAILED')}" errors="0" skipped="${count('SKIPPED')}" time="${time.toFixed(3)}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};
/** Characters that XML cannot have at all are left out. */
const xml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken away
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"\n]/g, (one) => ENTITIES[one] ?? one);
