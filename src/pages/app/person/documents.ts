/**
 * All that the practitioner's page asks, each document whole and fixed, so that it can be registered as trusted. What is
 * needed at once stands in one of them; every other section is asked for itself, when somebody opens it: what nobody wanted
 * to read is not disclosed.
 */

/** Who somebody is, as far as it is needed to know that it is they. */
export const FIND = /* GraphQL */ `query FindPerson($by: PersonSearch!) {
  findPeople(by: $by) {
    outcome
    message
    contacts { desk phone email hours staffedNow advice }
    people {
      confidence
      agreesOn
      differsOn
      explanation
      person {
        id
        relationship
        identity { state name dateOfBirth dateOfBirthAccuracy sex deceased differs }
      }
    }
  }
}
`;

export const FIND_BY_NUMBER = /* GraphQL */ `query FindPersonByNumber($system: IdentifierSystem!, $value: String!) {
  personByIdentifier(system: $system, value: $value) {
    id
    relationship
    identity { state name dateOfBirth dateOfBirthAccuracy sex deceased differs }
  }
}
`;

/** What somebody at the door needs now. */
export const NOW = /* GraphQL */ `query PersonNow($id: ID!) {
  person(id: $id) {
    id
    relationship
    identity {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      name
      dateOfBirth
      dateOfBirthAccuracy
      sex
      deceased
      differs
      records { name dateOfBirth sex kind source { agency { id name } record asOf } }
    }
    involvements {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      items {
        service
        serviceName
        status
        from
        to
        contact { desk phone email hours staffedNow advice }
        lead { name role team phone }
        source { agency { id name } record asOf }
      }
    }
    warningMarkers {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      items { type guidance detail from reviewDate overdue source { agency { id name } record asOf } }
    }
    domesticAbuse {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      seeAlone
    }
    crisisPlan {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      exists
      sharedExtract
      whatHelps
      triggers
      avoid
      contacts { kind value safe source { agency { id name } record asOf } }
      reviewDate
    }
  }
}
`;

/** What each agency would give of each section, from policy alone: nothing is asked of anybody. */
export const MAY_ASK = /* GraphQL */ `query PersonMayAsk {
  viewer {
    name
    role
    organisation
    mayAsk { section agency { id name } level reason scope }
  }
}
`;

export const MENTAL_HEALTH = /* GraphQL */ `query PersonMentalHealth($id: ID!) {
  person(id: $id) {
    id
    mentalHealth {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      openToService
      team { desk phone email hours staffedNow advice }
      detained
      legalStatus { text }
      legalStatusFrom
      legalStatusTo
      practice { name phone }
    }
  }
}
`;

export const CLINICAL = /* GraphQL */ `query PersonClinical($id: ID!) {
  person(id: $id) {
    id
    clinical {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      diagnoses { diagnosis { text } from active source { agency { id name } record asOf } }
      medication { name dose highRisk from source { agency { id name } record asOf } }
      allergies { substance reaction source { agency { id name } record asOf } }
      notes(first: 10) { writtenAt text source { agency { id name } record asOf } }
      truncated
    }
  }
}
`;

export const DOMESTIC_ABUSE = /* GraphQL */ `query PersonDomesticAbuse($id: ID!) {
  person(id: $id) {
    id
    domesticAbuse {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      seeAlone
      items { as caseStatus meetingDate dashScore actions adviser { name role team phone } source { agency { id name } record asOf } }
    }
  }
}
`;

export const CHILD_SAFEGUARDING = /* GraphQL */ `query PersonChildSafeguarding($id: ID!) {
  person(id: $id) {
    id
    childSafeguarding {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      known
      items { status responsibleAuthority dutyContact { desk phone email hours staffedNow advice } category { text } from to placementType { text } source { agency { id name } record asOf } }
    }
  }
}
`;

export const HOUSEHOLD = /* GraphQL */ `query PersonHousehold($id: ID!) {
  person(id: $id) {
    id
    household {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      dependentChildren
      members { relationship parentalResponsibility sameAddress expected person { id identity { name dateOfBirth } } source { agency { id name } record asOf } }
    }
  }
}
`;

export const CONTACT = /* GraphQL */ `query PersonContact($id: ID!) {
  person(id: $id) {
    id
    contact {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      safeContact
      items { kind value from safe source { agency { id name } record asOf } }
    }
  }
}
`;

export const ADDRESSES = /* GraphQL */ `query PersonAddresses($id: ID!) {
  person(id: $id) {
    id
    addresses {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      items { lines postcode kind from to current source { agency { id name } record asOf } }
    }
  }
}
`;

export const POLICE_EVENTS = /* GraphQL */ `query PersonPoliceEvents($id: ID!) {
  person(id: $id) {
    id
    policeEvents {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      items(first: 20) { date category role outcome summary source { agency { id name } record asOf } }
      truncated
    }
  }
}
`;

export const ORDERS = /* GraphQL */ `query PersonOrders($id: ID!) {
  person(id: $id) {
    id
    orders {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      missing
      absentWithoutLeave
      items { kind conditions from to source { agency { id name } record asOf } }
    }
  }
}
`;

export const PUBLIC_PROTECTION = /* GraphQL */ `query PersonPublicProtection($id: ID!) {
  person(id: $id) {
    id
    publicProtection {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      level
      category { text }
      reviewDate
      responsibleOfficer { name role team phone }
    }
  }
}
`;

export const NEEDS = /* GraphQL */ `query PersonNeeds($id: ID!) {
  person(id: $id) {
    id
    needs {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      items { outcome kind evidence recordedOn source { agency { id name } record asOf } }
      plan { goal action owner { name role team phone } due done source { agency { id name } record asOf } }
    }
  }
}
`;

export const EDUCATION = /* GraphQL */ `query PersonEducation($id: ID!) {
  person(id: $id) {
    id
    education {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      school { name phone }
      attendanceBand
      attendancePercent
      attendance { code { text } sessions }
      exclusions { kind from sessions source { agency { id name } record asOf } }
      specialNeeds { text }
      safeguardingConcern
    }
  }
}
`;

export const HOUSING = /* GraphQL */ `query PersonHousing($id: ID!) {
  person(id: $id) {
    id
    housing {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      tenancy { reference kind { text } from }
      arrearsBand
      arrearsPence
      noticeStage
      homelessnessDuty
      threatenedWithin56Days
      antisocialBehaviour { role from open source { agency { id name } record asOf } }
    }
  }
}
`;

export const BENEFITS = /* GraphQL */ `query PersonBenefits($id: ID!) {
  person(id: $id) {
    id
    benefits {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      awards { kind { text } from to source { agency { id name } record asOf } }
      healthGroup { text }
      activeSanction { level { text } from days }
    }
  }
}
`;

export const DEMOGRAPHICS = /* GraphQL */ `query PersonDemographics($id: ID!) {
  person(id: $id) {
    id
    demographics {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      records { ethnicity { text } language { text } interpreterNeeded communicationNeeds disability { text } source { agency { id name } record asOf } }
    }
  }
}
`;

export const IDENTIFIERS = /* GraphQL */ `query PersonIdentifiers($id: ID!) {
  person(id: $id) {
    id
    identifiers {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      items { system value verified source { agency { id name } record asOf } }
    }
  }
}
`;

export const INTELLIGENCE = /* GraphQL */ `query PersonIntelligence($id: ID!) {
  person(id: $id) {
    id
    intelligence {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      items { sourceEvaluation { text } assessment { text } handling { text } text source { agency { id name } record asOf } }
    }
  }
}
`;

/** Events of all agencies in one line. To ask it is to ask the sections that they stand in. */
export const TIMELINE = /* GraphQL */ `query PersonTimeline($id: ID!, $after: ID) {
  person(id: $id) {
    id
    timeline(first: 30, after: $after) {
      state
      sources { agency { id name } state level reason scope message contact { desk phone email hours staffedNow advice } asOf }
      items { date section title detail source { agency { id name } record asOf } }
      next
    }
  }
}
`;

/** Who looked, for the person themselves. */
export const WHO_LOOKED = /* GraphQL */ `query WhoLooked($after: ID) {
  accessHistory {
    state
    message
    entries(first: 20, after: $after) {
      items { date organisation { id name } role purpose sections breakGlass }
      next
    }
    complaints
    contacts { desk phone email hours staffedNow advice }
  }
}
`;
