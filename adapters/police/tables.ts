// Made by: npx sightline adapter tables police
export interface PoliceTables {
  T_ADDRESS: {
    ADDR_ID: string;
    LINE1: string | null;
    LINE2: string | null;
    TOWN: string | null;
    POSTCODE: string | null;
    UPRN: string | null;
    UPD_DTTM: string | null;
  };
  T_ALIAS: {
    ALIAS_ID: string;
    NOM_ID: string;
    SURNAME: string | null;
    FORENAME1: string | null;
    DOB: string | null;
    ALIAS_TYP: string | null;
    UPD_DTTM: string | null;
  };
  T_BAIL: {
    BAIL_ID: string;
    NOM_ID: string;
    COND_TXT: string | null;
    FROM_DT: string | null;
    TO_DT: string | null;
    UPD_DTTM: string | null;
  };
  T_CHG_LOG: {
    LOG_ID: string | number;
    NOM_ID: string;
    XACT_ID: string | number;
  };
  T_INCIDENT: {
    OCC_NO: string;
    OPEN_DTTM: string | null;
    CLOSE_DTTM: string | null;
    PLACE_TYPE: string | null;
    ADDR_ID: string | null;
    UPD_DTTM: string | null;
  };
  T_INTEL_RPT: {
    IR_REF: string;
    NOM_ID: string;
    SRC_EVAL: string | null;
    INTEL_ASSESS: string | null;
    HANDLING: string | null;
    COND_TXT: string | null;
    IR_TXT: string | null;
    RPT_DT: string | null;
    UPD_DTTM: string | null;
  };
  T_MARAC: {
    MARAC_REF: string;
    VICTIM_NOM_ID: string;
    PERP_NOM_ID: string | null;
    STAT_CD: string | null;
    MTG_DT: string | null;
    DASH_SCORE: number | null;
    ACTION_TXT: string | null;
    IDVA_NM: string | null;
    SEE_ALONE_FLG: string | null;
    UPD_DTTM: string | null;
  };
  T_MARAC_CHILD: {
    MARAC_REF: string;
    CHILD_NOM_ID: string;
  };
  T_MISSING: {
    MISP_ID: string;
    NOM_ID: string;
    MISP_TYP: string | null;
    FROM_DTTM: string | null;
    FOUND_DTTM: string | null;
    UPD_DTTM: string | null;
  };
  T_NOMINAL: {
    NOM_ID: string;
    PNC_ID: string | null;
    CRO_NO: string | null;
    SURNAME: string | null;
    FORENAME1: string | null;
    DOB: string | null;
    DOB_EST_FLG: string | null;
    SEX_CD: string | null;
    ADDR_ID: string | null;
    MERGED_TO_NOM_ID: string | null;
    SENS_FLG: string | null;
    DECD_FLG: string | null;
    UPD_DTTM: string | null;
  };
  T_NOMINAL_ADDR: {
    NOM_ID: string;
    ADDR_ID: string;
    ADDR_TYP: string | null;
    FROM_DT: string;
    TO_DT: string | null;
    CURR_FLG: string | null;
    UPD_DTTM: string | null;
  };
  T_NOMINAL_LINK: {
    NOM_ID: string;
    REL_NOM_ID: string;
    LINK_TYP: string | null;
    SAME_ADDR_FLG: string | null;
    UPD_DTTM: string | null;
  };
  T_OCCURRENCE: {
    OCC_NO: string;
    NOM_ID: string;
    ROLE_CD: string;
    OCC_TYPE: string | null;
    RPT_DTTM: string | null;
    DA_FLG: string | null;
    MH_FLG: string | null;
    OUTC_CD: string | null;
    SUMMARY_TXT: string | null;
    UPD_DTTM: string | null;
  };
  T_OIC: {
    OCC_NO: string;
    NOM_ID: string;
    STAFF_REF: string;
    STAFF_NM: string | null;
    STAFF_RANK: string | null;
    TEAM_NM: string | null;
    TEL_NO: string | null;
    STAT_CD: string | null;
    FROM_DT: string | null;
    TO_DT: string | null;
    UPD_DTTM: string | null;
  };
  T_ORDER: {
    ORD_ID: string;
    NOM_ID: string;
    ORD_TYP: string | null;
    COND_TXT: string | null;
    FROM_DT: string | null;
    TO_DT: string | null;
    UPD_DTTM: string | null;
  };
  T_PPN: {
    PPN_ID: string;
    NOM_ID: string;
    PPN_TYPE: string | null;
    DASH_RISK: string | null;
    DASH_TICKS: number | null;
    PPN_DTTM: string | null;
    UPD_DTTM: string | null;
  };
  T_RESOURCE_LOG: {
    OCC_NO: string;
    CALLSIGN: string | null;
    STAFF_REF: string;
    STAFF_ORG: string | null;
    FROM_DTTM: string;
    TO_DTTM: string | null;
  };
  T_STAFF_EXCL: {
    NOM_ID: string;
    STAFF_REF: string;
  };
  T_TEL: {
    TEL_ID: string;
    NOM_ID: string;
    TEL_TYP: string | null;
    TEL_NO: string | null;
    FROM_DT: string | null;
    SAFE_FLG: string | null;
    UPD_DTTM: string | null;
  };
  T_WARN_MKR: {
    MKR_ID: string;
    NOM_ID: string;
    MKR_CD: string | null;
    START_DT: string | null;
    REVIEW_DT: string | null;
    GUIDE_TXT: string | null;
    FREE_TXT: string | null;
    UPD_DTTM: string | null;
  };
}
