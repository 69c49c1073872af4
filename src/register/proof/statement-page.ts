import type { RegisterStatement } from './statement.ts';

/** The statement for people, as text. */
export function statementText(statement: RegisterStatement): string {
  const { entries, whole, findings, heads, keyFingerprint, checked, notChecked } = statement;
  return [
    `Statement on the disclosure register, ${periodOf(statement)}`,
    `${entries} entries. ${verdict(whole)}`,
    ...section('Found', findings),
    ...section('Heads', heads),
    ...section('Keys (SHA-256)', keyFingerprint.split(', ')),
    ...section('Checked', checked),
    ...section('Not checked, and not to be seen from the register', notChecked),
    '',
  ].join('\n');
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  - ${line}`)];

const periodOf = ({ from, to }: RegisterStatement): string =>
  `${from ?? 'from its beginning'} to ${to ?? 'its newest head'}`;

const verdict = (whole: boolean): string => (whole ? 'The register is whole.' : 'The register is NOT whole.');

/** One page, to be read and printed: nothing of it is loaded from anywhere. */
export function statementPage(statement: RegisterStatement, madeAt: Date): string {
  const { entries, whole, findings, heads, keyFingerprint, checked, notChecked } = statement;
  return `<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Statement on the disclosure register</title>
<style>
  @page { size: A4; margin: 18mm }
  body { font: 11pt/1.45 system-ui, sans-serif; color: #111; background: #fff; max-width: 180mm; margin: 2rem auto; padding: 0 1rem }
  h1 { font-size: 1.5rem } h2 { font-size: 1.05rem; margin: 1.2em 0 .3em }
  .verdict { border: 2px solid; padding: .6em .8em; font-weight: 700 }
  ul { margin: 0; padding-left: 1.2em } code { overflow-wrap: anywhere; font-size: .85em }
  @media print { body { margin: 0; max-width: none } }
</style>
<main>
<h1>Statement on the disclosure register</h1>
<p>Who was told what of whom, by whose power: ${text(periodOf(statement))}. Made ${text(madeAt.toISOString())}.</p>
<p class="verdict">${entries} entries. ${verdict(whole)}</p>
${list('Found', findings)}${list('Heads', heads, true)}${list('Keys that signed them (SHA-256)', keyFingerprint.split(', '), true)}${list('What was checked', checked)}${list('What was not checked, and cannot be seen from the register', notChecked)}</main>
</html>
`;
}

function list(title: string, lines: readonly string[], code = false): string {
  if (lines.length === 0) return '';
  const items = lines.map((line) => `<li>${code ? `<code>${text(line)}</code>` : text(line)}</li>`);
  return `<h2>${text(title)}</h2>\n<ul>\n${items.join('\n')}\n</ul>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const text = (words: string): string => words.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
