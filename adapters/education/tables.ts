// Made by: npx sightline adapter tables education
export interface EducationTables {
  ACAD_YR: {
    YR_CD: string;
    ST_DT: string | null;
    END_DT: string | null;
    CURR_FLG: string | null;
  };
  ATT_MARK: {
    STUD_ID: string;
    SESS_DATE: string;
    AMPM: string;
    CODE: string | null;
    YR_CD: string | null;
    LAST_UPD: Date | string | null;
  };
  ENROL: {
    ENROL_ID: string;
    STUD_ID: string;
    SCHOOL: string | null;
    ENR_STAT: string | null;
    ST_DT: string | null;
    END_DT: string | null;
    LAST_UPD: Date | string | null;
  };
  EXCL: {
    EXCL_ID: string;
    STUD_ID: string;
    EXCL_TYPE: string | null;
    START_DT: string | null;
    SESSIONS: number | null;
    LAST_UPD: Date | string | null;
  };
  SAFEG_LINK: {
    LOG_REF: string;
    STUD_ID: string;
  };
  SAFEG_LOG: {
    LOG_REF: string;
    STUD_ID: string;
    LOG_DTTM: string | null;
    CATEGORY: string | null;
    BODY: string | null;
    DSL_REF: string | null;
    LOG_STAT: string | null;
    CLOSE_DT: string | null;
    LAST_UPD: Date | string | null;
  };
  SCHOOL: {
    SCHOOL: string;
    SCH_NAME: string | null;
    SCH_TEL: string | null;
    DSL_REF: string | null;
    DSL_NAME: string | null;
    DSL_TEL: string | null;
  };
  STAFF_EXCL: {
    STUD_ID: string;
    STAFF_REF: string;
  };
  STUD: {
    STUD_ID: string;
    UPN: string | null;
    SURNAME: string | null;
    FORENAME: string | null;
    KNOWN_AS: string | null;
    DOB: string | null;
    DOB_EST: string | null;
    SEX: string | null;
    ETH: string | null;
    LANG: string | null;
    INTERP_YN: string | null;
    COMM_NEED: string | null;
    FSM: string | null;
    NCYEAR: string | null;
    SEN_STAT: string | null;
    SCHOOL: string | null;
    SENS_CD: string | null;
    MERGED_TO: string | null;
    LAST_UPD: Date | string | null;
  };
  STUD_ADDR: {
    ADDR_ID: string;
    STUD_ID: string;
    ADDR_TYP: string | null;
    ADDR1: string | null;
    TOWN: string | null;
    POSTCODE: string | null;
    UPRN: string | null;
    ST_DT: string | null;
    END_DT: string | null;
    CURR_FLG: string | null;
    LAST_UPD: Date | string | null;
  };
  STUD_CONT: {
    CONT_ID: string;
    STUD_ID: string;
    REL_STUD_ID: string | null;
    SURNAME: string | null;
    FORENAME: string | null;
    REL_CD: string | null;
    PR_YN: string | null;
    SAME_ADR: string | null;
    DEP_YN: string | null;
    LAST_UPD: Date | string | null;
  };
  STUD_TEL: {
    TEL_ID: string;
    STUD_ID: string;
    TEL_TYP: string | null;
    TEL_VAL: string | null;
    SAFE_YN: string | null;
    ST_DT: string | null;
    LAST_UPD: Date | string | null;
  };
}
