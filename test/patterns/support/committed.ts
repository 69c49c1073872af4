/** The patterns of the project, and the purposes at which they share. */
export const COMMITTED = [
  { name: 'street-triage', purposes: ['mental-health-crisis'] },
  { name: 'early-help', purposes: ['early-help', 'multiple-disadvantage'] },
  { name: 'domestic-abuse', purposes: ['domestic-abuse'] },
] as const;
