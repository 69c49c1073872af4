import type { AnyAdapter } from '../../../adapters/contract.ts';
import type { Decisions } from '../../sharing/policy/types.ts';
import type { RowSet } from '../sql/row-set.ts';
import type { Authority, RecordAuthority } from './authority.ts';
import type { FieldSelection } from './field-selection.ts';
import { authorise } from './lock.ts';
import { planSection, type SectionPlan } from './section-plan.ts';

/** One asked root with what may be read of each of its people. */
export interface RootPlan {
  root: FieldSelection;
  keys: readonly string[];
  granted: ReadonlyMap<string, RecordAuthority>;
  /** People of one decision share a plan. */
  plans: ReadonlyMap<Decisions, SectionPlan>;
}

export interface RequestPlan {
  roots: readonly RootPlan[];
  rowSets: readonly RowSet[];
  /** Keys of the people whose places may be read. */
  unshielded: readonly string[];
}

/**
 * What one delegated operation reads. Throws KeyNotResolvedError or FieldNotPermittedError for the first key or field
 * that the request may not have: every root is checked before anything is read.
 */
export function planRequest(
  adapter: AnyAdapter,
  asked: readonly FieldSelection[],
  authority: Authority,
): RequestPlan {
  const roots = asked
    .filter((root) => root.name !== '__typename')
    .map((root) => planRoot(adapter, root, authority));
  const unshielded = new Set<string>();
  for (const { granted } of roots)
    for (const [key, { placeShield, standIn }] of granted) if (!placeShield && !standIn) unshielded.add(key);
  return { roots, rowSets: shareRowSets(roots), unshielded: [...unshielded] };
}

function planRoot(adapter: AnyAdapter, root: FieldSelection, authority: Authority): RootPlan {
  const keys = root.args.keys as readonly string[];
  const granted = authorise(adapter.id, root, keys, authority);
  const plans = new Map<Decisions, SectionPlan>();
  const { now } = authority;
  const hidden = authority.hidden(adapter.id);
  for (const [key, { decisions, standIn }] of granted) {
    const plan = plans.get(decisions) ?? planSection({ adapter, root, decisions, now, hidden });
    plans.set(decisions, plan);
    if (!standIn) for (const rows of plan.rowSets) rows.keys.add(key);
  }
  return { root, keys, granted, plans };
}

/** Row sets that differ in their keys alone become one: aliased roots and people with like decisions cost nothing more. */
function shareRowSets(roots: readonly RootPlan[]): RowSet[] {
  const shared = new Map<string, RowSet>();
  for (const { plans } of roots) {
    for (const rows of [...plans.values()].flatMap((plan) => plan.rowSets)) {
      const signature = rows.signature();
      const first = shared.get(signature);
      if (!first) {
        shared.set(signature, rows);
        continue;
      }
      rows.result = first.result;
      for (const key of rows.keys) first.keys.add(key);
    }
  }
  return [...shared.values()];
}
