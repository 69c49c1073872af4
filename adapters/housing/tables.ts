// Made by: npx sightline adapter tables housing
export interface HousingTables {
  asb_case: {
    case_no: string;
    tenancy_ref: string;
    role: string | null;
    open_dt: Date | string | null;
    close_dt: Date | string | null;
    last_upd: Date | string | null;
  };
  hclic_case: {
    case_ref: string;
    applic_dt: Date | string | null;
    duty: string | null;
    reason_loss: string | null;
    accom_type: string | null;
    support_needs: string | null;
    ta_flag: string | null;
    loss_dt: string | null;
    consent_yn: string | null;
    officer_ref: string | null;
    officer_name: string | null;
    officer_tel: string | null;
    close_dt: Date | string | null;
    last_upd: Date | string | null;
  };
  hclic_person: {
    case_ref: string;
    tenant_no: string;
    role: string | null;
  };
  household_member: {
    member_id: string;
    tenant_no: string;
    member_tenant_no: string | null;
    surname: string | null;
    forename: string | null;
    dob: string | null;
    rel_cd: string | null;
    dep_child: string | null;
    lives_in: string | null;
    due_yn: string | null;
    last_upd: Date | string | null;
  };
  patch: {
    patch_cd: string;
    patch_name: string | null;
    officer_ref: string | null;
    officer_name: string | null;
    officer_tel: string | null;
  };
  prop: {
    prop_ref: string;
    uprn: string | null;
    addr1: string | null;
    addr2: string | null;
    town: string | null;
    postcode: string | null;
    last_upd: Date | string | null;
  };
  rent_acct: {
    tenancy_ref: string;
    bal_amt: string | number | null;
    arrears_wks: string | number | null;
    action_cd: string | null;
    action_dt: string | null;
    last_upd: Date | string | null;
  };
  staff_excl: {
    tenant_no: string;
    staff_ref: string;
  };
  tenancy: {
    tenancy_ref: string;
    prop_ref: string | null;
    ten_type: string | null;
    start_dt: Date | string | null;
    end_dt: Date | string | null;
    status: string | null;
    patch_cd: string | null;
    last_upd: Date | string | null;
  };
  tenant: {
    tenant_no: string;
    tenancy_ref: string | null;
    surname: string | null;
    forename: string | null;
    known_as: string | null;
    dob: string | null;
    dob_est: string | null;
    sex: string | null;
    nino: string | null;
    nino_chk: string | null;
    deceased: string | null;
    restrict_cd: string | null;
    merged_to: string | null;
    last_upd: Date | string | null;
    changed_ts: Date | string | null;
  };
  tenant_alert: {
    alert_id: string;
    tenant_no: string;
    alert_cd: string | null;
    guidance: string | null;
    detail: string | null;
    start_dt: Date | string | null;
    review_dt: string | null;
    last_upd: Date | string | null;
  };
  tenant_contact: {
    contact_id: string;
    tenant_no: string;
    kind: string | null;
    value: string | null;
    safe_yn: string | null;
    from_dt: Date | string | null;
    last_upd: Date | string | null;
  };
}
