export interface ExplainedCase {
  place: string;
  asker: string;
  text: string;
}

/** Each different text once, headed by when it holds: nothing where it always does, else no more than matters. */
export function foldedCases(cases: readonly ExplainedCase[]): readonly string[] {
  const texts = [...new Set(cases.map(({ text }) => text))];
  if (texts.length === 1) return texts;
  return texts.map((text) => `${headOf(cases, text)}:\n${text}`);
}

function headOf(cases: readonly ExplainedCase[], text: string): string {
  const held = cases.filter((one) => one.text === text);
  const always = (key: 'place' | 'asker', value: string) =>
    cases.every((one) => one[key] !== value || one.text === text);
  const heads = held.map(({ place, asker }) => {
    if (always('place', place)) return `${place} place`;
    if (always('asker', asker)) return `asked by ${asker}`;
    return `${place} place, asked by ${asker}`;
  });
  return [...new Set(heads)].join('; ');
}
