import { type MatrixInput, matrix } from './matrix.ts';

/** What one role at one purpose no longer gets from one agency. */
export interface Loss {
  role: string;
  purpose: string;
  agency: string;
  sections: readonly string[];
}

/** Who would lose what if this agreement were withdrawn now. */
export function lossesOf(input: MatrixInput, agreement: string): readonly Loss[] {
  const after = matrix({ ...input, withdrawn: new Set([...input.withdrawn, agreement]) });
  return matrix(input).flatMap(({ role, purpose, cells }, table) => {
    const lost = cells.filter((cell, index) => {
      const then = after[table]?.cells[index];
      const taken = (before: 'own' | 'others') => cell[before].level !== null && !then?.[before].level;
      return taken('own') || taken('others');
    });
    const agencies = [...new Set(lost.map(({ agency }) => agency))];
    return agencies.map((agency) => ({
      role,
      purpose,
      agency,
      sections: lost.filter((cell) => cell.agency === agency).map(({ section }) => section),
    }));
  });
}
