import type { Proposal } from './propose.ts';
import { titleOf } from './render.ts';

/** What was proposed, how sure that is, and what a human has to decide before anything is shared. */
export function checklist(
  id: string,
  { words, left, own, excluded, episodes }: Proposal,
  sampled: boolean,
): string {
  const lines = words.map(
    ({ column, as, confidence, reason }) =>
      `| \`${column}\` | ${as} | ${confidence.toLowerCase()} | ${reason} |`,
  );
  const decide = [
    'Is it the table of people, and is its number the one by which your staff know them?',
    own.has('RESTRICTION')
      ? 'Who is hidden: does the column say P (the person), A (the places) or nothing? What it says otherwise hides the person.'
      : 'Who is hidden? No column was found that says it, so everybody is hidden until `protection` in `person.ts` says otherwise.',
    excluded
      ? 'Who must not see whom: are these the rows, and are they all?'
      : 'Which staff must not see whom (`excluded` in `person.ts`)? No table was found.',
    'Which word or table tells where somebody is (`place`), and which text may mention it (`freeText`)?',
    ...(episodes.length === 0
      ? ['Which rows say that somebody is known to you (`involvements`)? No table was found.']
      : []),
    `What does each code in \`codes.ts\` mean?${sampled ? ' Rarer ones are not there.' : ' No row was read: `--sample` reads which there are.'}`,
    'The form of your references (`reference.ts`): whole, and no other. Who is on a case, and what makes it live?',
    'How your system tells what has changed (`changes` of `indexOf`).',
    'The desk that answers (`sections.ts`), the name, and what the data cover (`index.ts`).',
    'What is shared, with whom and why: `sharing.yaml` shares nothing. Your information governance officer writes it.',
  ];
  return [
    `# ${titleOf(id)}: what is proposed, and what is to be decided`,
    '',
    '## To be decided by somebody who knows the system',
    ...decide.map((question) => `- [ ] ${question}`),
    '- [ ] Every “decide:” in the files.',
    '',
    '## Proposed',
    '| Column | As | How sure | Why |',
    '|---|---|---|---|',
    ...lines,
    '',
    '## Not proposed',
    ...left.map((what) => `- ${what}`),
    '',
    '## Then',
    '```sh',
    'npm run schema && npm run codegen',
    'npx sightline policy check',
    `npx sightline adapter grants ${id}`,
    `npx sightline adapter check ${id}`,
    '```',
    '',
  ].join('\n');
}
