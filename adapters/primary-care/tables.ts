// Made by: npx sightline adapter tables primary-care
export interface PrimaryCareTables {
  ALLERGY: {
    ALLERGY_ID: string;
    PATIENT_ID: string;
    NHS_NO: string | null;
    SUBSTANCE: string | null;
    REACTION: string | null;
    LAST_UPD: Date | string | null;
  };
  CONSULTATION: {
    CONS_ID: string;
    PATIENT_ID: string;
    NHS_NO: string | null;
    PRACT_ODS: string | null;
    STAFF_ID: string | null;
    STAT_CD: string | null;
    CONS_DT: Date | string | null;
    CLOSE_DT: Date | string | null;
    THIRD_PTY: string | null;
    LEGAL_PRIV: string | null;
    SENS_YN: string | null;
    NOTE_TXT: string | null;
    LAST_UPD: Date | string | null;
  };
  CPIS_FLAG: {
    FLAG_ID: string;
    PATIENT_ID: string;
    NHS_NO: string | null;
    PLAN_TYPE: string | null;
    ST_DT: string | null;
    END_DT: string | null;
    LA_CODE: string | null;
    LAST_UPD: Date | string | null;
  };
  HV_CASELOAD: {
    CASE_ID: string;
    SVC_CD: string | null;
    STAFF_ID: string | null;
    TEAM_CD: string | null;
    START_DT: Date | string | null;
    END_DT: Date | string | null;
    LAST_UPD: Date | string | null;
  };
  HV_CONTACT: {
    CONTACT_ID: string;
    PATIENT_ID: string;
    NHS_NO: string | null;
    CONTACT_TYPE: string | null;
    DT: string | null;
    NOTE_TXT: string | null;
    LAST_UPD: Date | string | null;
  };
  HV_MEMBER: {
    CASE_ID: string;
    PATIENT_ID: string;
    ROLE_CD: string | null;
  };
  MEDICATION: {
    MED_ID: string;
    PATIENT_ID: string;
    NHS_NO: string | null;
    DRUG_NM: string | null;
    DOSE_TXT: string | null;
    HIGH_RISK: string | null;
    SENS_YN: string | null;
    START_DT: Date | string | null;
    STOP_DT: Date | string | null;
    LAST_UPD: Date | string | null;
  };
  PATIENT: {
    PATIENT_ID: string;
    NHS_NO: string | null;
    PDS_SEC: string | null;
    PRACT_ODS: string | null;
    SURNAME: string | null;
    FORENAME: string | null;
    KNOWN_AS: string | null;
    DOB: string | null;
    DOB_EST: string | null;
    SEX: string | null;
    ETHNIC_CD: string | null;
    LANG_CD: string | null;
    INTERP_YN: string | null;
    COMM_NEEDS: string | null;
    DISAB_CD: string | null;
    SAFE_CONTACT: string | null;
    DECD_YN: string | null;
    MERGED_TO: string | null;
    LAST_UPD: Date | string | null;
  };
  PATIENT_ADDR: {
    ADDR_ID: string;
    PATIENT_ID: string;
    ADDR1: string | null;
    ADDR2: string | null;
    TOWN: string | null;
    POSTCODE: string | null;
    UPRN: string | null;
    ADDR_TYPE: string | null;
    START_DT: Date | string | null;
    END_DT: Date | string | null;
    CURR_YN: string | null;
    LAST_UPD: Date | string | null;
  };
  PATIENT_EXCL: {
    PATIENT_ID: string;
    STAFF_ID: string;
  };
  PATIENT_REL: {
    REL_ID: string;
    PATIENT_ID: string;
    REL_PATIENT_ID: string;
    REL_CD: string | null;
    SAME_HSE: string | null;
    LAST_UPD: Date | string | null;
  };
  PATIENT_TEL: {
    TEL_ID: string;
    PATIENT_ID: string;
    TEL_TYPE: string | null;
    TEL_NO: string | null;
    SAFE_YN: string | null;
    START_DT: Date | string | null;
    LAST_UPD: Date | string | null;
  };
  PRACTICE: {
    PRACT_ODS: string;
    PRACT_NM: string | null;
    TEL_NO: string | null;
    LAST_UPD: Date | string | null;
  };
  PRACT_REG: {
    REG_ID: string;
    PATIENT_ID: string;
    PRACT_ODS: string | null;
    USUAL_GP: string | null;
    STAT_CD: string | null;
    REG_DT: Date | string | null;
    DEDUCT_DT: Date | string | null;
    LAST_UPD: Date | string | null;
  };
  PROBLEM: {
    PROB_ID: string;
    PATIENT_ID: string;
    NHS_NO: string | null;
    SNOMED_ID: string | null;
    TERM: string | null;
    STAT_CD: string | null;
    SENS_YN: string | null;
    ONSET_DT: string | null;
    LAST_UPD: Date | string | null;
  };
  SH_EPISODE: {
    EPIS_ID: string;
    PATIENT_ID: string;
    NHS_NO: string | null;
    CLINIC_CD: string | null;
    DT: string | null;
    NOTE_TXT: string | null;
    LAST_UPD: Date | string | null;
  };
  STAFF: {
    STAFF_ID: string;
    STAFF_NM: string | null;
    JOB_TITLE: string | null;
    TEL_NO: string | null;
  };
  TEAM: {
    TEAM_CD: string;
    TEAM_NM: string | null;
    TEL_NO: string | null;
  };
}
