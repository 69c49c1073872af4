import { date, fieldsOf, meaning, type SectionSource, text, yesNo } from '../contract.ts';
import { NEED_KINDS, OUTCOMES } from './codes.ts';
import { need, planAction } from './sources.ts';
import type { ChildrensServicesTables } from './tables.ts';

const { column, list, object } = fieldsOf<ChildrensServicesTables>();

export const needs: SectionSource<ChildrensServicesTables> = {
  items: list(need, {
    outcome: column('FACT_NEEDS.OUTCOME_CODE', meaning(OUTCOMES)),
    kind: column('FACT_NEEDS.NEED_TYPE_CODE', meaning(NEED_KINDS)),
    evidence: column('FACT_NEEDS.EVIDENCE_TXT', text, { freeText: true }),
    recordedOn: column('FACT_NEEDS.RECORDED_DTTM', date),
  }),
  plan: list(planAction, {
    goal: column('FACT_PLAN_ACTIONS.GOAL_TXT', text, { freeText: true }),
    action: column('FACT_PLAN_ACTIONS.ACTION_TXT', text, { freeText: true }),
    // Owners are of any service, a school or a practice among them: their name alone tells where.
    owner: object({
      name: column('FACT_PLAN_ACTIONS.OWNER_NAME', text, { place: true }),
      role: column('FACT_PLAN_ACTIONS.OWNER_ROLE', text, { place: true }),
      team: column('FACT_PLAN_ACTIONS.OWNER_TEAM', text, { place: true }),
      phone: column('FACT_PLAN_ACTIONS.OWNER_TEL', text, { place: true }),
    }),
    due: column('FACT_PLAN_ACTIONS.DUE_DTTM', date),
    done: column('FACT_PLAN_ACTIONS.DONE_FLAG', yesNo),
  }),
};
