// Made by: npx sightline adapter tables childrens-services
export interface ChildrensServicesTables {
  DIM_PERSON: {
    DIM_PERSON_ID: string | number;
    LEGACY_ID: string | null;
    FORENAME: string | null;
    SURNAME: string | null;
    KNOWN_AS: string | null;
    BIRTH_DTTM: Date | string | null;
    DOB_ESTIMATED: string | null;
    GENDER_MAIN_CODE: string | null;
    ETHNICITY_MAIN_CODE: string | null;
    UPN: string | null;
    NHS_NUMBER: string | null;
    IS_CLIENT: string | null;
    UNBORN_FLAG: string | null;
    DECEASED_FLAG: string | null;
    LANGUAGE_CODE: string | null;
    INTERPRETER_FLAG: string | null;
    COMM_NEEDS_TXT: string | null;
    DISABILITY_CODES: string | null;
    SAFE_CONTACT_TXT: string | null;
    RESTRICTED_CODE: string | null;
    DUPLICATED_DTTM: Date | string | null;
    MERGED_DIM_PERSON_ID: string | number | null;
    UPDATED_DTTM: Date | string | null;
  };
  DIM_PERSON_ADDRESS: {
    DIM_PERSON_ADDRESS_ID: string | number;
    DIM_PERSON_ID: string | number;
    ADDSS_TYPE_CODE: string | null;
    ADDRESS_TXT: string | null;
    UPRN: string | null;
    EASTING: number | null;
    NORTHING: number | null;
    POSTCODE: string | null;
    START_DTTM: Date | string | null;
    END_DTTM: Date | string | null;
    SEAL_CODE: string | null;
    UPDATED_DTTM: Date | string | null;
  };
  DIM_PERSON_CONTACTS: {
    DIM_PERSON_CONTACT_ID: string | number;
    DIM_PERSON_ID: string | number;
    CONTACT_TYPE_CODE: string | null;
    CONTACT_VALUE: string | null;
    SAFE_FLAG: string | null;
    START_DTTM: Date | string | null;
    SEAL_CODE: string | null;
    UPDATED_DTTM: Date | string | null;
  };
  DIM_WORKER: {
    DIM_WORKER_ID: string | number;
    STAFF_REF: string | null;
    FULL_NAME: string | null;
    JOB_TITLE: string | null;
    TEAM_NAME: string | null;
    PHONE: string | null;
  };
  FACT_ADOPTION_SEALS: {
    FACT_ADOPTION_SEAL_ID: string | number;
    DIM_PERSON_ID: string | number;
    SEALED_DTTM: Date | string | null;
  };
  FACT_CAF_EPISODE: {
    FACT_CAF_EPISODE_ID: string | number;
    DIM_PERSON_ID: string | number;
    START_DTTM: Date | string | null;
    END_DTTM: Date | string | null;
    LEAD_PROF_NAME: string | null;
    LEAD_PROF_ROLE: string | null;
    LEAD_PROF_TEAM: string | null;
    LEAD_PROF_TEL: string | null;
    SEAL_CODE: string | null;
    UPDATED_DTTM: Date | string | null;
  };
  FACT_CLA_PLACEMENT: {
    FACT_CLA_PLACEMENT_ID: string | number;
    FACT_CLA_ID: string | number;
    DIM_PERSON_ID: string | number;
    PLACEMENT_TXT: string | null;
    UPRN: string | null;
    POSTCODE: string | null;
    DIM_LOOKUP_PLACEMENT_TYPE_CODE: string | null;
    LEGAL_STATUS_CODE: string | null;
    RESPONSIBLE_LA_CODE: string | null;
    DISTANCE_FROM_HOME: string | number | null;
    START_DTTM: Date | string | null;
    END_DTTM: Date | string | null;
    SEAL_CODE: string | null;
    UPDATED_DTTM: Date | string | null;
  };
  FACT_CP_PLAN: {
    FACT_CP_PLAN_ID: string | number;
    DIM_PERSON_ID: string | number;
    START_DTTM: Date | string | null;
    END_DTTM: Date | string | null;
    INIT_CATEGORY_DESC: string | null;
    IS_OLA: string | null;
    OLA_CODE: string | null;
    SEAL_CODE: string | null;
    UPDATED_DTTM: Date | string | null;
  };
  FACT_INVOLVEMENTS: {
    FACT_INVOLVEMENT_ID: string | number;
    DIM_PERSON_ID: string | number;
    FACT_REFERRAL_ID: string | number | null;
    DIM_WORKER_ID: string | number;
    IS_ALLOCATED_CW_FLAG: string | null;
    START_DTTM: Date | string | null;
    END_DTTM: Date | string | null;
    SEAL_CODE: string | null;
    UPDATED_DTTM: Date | string | null;
  };
  FACT_NEEDS: {
    FACT_NEED_ID: string | number;
    DIM_PERSON_ID: string | number;
    FACT_CAF_EPISODE_ID: string | number | null;
    OUTCOME_CODE: string | null;
    NEED_TYPE_CODE: string | null;
    EVIDENCE_TXT: string | null;
    RECORDED_DTTM: Date | string | null;
    SEAL_CODE: string | null;
    UPDATED_DTTM: Date | string | null;
  };
  FACT_PLAN_ACTIONS: {
    FACT_PLAN_ACTION_ID: string | number;
    DIM_PERSON_ID: string | number;
    FACT_CAF_EPISODE_ID: string | number | null;
    GOAL_TXT: string | null;
    ACTION_TXT: string | null;
    OWNER_NAME: string | null;
    OWNER_ROLE: string | null;
    OWNER_TEAM: string | null;
    OWNER_TEL: string | null;
    DUE_DTTM: Date | string | null;
    DONE_FLAG: string | null;
    SEAL_CODE: string | null;
    UPDATED_DTTM: Date | string | null;
  };
  FACT_REFERRALS: {
    FACT_REFERRAL_ID: string | number;
    DIM_PERSON_ID: string | number;
    REFRL_START_DTTM: Date | string | null;
    REFRL_END_DTTM: Date | string | null;
    DIM_LOOKUP_CATEGORY_OF_NEED_CODE: string | null;
    REFRL_SOURCE_CODE: string | null;
    CLOSURE_REASON_CODE: string | null;
    CIN_FLAG: string | null;
    DIM_WORKER_ID: string | number | null;
    SEAL_CODE: string | null;
    UPDATED_DTTM: Date | string | null;
  };
  FACT_REFERRAL_PERSONS: {
    FACT_REFERRAL_ID: string | number;
    DIM_PERSON_ID: string | number;
  };
  FACT_RELATIONSHIPS: {
    DIM_PERSON_ID: string | number;
    RELATED_DIM_PERSON_ID: string | number;
    RELATION_CODE: string | null;
    SAME_HOUSEHOLD_FLAG: string | null;
    PARENTAL_RESP_FLAG: string | null;
    SEAL_CODE: string | null;
    UPDATED_DTTM: Date | string | null;
  };
  FACT_S47: {
    FACT_S47_ID: string | number;
    DIM_PERSON_ID: string | number;
    START_DTTM: Date | string | null;
    END_DTTM: Date | string | null;
    OUTCOME_CP_CONFERENCE_FLAG: string | null;
    OUTCOME_NFA_FLAG: string | null;
    SEAL_CODE: string | null;
    UPDATED_DTTM: Date | string | null;
  };
  FACT_WORKER_EXCLUSIONS: {
    DIM_PERSON_ID: string | number;
    STAFF_REF: string;
  };
}
