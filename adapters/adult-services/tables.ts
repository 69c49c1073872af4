/** Tables of the adult social care system, as they stand. */
export interface AdultTables {
  ASC_CLIENT: Client;
  ASC_ADDR: Addr;
  ASC_TEL: Tel;
  ASC_ALLOC: Alloc;
  ASC_PKG: Pkg;
  S42_ENQ: Enquiry;
  ASC_CARER: Carer;
  ASC_STAFF_EXCL: StaffExcl;
}

export interface Client {
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
}

export interface Addr {
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
}

export interface Tel {
  TEL_ID: string;
  ASC_ID: string;
  TEL_TYP: string | null;
  TEL_NO: string | null;
  SAFE_YN: string | null;
  FR_DT: Date | string | null;
  UPD_DT: Date | string | null;
}

export interface Alloc {
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
}

export interface Pkg {
  PKG_ID: string;
  ASC_ID: string;
  PKG_TYPE: string | null;
  PROVIDER: string | null;
  ST_DT: Date | string | null;
  END_DT: Date | string | null;
  UPD_DT: Date | string | null;
}

export interface Enquiry {
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
}

export interface Carer {
  CARER_ID: string;
  ASC_ID: string;
  CARER_ASC_ID: string | null;
  CARER_NM: string | null;
  REL_CD: string | null;
  LIVES_IN: string | null;
  UPD_DT: Date | string | null;
}

export interface StaffExcl {
  ASC_ID: string;
  STAFF_REF: string;
}
