// Made by: npx sightline adapter tables adult-services
export interface AdultServicesTables {
  ASC_ADDR: {
    ADDR_ID: string;
    ASC_ID: string;
    ADDR_TYP: string | null;
    LINE1: string | null;
    LINE2: string | null;
    TOWN: string | null;
    POSTCODE: string | null;
    UPRN: string | null;
    FR_DT: Date | string | null;
    TO_DT: Date | string | null;
    CURR_YN: string | null;
    UPD_DT: Date | string | null;
  };
  ASC_ALLOC: {
    ALLOC_REF: string;
    ASC_ID: string;
    WRKR_REF: string | null;
    WRKR_NM: string | null;
    WRKR_TTL: string | null;
    TEAM_NM: string | null;
    TEL_NO: string | null;
    STAT_CD: string | null;
    ST_DT: Date | string | null;
    END_DT: Date | string | null;
    UPD_DT: Date | string | null;
  };
  ASC_CARER: {
    CARER_ID: string;
    ASC_ID: string;
    CARER_ASC_ID: string | null;
    CARER_NM: string | null;
    REL_CD: string | null;
    LIVES_IN: string | null;
    UPD_DT: Date | string | null;
  };
  ASC_CLIENT: {
    ASC_ID: string;
    NHS_NO: string | null;
    NHS_CHK: string | null;
    SURNAME: string | null;
    FORENAME: string | null;
    KNOWN_AS: string | null;
    DOB: string | null;
    DOB_EST: string | null;
    SEX: string | null;
    DECEASED: string | null;
    RESTRICT_CD: string | null;
    MERGED_TO: string | null;
    UPD_DT: Date | string | null;
  };
  ASC_PKG: {
    PKG_ID: string;
    ASC_ID: string;
    PKG_TYPE: string | null;
    PROVIDER: string | null;
    ST_DT: Date | string | null;
    END_DT: Date | string | null;
    UPD_DT: Date | string | null;
  };
  ASC_STAFF_EXCL: {
    ASC_ID: string;
    STAFF_REF: string;
  };
  ASC_TEL: {
    TEL_ID: string;
    ASC_ID: string;
    TEL_TYP: string | null;
    TEL_NO: string | null;
    SAFE_YN: string | null;
    FR_DT: Date | string | null;
    UPD_DT: Date | string | null;
  };
  S42_ENQ: {
    ENQ_REF: string;
    ASC_ID: string;
    ABUSE_TYPE: string | null;
    STATUS: string | null;
    RISK_ASC_ID: string | null;
    LEAD_REF: string | null;
    LEAD_NM: string | null;
    LEAD_TEL: string | null;
    ST_DT: Date | string | null;
    END_DT: Date | string | null;
    UPD_DT: Date | string | null;
  };
}
