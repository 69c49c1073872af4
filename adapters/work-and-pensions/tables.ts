// Made by: npx sightline adapter tables work-and-pensions
export interface WorkAndPensionsTables {
  ADDR: {
    ADDR_ID: string;
    NINO: string;
    ADDR_TYP: string | null;
    LINE1: string | null;
    LINE2: string | null;
    POSTCODE: string | null;
    UPRN: string | null;
    ST_DT: string | null;
    END_DT: string | null;
    CURR_FLG: string | null;
    LAST_UPD: Date | string | null;
  };
  ALT_PAY: {
    NINO: string;
    MPTL_YN: string | null;
    LAST_UPD: Date | string | null;
  };
  AWARD: {
    AWARD_ID: string;
    NINO: string;
    BEN_TYPE: string | null;
    ST_DT: string | null;
    END_DT: string | null;
    HLTH_GRP: string | null;
    LAST_UPD: Date | string | null;
  };
  CLAIM: {
    CLAIM_REF: string;
    CLMNT_ID: string;
    PTNR_ID: string | null;
    COACH_REF: string | null;
    CLM_STAT: string | null;
    ST_DT: string | null;
    END_DT: string | null;
    LAST_UPD: Date | string | null;
  };
  CLMNT: {
    CLMNT_ID: string;
    NINO: string;
    SURNAME: string | null;
    FORENAME: string | null;
    PREV_SNM: string | null;
    DOB: string | null;
    DOB_EST: string | null;
    DOD: string | null;
    SEX: string | null;
    NINO_VER: string | null;
    NSC_FLG: string | null;
    JCP_CD: string | null;
    LAST_UPD: Date | string | null;
  };
  COACH: {
    COACH_REF: string;
    COACH_NM: string | null;
    JCP_NM: string | null;
    COACH_TEL: string | null;
  };
  PHONE: {
    PHONE_ID: string;
    NINO: string;
    TEL_TYP: string | null;
    TEL_VAL: string | null;
    SAFE_YN: string | null;
    ST_DT: string | null;
    LAST_UPD: Date | string | null;
  };
  SANCTION: {
    SANC_ID: string;
    NINO: string;
    LVL: string | null;
    ST_DT: string | null;
    DAYS: number | null;
    LAST_UPD: Date | string | null;
  };
  STAFF_EXCL: {
    NINO: string;
    STAFF_REF: string;
  };
}
