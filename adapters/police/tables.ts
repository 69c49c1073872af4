/** Tables of the police records system, as they stand. */
export interface PoliceTables {
  T_ADDRESS: Address;
  T_NOMINAL: Nominal;
  T_ALIAS: Alias;
  T_TEL: Tel;
  T_NOMINAL_ADDR: NominalAddr;
  T_NOMINAL_LINK: NominalLink;
  T_STAFF_EXCL: StaffExcl;
  T_INCIDENT: Incident;
  T_RESOURCE_LOG: ResourceLog;
  T_OCCURRENCE: Occurrence;
  T_OIC: Oic;
  T_WARN_MKR: WarnMkr;
  T_PPN: Ppn;
  T_BAIL: Bail;
  T_ORDER: Order;
  T_MISSING: Missing;
  T_INTEL_RPT: IntelRpt;
  T_MARAC: Marac;
  T_MARAC_CHILD: MaracChild;
  T_CHG_LOG: ChgLog;
}

export interface Address {
  ADDR_ID: string;
  LINE1: string | null;
  LINE2: string | null;
  TOWN: string | null;
  POSTCODE: string | null;
  UPRN: string | null;
  UPD_DTTM: string | null;
}

export interface Nominal {
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
}

export interface Alias {
  ALIAS_ID: string;
  NOM_ID: string;
  SURNAME: string | null;
  FORENAME1: string | null;
  DOB: string | null;
  ALIAS_TYP: string | null;
  UPD_DTTM: string | null;
}

export interface Tel {
  TEL_ID: string;
  NOM_ID: string;
  TEL_TYP: string | null;
  TEL_NO: string | null;
  FROM_DT: string | null;
  SAFE_FLG: string | null;
  UPD_DTTM: string | null;
}

export interface NominalAddr {
  NOM_ID: string;
  ADDR_ID: string;
  ADDR_TYP: string | null;
  FROM_DT: string;
  TO_DT: string | null;
  CURR_FLG: string | null;
  UPD_DTTM: string | null;
}

export interface NominalLink {
  NOM_ID: string;
  REL_NOM_ID: string;
  LINK_TYP: string | null;
  SAME_ADDR_FLG: string | null;
  UPD_DTTM: string | null;
}

export interface StaffExcl {
  NOM_ID: string;
  STAFF_REF: string;
}

export interface Incident {
  OCC_NO: string;
  OPEN_DTTM: string | null;
  CLOSE_DTTM: string | null;
  PLACE_TYPE: string | null;
  ADDR_ID: string | null;
  UPD_DTTM: string | null;
}

export interface ResourceLog {
  OCC_NO: string;
  CALLSIGN: string | null;
  STAFF_REF: string;
  STAFF_ORG: string | null;
  FROM_DTTM: string;
  TO_DTTM: string | null;
}

export interface Occurrence {
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
}

export interface Oic {
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
}

export interface WarnMkr {
  MKR_ID: string;
  NOM_ID: string;
  MKR_CD: string | null;
  START_DT: string | null;
  REVIEW_DT: string | null;
  GUIDE_TXT: string | null;
  FREE_TXT: string | null;
  UPD_DTTM: string | null;
}

export interface Ppn {
  PPN_ID: string;
  NOM_ID: string;
  PPN_TYPE: string | null;
  DASH_RISK: string | null;
  DASH_TICKS: number | null;
  PPN_DTTM: string | null;
  UPD_DTTM: string | null;
}

export interface Bail {
  BAIL_ID: string;
  NOM_ID: string;
  COND_TXT: string | null;
  FROM_DT: string | null;
  TO_DT: string | null;
  UPD_DTTM: string | null;
}

export interface Order {
  ORD_ID: string;
  NOM_ID: string;
  ORD_TYP: string | null;
  COND_TXT: string | null;
  FROM_DT: string | null;
  TO_DT: string | null;
  UPD_DTTM: string | null;
}

export interface Missing {
  MISP_ID: string;
  NOM_ID: string;
  MISP_TYP: string | null;
  FROM_DTTM: string | null;
  FOUND_DTTM: string | null;
  UPD_DTTM: string | null;
}

export interface IntelRpt {
  IR_REF: string;
  NOM_ID: string;
  SRC_EVAL: string | null;
  INTEL_ASSESS: string | null;
  HANDLING: string | null;
  COND_TXT: string | null;
  IR_TXT: string | null;
  RPT_DT: string | null;
  UPD_DTTM: string | null;
}

export interface Marac {
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
}

export interface MaracChild {
  MARAC_REF: string;
  CHILD_NOM_ID: string;
}

export interface ChgLog {
  LOG_ID: string;
  NOM_ID: string;
  XACT_ID: string;
}
