// Made by: npx sightline adapter tables domestic-abuse-service
export interface DomesticAbuseServiceTables {
  CASE_CHILD: {
    REF: string;
    CHILD_ID: string;
    LIVES_WITH: string | null;
    UPD_DT: Date | string | null;
  };
  CHANGE_LOG: {
    LOG_ID: string | number;
    CLIENT_ID: string;
    XACT_ID: string | number;
  };
  CLIENT: {
    CLIENT_ID: string;
    SURNAME: string | null;
    FORENAME: string | null;
    KNOWN_AS: string | null;
    DOB: string | null;
    DOB_EST: string | null;
    SEX: string | null;
    PARTY_CD: string | null;
    ADDR1: string | null;
    TOWN: string | null;
    POSTCODE: string | null;
    DECD_YN: string | null;
    RESTRICT_CD: string | null;
    MERGED_TO: string | null;
    UPD_DT: Date | string | null;
  };
  CLIENT_TEL: {
    TEL_ID: string;
    CLIENT_ID: string;
    KIND: string | null;
    TEL_NO: string | null;
    SAFE_YN: string | null;
    FR_DT: Date | string | null;
    UPD_DT: Date | string | null;
  };
  IDVA: {
    IDVA_ID: string;
    IDVA_NM: string | null;
    TEAM_NM: string | null;
    TEL_NO: string | null;
    UPD_DT: Date | string | null;
  };
  MARAC_CASE: {
    REF: string;
    VICTIM_ID: string;
    PERP_ID: string | null;
    STATUS: string | null;
    OPEN_DT: Date | string | null;
    CLOSE_DT: Date | string | null;
    MTG_DT: string | null;
    DASH_SCORE: number | null;
    ACTION_TXT: string | null;
    IDVA_ID: string | null;
    SEE_ALONE: string | null;
    SAFE_CONTACT: string | null;
    REFUGE_YN: string | null;
    REFUGE_ADDR: string | null;
    UPD_DT: Date | string | null;
  };
  STAFF_EXCL: {
    CLIENT_ID: string;
    STAFF_REF: string;
  };
}
