// Made by: npx sightline adapter tables probation
export interface ProbationTables {
  ALIAS: {
    ALIAS_ID: string;
    CRN: string;
    SURNAME: string | null;
    FIRST_NAME: string | null;
    DATE_OF_BIRTH: string | null;
    LAST_UPD: Date | string | null;
  };
  DISPOSAL: {
    DISP_ID: string;
    CRN: string;
    DISP_TYPE: string | null;
    START_DT: Date | string | null;
    END_DT: Date | string | null;
    COND_TXT: string | null;
    LAST_UPD: Date | string | null;
  };
  EXCLUSION: {
    CRN: string;
    STAFF_CD: string;
    END_DT: Date | string | null;
  };
  MAPPA: {
    MAPPA_ID: string;
    CRN: string;
    LEVEL_NO: string | null;
    CATEGORY: string | null;
    STAFF_CD: string | null;
    START_DT: Date | string | null;
    REVIEW_DT: string | null;
    END_DT: Date | string | null;
    LAST_UPD: Date | string | null;
  };
  OFFENDER: {
    CRN: string;
    NOMS_NUMBER: string | null;
    PNC_NUMBER: string | null;
    CRO_NUMBER: string | null;
    NINO: string | null;
    SURNAME: string | null;
    FIRST_NAME: string | null;
    DATE_OF_BIRTH: string | null;
    DOB_EST: string | null;
    GENDER: string | null;
    DECEASED: string | null;
    CURRENT_EXCLUSION: string | null;
    CURRENT_RESTRICTION: string | null;
    OGRS_SCORE: number | null;
    MERGED_TO_CRN: string | null;
    LAST_UPD: Date | string | null;
  };
  OFFENDER_ADDRESS: {
    ADDRESS_ID: string;
    CRN: string;
    ADDR1: string | null;
    ADDR2: string | null;
    TOWN: string | null;
    POSTCODE: string | null;
    UPRN: string | null;
    STATUS_CD: string | null;
    FROM_DT: Date | string | null;
    TO_DT: Date | string | null;
    LAST_UPD: Date | string | null;
  };
  OFFENDER_MANAGER: {
    OM_ID: string;
    CRN: string;
    STAFF_CD: string | null;
    TEAM_CD: string | null;
    ALLOC_DT: Date | string | null;
    END_DT: Date | string | null;
    LAST_UPD: Date | string | null;
  };
  OFFENDER_PHONE: {
    PHONE_ID: string;
    CRN: string;
    PHONE_TYPE: string | null;
    PHONE_NO: string | null;
    FROM_DT: Date | string | null;
    LAST_UPD: Date | string | null;
  };
  REGISTRATION: {
    REG_ID: string;
    CRN: string;
    CODE: string | null;
    START_DT: Date | string | null;
    REVIEW_DT: string | null;
    DEREG_DT: Date | string | null;
    GUIDANCE: string | null;
    NOTES: string | null;
    VICTIM_YN: string | null;
    LAST_UPD: Date | string | null;
  };
  STAFF: {
    STAFF_CD: string;
    STAFF_NM: string | null;
    GRADE_NM: string | null;
    TEL_NO: string | null;
  };
  TEAM: {
    TEAM_CD: string;
    TEAM_NM: string | null;
    SVC_CD: string | null;
    TEL_NO: string | null;
  };
}
