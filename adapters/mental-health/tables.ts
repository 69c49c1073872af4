// Made by: npx sightline adapter tables mental-health
export interface MentalHealthTables {
  Alert: {
    AlertID: string;
    ClientID: string;
    AlertType: string | null;
    Guidance: string | null;
    Detail: string | null;
    StartDT: Date | string | null;
    ReviewDT: string | null;
    LastUpd: Date | string | null;
  };
  Allergy: {
    AllergyID: string;
    ClientID: string;
    Substance: string | null;
    Reaction: string | null;
    LastUpd: Date | string | null;
  };
  CarePlan: {
    PlanID: string;
    ClientID: string;
    PlanType: string | null;
    ShareExtract: string | null;
    ExtractTxt: string | null;
    TriggersTxt: string | null;
    HelpsTxt: string | null;
    AvoidTxt: string | null;
    StartDT: Date | string | null;
    ReviewDue: string | null;
    LastUpd: Date | string | null;
  };
  CarePlanContact: {
    PlanContactID: string;
    PlanID: string;
    PhoneType: string | null;
    PhoneNo: string | null;
    SafeYN: string | null;
    StartDT: Date | string | null;
    LastUpd: Date | string | null;
  };
  Client: {
    ClientID: string;
    NHSNumber: string | null;
    NHSNumStatus: string | null;
    Surname: string | null;
    Forename: string | null;
    DOB: string | null;
    DOBEstYN: string | null;
    Gender: string | null;
    EthnicCat: string | null;
    MainLang: string | null;
    InterpYN: string | null;
    CommNeeds: string | null;
    DisabilityCd: string | null;
    AccommStatus: string | null;
    GPPracticeCode: string | null;
    SafeContactTxt: string | null;
    DeceasedYN: string | null;
    SensitiveYN: string | null;
    MergedToClientID: string | null;
    LastUpd: Date | string | null;
    ChangedTS: Date | string | null;
  };
  ClientAddress: {
    AddressID: string;
    ClientID: string;
    Addr1: string | null;
    Addr2: string | null;
    Town: string | null;
    Postcode: string | null;
    UPRN: string | null;
    AddrType: string | null;
    StartDT: Date | string | null;
    EndDT: Date | string | null;
    CurrentYN: string | null;
    LastUpd: Date | string | null;
  };
  ClientAlias: {
    AliasID: string;
    ClientID: string;
    Surname: string | null;
    Forename: string | null;
    AliasType: string | null;
    LastUpd: Date | string | null;
  };
  ClientPhone: {
    PhoneID: string;
    ClientID: string;
    PhoneType: string | null;
    PhoneNo: string | null;
    SafeYN: string | null;
    StartDT: Date | string | null;
    LastUpd: Date | string | null;
  };
  ClientRelation: {
    ClientID: string;
    RelatedClientID: string;
    RelType: string | null;
    SameHouseYN: string | null;
    LastUpd: Date | string | null;
  };
  Diagnosis: {
    DiagID: string;
    ClientID: string;
    ICD10: string | null;
    Descr: string | null;
    ActiveYN: string | null;
    StartDT: Date | string | null;
    LastUpd: Date | string | null;
  };
  GPPractice: {
    PracticeCode: string;
    PracticeName: string;
    Phone: string | null;
  };
  MHA_Section: {
    SectionID: string;
    ClientID: string;
    LegalStatus: string | null;
    StartDT: Date | string | null;
    EndDT: Date | string | null;
    LastUpd: Date | string | null;
  };
  Medication: {
    MedID: string;
    ClientID: string;
    DrugName: string | null;
    Dose: string | null;
    HighRiskYN: string | null;
    StartDT: Date | string | null;
    EndDT: Date | string | null;
    LastUpd: Date | string | null;
  };
  ProgNote: {
    NoteID: string;
    ClientID: string;
    NoteDT: Date | string | null;
    ThirdPartyYN: string | null;
    LegalPrivYN: string | null;
    Txt: string | null;
    LastUpd: Date | string | null;
  };
  Referral: {
    RefID: string;
    ClientID: string;
    SourceRef: string | null;
    ReasonRef: string | null;
    Priority: string | null;
    TeamType: string | null;
    TeamID: string | null;
    WorkerID: string | null;
    StatusCd: string | null;
    RefDT: Date | string | null;
    CloseDT: Date | string | null;
    LastUpd: Date | string | null;
  };
  ReferralStaff: {
    RefID: string;
    StaffID: string;
    StaffOrg: string | null;
    FromDT: Date | string;
    ToDT: Date | string | null;
  };
  Staff: {
    StaffID: string;
    StaffName: string | null;
    JobTitle: string | null;
    Phone: string | null;
  };
  StaffExclusion: {
    ClientID: string;
    StaffID: string;
  };
  SubjectRequest: {
    ReqRef: string;
    ClientID: string;
    RequesterRef: string | null;
    IDProvenYN: string | null;
    RequestDT: Date | string | null;
    CloseDT: Date | string | null;
    LastUpd: Date | string | null;
  };
  Team: {
    TeamID: string;
    TeamName: string;
    TeamType: string | null;
    Phone: string | null;
    Hours: string | null;
  };
}
