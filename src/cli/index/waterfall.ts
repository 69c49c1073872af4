import type { ReviewOrigin, ReviewState } from '../../person-index/review/types.ts';
import type { FeatureComparison } from '../../store/tables.ts';

/** A task as the terminal tells it: nothing of anybody. */
export interface TerminalTask {
  task: string;
  state: ReviewState;
  origins: readonly ReviewOrigin[];
  /** Of each side, the agencies whose records it has. */
  agencies: readonly (readonly string[])[];
  comparisons: readonly FeatureComparison[];
  weightBits: number | null;
  heldBack: string | null;
  /** Newest first. */
  decisions: readonly {
    verdict: string;
    at: string;
    organisation: string;
    role: string;
    /** False while it waits for a second person. */
    effective: boolean;
    awaits: readonly string[];
  }[];
}

/** Bits that one sign of a bar stands for. */
const BITS_A_SIGN = 1;
const WIDEST = 30;

/** A task in words, with what each feature weighs one below the other. */
export function taskText({
  task,
  state,
  origins,
  agencies,
  comparisons,
  weightBits,
  heldBack,
  decisions,
}: TerminalTask) {
  const sides = agencies.map((side) => side.join(' + ')).join('  and  ');
  const lines = [
    `${sides}   ${state}${origins.length > 0 ? ` (${origins.join(', ')})` : ''}`,
    ...comparisons.map(comparisonLine),
    ...(weightBits === null ? [] : [`  ${'together'.padEnd(24)}${signed(weightBits)} bits`]),
    ...(heldBack === null ? [] : [`  not linked by any weight: ${heldBack}`]),
    ...decisions.map(
      ({ verdict, at, organisation, role, effective, awaits }) =>
        `  ${at.slice(0, 16)} ${verdict} by ${organisation}, ${role}${effective ? '' : `: waits for a second person of ${awaits.join(' or ')}`}`,
    ),
    `  --task ${task}`,
  ];
  return `${lines.join('\n')}\n`;
}

function comparisonLine({ feature, agreement, bits }: FeatureComparison): string {
  const words = `  ${feature.padEnd(14)}${agreement.padEnd(10)}`;
  if (bits === null) return words.trimEnd();
  const bar = (bits < 0 ? '-' : '#').repeat(Math.min(WIDEST, Math.round(Math.abs(bits) / BITS_A_SIGN)));
  return `${words}${signed(bits)} ${bar}`.trimEnd();
}

const signed = (bits: number): string => `${bits < 0 ? '' : '+'}${bits.toFixed(1)}`.padStart(6);
