/** How an intelligence report is graded: the College of Policing's 3x5x2. */
import { type CodeList, codesOf, type PublishedList } from '../codes.ts';

export const SOURCE_EVALUATIONS: CodeList<string> = { 1: 'Reliable', 2: 'Untested', 3: 'Not reliable' };

export const ASSESSMENTS: CodeList<string> = {
  A: 'Known directly',
  B: 'Known indirectly but corroborated',
  C: 'Known indirectly',
  D: 'Not known',
  E: 'Suspected to be false',
};

export const HANDLING: CodeList<string> = {
  P: 'Lawful sharing permitted',
  C: 'Lawful sharing permitted with conditions',
};

export const PUBLISHED: readonly PublishedList[] = [
  { source: 'College of Policing, 3x5x2: source evaluation', count: 3, codes: codesOf(SOURCE_EVALUATIONS) },
  { source: 'College of Policing, 3x5x2: intelligence assessment', count: 5, codes: codesOf(ASSESSMENTS) },
  { source: 'College of Policing, 3x5x2: handling', count: 2, codes: codesOf(HANDLING) },
];
